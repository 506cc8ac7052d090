"""A change as one self-contained HTML page: no script, nothing loaded, readable on screen, in the dark and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

from tracker.model import Change, Clause, ClauseChange, Policy, WordEdit
from tracker.rendering import caption as words
from tracker.rendering.caption import Caption
from tracker.rendering.layout import Row, in_place, moved
from tracker.rendering.markup import Markup, element, joined, raw
from tracker.rendering.picking import (
    clipped,
    counts,
    edits,
    formal,
    most_material_first,
    operation_of,
    pilcrowed,
    told,
    trail,
)

_REASONS_SHOWN = 5
_QUIET_LENGTH = 120
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html_page(change: Change, caption: Caption, new: Policy) -> str:
    """The page: what changed, most material first, then the whole new text with the changes in place."""
    title = f"{caption.vendor}: {caption.document}, what changed"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("title", title),
        element("style", raw(_style())),
    )
    changes = [_change(c, number) for number, c in enumerate(most_material_first(change.clauses), 1)]
    body = element(
        "body",
        _header(change, caption),
        element(
            "main",
            element("h2", "Changes, most material first"),
            *changes,
            element("h2", "The text with its changes"),
            *_text(change, new),
        ),
        element("footer", _legend()),
    )
    language = {"lang": new.language} if new.language else {}
    return f"<!doctype html>\n{element('html', head, body, **language)}\n"


@cache
def _style() -> str:
    return resources.files("tracker.rendering").joinpath("redline.css").read_text(encoding="utf-8")


def _header(change: Change, caption: Caption) -> Markup:
    address = caption.url or ""
    rows = [
        ("Document", joined(caption.document)),
        *(
            [("Address", element("a", address, href=address) if address.startswith("http") else joined(address))]
            if address
            else []
        ),
        ("Old text", joined(words.of_side(caption.old))),
        ("New text", joined(words.of_side(caption.new))),
        *([("Compared", joined(words.of_sides(caption)))] if words.of_sides(caption) else []),
        ("Finding", joined(_level(change.level), " ", words.of_change(change))),
        ("Counts", joined(f"{words.of_counts(counts(change))}; {len(change.kept)} unchanged")),
        *(("Date", joined(words.of_date(date))) for date in change.dates),
    ]
    distinct = told(change.reasons)
    reasons = [element("li", words.of_reason(reason)) for reason in distinct[:_REASONS_SHOWN]]
    if len(distinct) > _REASONS_SHOWN:
        reasons.append(element("li", f"{len(distinct) - _REASONS_SHOWN} more, at the changes below", class_="quiet"))
    return element(
        "header",
        element("h1", caption.vendor),
        element("p", change.summary, class_="summary"),
        element(
            "table", *(element("tr", element("th", key, scope="row"), element("td", value)) for key, value in rows)
        ),
        *([element("ul", *reasons)] if reasons else []),
        _legend(),
    )


def _legend() -> Markup:
    return element(
        "p",
        element("ins", "inserted"), "  ", element("del", "deleted"), "  ",
        element("ins", "moved here", class_="moved"), "  ", element("del", "moved away", class_="moved"),
        class_="quiet",
    )  # fmt: skip


def _level(level: str) -> Markup:
    return element("span", level, class_=f"level {level}")


def _change(change: ClauseChange, number: int) -> Markup:
    link = element("a", f"{number}", href=f"#text-{number}", class_="number")
    if formal(change):
        text = clipped(" ".join(clause.text for clause in change.new or change.old), _QUIET_LENGTH)
        quiet = joined(link, _level(change.level), f" {operation_of(change)} · {text}")
        return element("p", quiet, class_="quiet about", id=f"change-{number}")
    notes = [words.of_reason(reason) for reason in told(change.reasons)]
    title = element(
        "div",
        link, _level(change.level), f" {operation_of(change)} · ", element("em", " › ".join(trail(change))),
    )  # fmt: skip
    about = [element("div", note) for note in notes]
    topics = [element("div", " · ".join(change.topics), class_="quiet")] if change.topics else []
    body = element("div", *_inked(edits(change), moved(change)), class_="text")
    return element(
        "section", element("div", title, *about, *topics, class_="about"), body, class_="change", id=f"change-{number}"
    )


def _text(change: Change, new: Policy) -> Iterator[Markup]:
    for row in in_place(change, new):
        yield _placed(row)


def _placed(row: Row) -> Markup:
    if row.change is None:
        return _laid_out(row.clause, [joined(row.clause.text)])
    link = element("a", f"{row.number}", href=f"#change-{row.number}", class_="number")
    if row.left:
        old = "\n".join(clause.text for clause in row.change.old)
        return _laid_out(row.clause, [link, element("del", old, class_="moved")])
    return _laid_out(row.clause, [link, *_inked(edits(row.change), moved(row.change))], id=f"text-{row.number}")


def _laid_out(clause: Clause, content: Iterable[Markup], **attributes: str) -> Markup:
    if clause.kind == "heading":
        return element(f"h{min(clause.depth + 2, 6)}", *content, class_="text", **attributes)
    return element("p", *content, class_=f"text {clause.kind}", **attributes)


def _inked(runs: Iterable[WordEdit], is_moved: bool) -> Iterator[Markup]:
    for op, text in runs:
        if op == "=":
            yield element("ins", text, class_="moved") if is_moved else joined(text)
        else:
            yield element("ins" if op == "+" else "del", pilcrowed(op, text))
