"""How `extract` shows on a terminal what was understood."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from tracker.model import Clause, Page, Policy, State, StatedDate
from tracker.rendering.caption import of_stated
from tracker.rendering.picking import visible

_HEADINGS = 40
_KINDS = {"heading": "headings", "paragraph": "paragraphs", "item": "items", "row": "rows"}


def summary(policy: Policy, page: Page) -> Group:
    """The state with its evidence, what the page says of itself, its dates with their words, and its headings."""
    lines: list[RenderableType] = [_state(policy)]
    lines += [_line("", f"{each.cue}: {each.words}" if each.words else each.cue, "dim") for each in policy.evidence]
    lines += [
        _line("address", page.url) if page.url else _line("form", page.content_type),
        _line("title", policy.title or "none"),
        _line("language", policy.language or "not told"),
    ]
    lines += [_date(date, policy.clauses) for date in policy.dates] or [_line("dates", "no date stated")]
    lines += [
        _line("hint", f"{source} {value} (metadata, not stated in the text)") for source, value in policy.hints.items()
    ]
    lines.append(_line("text", _counts(policy.clauses)))
    headings = [clause for clause in policy.clauses if clause.kind == "heading"]
    lines += [Padding(Text(visible(clause.text)), (0, 0, 0, 2 * clause.depth)) for clause in headings[:_HEADINGS]]
    if len(headings) > _HEADINGS:
        lines.append(Text(f"  … and {len(headings) - _HEADINGS} more headings", "dim"))
    return Group(*lines)


def _state(policy: Policy) -> Text:
    if policy.state is State.OK:
        return Text("a policy", "bold green")
    return Text(f"no policy: {policy.state.value.replace('_', ' ')}", "bold red")


def _line(name: str, text: str, style: str = "") -> Text:
    return Text.assemble((f"{name}: " if name else "  ", "bold"), (visible(text), style))


def _date(date: StatedDate, clauses: tuple[Clause, ...]) -> Text:
    where = ""
    if date.clause is not None and date.clause < len(clauses):
        trail = " › ".join(clauses[date.clause].trail)
        where = f"  clause {date.clause}" + (f", {trail}" if trail else "")
    return Text.assemble(visible(of_stated(date)), (visible(where), "dim"))


def _counts(clauses: tuple[Clause, ...]) -> str:
    words = sum(len(clause.text.split()) for clause in clauses)
    found = ((sum(clause.kind == kind for clause in clauses), name) for kind, name in _KINDS.items())
    told = ", ".join(f"{number} {name}" for number, name in found if number)
    return f"{words} words in {len(clauses)} clauses" + (f": {told}" if told else "")
