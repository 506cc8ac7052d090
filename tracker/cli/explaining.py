"""Why a change was judged as it was: explain."""

from __future__ import annotations

from collections.abc import Iterator

import click
from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from tracker.cli.base import Context, Refusal, cli, json_option, palette, pass_context, print_json, print_rich
from tracker.cli.comparing import change_meant
from tracker.history import ChangeRow
from tracker.model import Direction, Fact, FactChange
from tracker.rendering.caption import of_change, of_counts
from tracker.rendering.explanation import Explained, Explanation, Fired, explanation
from tracker.rendering.inks import Ink
from tracker.rendering.picking import counts, excerpt, operation_of, trail, visible
from tracker.rendering.records import Record, plain
from tracker.rendering.terminal import heading_trail, inked, level_badge

_LONGEST = 100
_DIRECTIONS: dict[Direction, str] = {
    "weaker": "less protection for the person",
    "stronger": "more protection for the person",
    "neutral": "neither less nor more protection",
    "unclear": "less or more protection: not to be told",
}


@cli.command()
@click.argument("change", metavar="CHANGE|NAME")
@click.argument("number", type=click.IntRange(1), required=False, metavar="[CLAUSE]")
@json_option
@pass_context
def explain(context: Context, change: str, number: int | None, as_json: bool) -> None:
    """Say why a change has its level.

    Which rules fired on which words, who calls such a change material, what became of the facts; and which differences were folded
    away, and why. CHANGE is a number of `log`; of a document, its last change is meant. CLAUSE is a number of `diff`.

    \b
    Example:
      clausewatch explain 12
      clausewatch explain 12 3
      clausewatch explain acme/privacy --json
    """
    with context.read() as history:
        row = change_meant(history, change)
        found = explanation(row.change, history.policy(row.new))
    clauses = [c for c in found.clauses if number in (None, c.number)]
    if number and not clauses:
        raise Refusal(f"Change {row.id} has no clause change {number}; it has {len(found.clauses)}.")
    if as_json:
        print_json(_record(row, found, clauses))
    else:
        print_rich(Group(*_heading(row, found), *(_block(c) for c in clauses if not c.silent), *_folded_away(clauses)))


def _heading(row: ChangeRow, found: Explanation) -> Iterator[Text]:
    change = row.change
    yield Text.assemble((f"change {row.id}  ", "bold"), f"{row.document}  version {row.old_number} → {row.new_number}")
    yield Text.assemble(
        level_badge(change.level), f" {of_change(change)}; judged by edition {row.ruleset} of the rules"
    )
    yield Text(f"{of_counts(counts(change))}; {len(change.kept)} unchanged")
    for old, new in found.renamed.items():
        yield Text(visible(f"renamed throughout: “{old}” → “{new}”"))
    yield Text()


def _block(explained: Explained) -> Group:
    change = explained.change
    title = Text.assemble(
        (f"{explained.number:>3} ", "bold"),
        level_badge(change.level),
        f" {operation_of(change)}  ",
        (heading_trail(trail(change)), "italic"),
    )
    lines = [line for fired in explained.fired for line in _fired(fired)] or [
        Text("no rule fired: words differ, and none that a rule knows to matter")
    ]
    facts = [Text(visible(f"fact {_fact_change(fact)}"), style="dim") for fact in explained.facts]
    folded = [Text(visible(f"folded: “{f.old}” → “{f.new}”: {f.why}"), style="dim") for f in explained.folded]
    return Group(title, Padding(Group(*lines, *facts, *folded), (0, 0, 1, 4)))


def _fired(fired: Fired) -> Iterator[Text | Padding]:
    reason = fired.reason
    yield Text.assemble((reason.rule, "bold"), f"  {reason.level}, {_DIRECTIONS[reason.direction]}")
    lines = [reason.text]
    if reason.words:
        lines.append(f"on “{reason.words}” in the {reason.side} text")
    if fired.source:
        lines.append(f"by {fired.source}")
    yield Padding(Group(*(Text(visible(line)) for line in lines)), (0, 0, 0, 2))


def _fact_change(change: FactChange) -> str:
    fact = change.new or change.old
    assert fact is not None
    if change.old and change.new:
        return f"altered: {fact.kind}: {_fact(change.old)} → {_fact(change.new)}"
    return f"{'gained' if change.new else 'lost'}: {fact.kind}: {_fact(fact)}"


def _fact(fact: Fact) -> str:
    said = [fact.value, *(["denied"] if fact.negated else []), *([fact.modality] if fact.modality != "does" else [])]
    return ", ".join(said)


def _folded_away(clauses: list[Explained]) -> Iterator[Text | Padding]:
    """Clause changes that are form alone, by the reason why they are."""
    quiet = [(folded.why, explained) for explained in clauses if explained.silent for folded in explained.folded]
    if quiet:
        yield Text("Folded away", style="bold")
    for why in dict.fromkeys(why for why, _ in quiet):
        yield Padding(Text(visible(why)), (0, 0, 0, 2))
        for explained in (explained for reason, explained in quiet if reason == why):
            words = inked(excerpt(explained.change, _LONGEST), palette(), Ink())
            yield Padding(Text.assemble(f"{explained.number:>3}  ", words), (0, 0, 0, 2))


def _record(row: ChangeRow, found: Explanation, clauses: list[Explained]) -> Record:
    return {
        "change": row.id,
        "id": row.change.id,
        "document": row.document,
        "old": row.old_number,
        "new": row.new_number,
        "level": row.change.level,
        "kind": row.change.kind,
        "ruleset": row.ruleset,
        "renamed": dict(found.renamed),
        "clauses": [_clause(explained) for explained in clauses],
    }


def _clause(explained: Explained) -> Record:
    change = explained.change
    return {
        "number": explained.number,
        "op": change.op,
        "level": change.level,
        "kind": change.kind,
        "trail": list(trail(change)),
        "fired": [{**plain(fired.reason), "source": fired.source} for fired in explained.fired],
        "facts": plain(explained.facts),
        "folded": plain(explained.folded),
    }
