"""A change as a redline for the terminal: the changes alone, most material first, or the whole text with the changes in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tracker.model import Change, Clause, ClauseChange, Level, Policy, WordEdit
from tracker.rendering import caption as words
from tracker.rendering.caption import Caption
from tracker.rendering.inks import LEVEL_STYLES, Ink, Palette
from tracker.rendering.layout import Row, in_place, moved
from tracker.rendering.picking import (
    abridged,
    clipped,
    counts,
    edits,
    formal,
    most_material_first,
    operation_of,
    pilcrowed,
    told,
    trail,
    visible,
)

_INDENT = 4
_REASONS_SHOWN = 3


def redline(change: Change, caption: Caption, palette: Palette) -> RenderableType:
    """The changes, numbered, most material first; what stands unchanged is folded."""
    numbered = enumerate(most_material_first(change.clauses), 1)
    blocks = [_clause_change(c, number, palette) for number, c in numbered]
    apart = [Text()] if blocks and isinstance(blocks[-1], Text) else []
    return Group(_heading(change, caption), *blocks, *apart, _ending(change, palette))


def redline_in_place(change: Change, caption: Caption, new: Policy, palette: Palette) -> RenderableType:
    """The whole new text with the changes in place, numbered as in `redline`."""
    rows = _stacked((row.clause, _row(row, palette)) for row in in_place(change, new))
    return Group(_heading(change, caption), *rows, Text(), _ending(change, palette))


def policy_text(policy: Policy) -> RenderableType:
    """The text of a policy, laid out."""
    return Group(*_stacked((clause, _laid_out(clause, Text(visible(clause.text)), "")) for clause in policy.clauses))


def level_badge(level: Level) -> Text:
    return Text(f" {level.upper()} ", style=LEVEL_STYLES[level])


def heading_trail(headings: Iterable[str], longest: int = 60) -> str:
    return " › ".join(clipped(visible(heading), longest) for heading in headings) or "(no heading)"


def inked(edit_runs: Iterable[WordEdit], palette: Palette, kept: Ink) -> Text:
    """A redline in its inks."""
    inks = {"+": palette.inserted, "-": palette.deleted, "=": kept}
    return Text.assemble(*(inks[op].write(pilcrowed(op, text)) for op, text in edit_runs if text))


def _heading(change: Change, caption: Caption) -> RenderableType:
    lines = [
        Text.assemble((visible(caption.vendor), "bold"), f"  {caption.document}"),
        *([Text(visible(caption.url), style="dim")] if caption.url else []),
        Text(f"old: {words.of_side(caption.old)}"),
        Text(f"new: {words.of_side(caption.new)}"),
        *([Text(words.of_sides(caption), style="dim")] if words.of_sides(caption) else []),
        Text.assemble(level_badge(change.level), f" {words.of_change(change)}"),
    ]
    if change.summary:
        lines.append(Text(visible(change.summary), style="bold"))
    lines.extend(Text(f"  • {words.of_date(date)}") for date in change.dates)
    at_clauses = {reason for c in change.clauses for reason in c.reasons}
    lines.extend(
        Text(f"  • {visible(words.of_reason(reason))}") for reason in change.reasons if reason not in at_clauses
    )
    return Group(*lines, Text())


def _clause_change(change: ClauseChange, number: int, palette: Palette) -> RenderableType:
    title = Text.assemble((f"{number:>3} ", "bold"), level_badge(change.level), f" {operation_of(change)}  ")
    if formal(change):
        title.append(" ".join(visible(_text(change)).split()), style="dim")
        title.no_wrap, title.overflow = True, "ellipsis"
        return title
    title.append(heading_trail(trail(change)), style="italic")
    reasons = told(change.reasons)
    notes = [Text(f"• {visible(words.of_reason(reason))}", style="dim") for reason in reasons[:_REASONS_SHOWN]]
    if len(reasons) > _REASONS_SHOWN:
        notes.append(Text(f"• {len(reasons) - _REASONS_SHOWN} more", style="dim"))
    if change.topics:
        notes.append(Text(" · ".join(change.topics), style="dim"))
    body = inked(abridged(edits(change)), palette, palette.moved_here if moved(change) else Ink())
    return Group(title, Padding(Group(body, *notes), (0, 0, 0, _INDENT)), Text())


def _text(change: ClauseChange) -> str:
    return " ".join(clause.text for clause in change.new or change.old)


def _row(row: Row, palette: Palette) -> RenderableType:
    if row.change is None:
        return _laid_out(row.clause, Text(visible(row.clause.text)), "")
    mark = f"{row.number}" + ("↑" if row.left else "")
    if row.left:
        body = palette.moved_away.write("\n".join(clause.text for clause in row.change.old))
    else:
        body = inked(edits(row.change), palette, palette.moved_here if moved(row.change) else Ink())
    return _laid_out(row.clause, body, mark)


def _laid_out(clause: Clause, body: Text, mark: str) -> RenderableType:
    """One clause as its kind asks for, with the number of its change in the margin."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=_INDENT - 1, justify="right", style="bold")
    grid.add_column(ratio=1)
    grid.add_row(mark, clause_row(clause, body))
    return grid


def _stacked(rows: Iterable[tuple[Clause, RenderableType]]) -> Iterator[RenderableType]:
    """Clauses below each other, with blank lines between all but the entries of a list and the rows of a table."""
    before = None
    for clause, row in rows:
        if before is not None and (clause.kind != before or before in ("heading", "paragraph")):
            yield Text()
        yield row
        before = clause.kind


def clause_row(clause: Clause, body: Text | None = None) -> RenderableType:
    """The text of a clause, or `body` in its stead, behind the mark of its kind."""
    body = Text(visible(clause.text)) if body is None else body
    if clause.kind == "heading":
        body.stylize("bold")
    bullet = {"heading": "#" * clause.depth, "item": f"{'  ' * clause.depth}•", "row": "|"}.get(clause.kind, "")
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1)
    grid.add_row(bullet, body)
    return grid if bullet else body


def _ending(change: Change, palette: Palette) -> RenderableType:
    return Group(*_legend(change, palette))


def _legend(change: Change, palette: Palette) -> Iterator[Text]:
    yield Text(f"{words.of_counts(counts(change))}; {len(change.kept)} unchanged", style="bold")
    yield Text.assemble(
        palette.inserted.write("inserted"),
        "  ",
        palette.deleted.write("deleted"),
        "  ",
        palette.moved_here.write("moved here"),
        "  ",
        palette.moved_away.write("moved away"),
        "  … unchanged words left out",
    )
