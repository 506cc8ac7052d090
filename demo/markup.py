"""The policies of the demo are readable text files; this makes HTML of them, in two hands.

The files are written in a corner of Markdown: headings, paragraphs, items ("- " or "1. "), tables ("| a | b |", the first row is the
head), terms with definitions (": "), **strong** and [links](to), and a backslash for a line break.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

_HEADING = re.compile(r"(#{1,3}) (.+)")
_ITEM = re.compile(r"(?:-|(\d+)\.) ")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_STRONG = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Block:
    """A heading of some `level`, a paragraph, or rows: of a list one cell each, of terms two, of a table as many as it has columns."""

    kind: Literal["heading", "paragraph", "bullets", "numbers", "table", "terms"]
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def parse(source: str) -> tuple[Block, ...]:
    """The blocks of a policy file."""
    return tuple(_block(part.split("\n")) for part in re.split(r"\n{2,}", source.strip()))


def _block(lines: list[str]) -> Block:
    if heading := _HEADING.fullmatch(lines[0]):
        return Block("heading", heading[2], len(heading[1]))
    if lines[0].startswith("| "):
        return Block("table", rows=tuple(tuple(c.strip() for c in line.strip("| ").split("|")) for line in lines))
    if item := _ITEM.match(lines[0]):
        items = (_joined(part) for part in _starting(lines, lambda line: bool(_ITEM.match(line))))
        rows = tuple((_ITEM.sub("", text, count=1),) for text in items)
        return Block("numbers" if item[1] else "bullets", rows=rows)
    if len(lines) > 1 and lines[1].startswith(": "):
        return Block("terms", rows=((lines[0], _joined(lines[1:])[2:]),))
    return Block("paragraph", _joined(lines))


def _starting(lines: list[str], begins: Callable[[str], bool]) -> Iterator[list[str]]:
    """The lines in runs that each start where one `begins`."""
    starts = [n for n, line in enumerate(lines) if begins(line)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield lines[start:end]


def _joined(lines: list[str]) -> str:
    return re.sub(r"\\ ", "\n", " ".join(line.strip() for line in lines))


def plain(text: str) -> str:
    """The words of a text without its marks."""
    return _STRONG.sub(r"\1", _LINK.sub(r"\1", text))


def inline(text: str) -> str:
    """A text as HTML."""
    html = _LINK.sub(r'<a href="\2">\1</a>', escape(text, quote=False))
    return _STRONG.sub(r"<strong>\1</strong>", html).replace("\n", "<br>\n")


# --- the first hand: what a careful editor would write --------------------------------------------------------------------


def article(blocks: Iterable[Block]) -> str:
    """Plain semantic HTML: headings, paragraphs, lists, table heads, definition lists."""
    return "\n".join(_article_block(block) for block in _merged_terms(blocks))


def _merged_terms(blocks: Iterable[Block]) -> Iterator[Block]:
    """Terms that follow each other are one list."""
    rows: tuple[tuple[str, ...], ...] = ()
    for block in blocks:
        if block.kind == "terms":
            rows += block.rows
            continue
        if rows:
            yield Block("terms", rows=rows)
            rows = ()
        yield block
    if rows:
        yield Block("terms", rows=rows)


def _article_block(block: Block) -> str:
    match block.kind:
        case "heading":
            return f"<h{block.level}>{inline(block.text)}</h{block.level}>"
        case "paragraph":
            return f"<p>{inline(block.text)}</p>"
        case "bullets" | "numbers":
            tag = "ul" if block.kind == "bullets" else "ol"
            return f"<{tag}>\n" + "\n".join(f"<li>{inline(text)}</li>" for (text,) in block.rows) + f"\n</{tag}>"
        case "terms":
            rows = "\n".join(f"<dt>{inline(term)}</dt>\n<dd>{inline(meaning)}</dd>" for term, meaning in block.rows)
            return f"<dl>\n{rows}\n</dl>"
        case "table":
            head, *body = block.rows
            return f"<table>\n<thead>{_row(head, 'th')}</thead>\n<tbody>\n" + _rows(body) + "\n</tbody>\n</table>"


def _row(cells: Iterable[str], tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{inline(cell)}</{tag}>" for cell in cells) + "</tr>"


def _rows(rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(_row(row) for row in rows)


# --- the second hand: a redesign, with collapsed panels and typographic quotes, and not a word of difference ----------------


def panels(blocks: Iterable[Block]) -> str:
    """The same words as an accordion of nested boxes, as a page builder would write them."""
    html: list[str] = []
    number = 0
    for block in _merged_terms(blocks):
        if block.kind == "heading" and block.level == 2:
            if number:
                html.append("</div></div></div>")
            number += 1
            html.append(_panel_head(_curly(inline(block.text)), number))
        else:
            html.append(_panel_block(block))
    if number:
        html.append("</div></div></div>")
    return "".join(html)


def _panel_head(title: str, number: int) -> str:
    return (
        f'<div class="Accordion_item__g5" data-index="{number}"><h2 class="Accordion_head__v4">'
        f'<button type="button" aria-expanded="false" aria-controls="p{number}">{title}'
        f'<svg width="12"><path d="M1 1l5 5 5-5"/></svg></button></h2>'
        f'<div id="p{number}" class="Accordion_panel__h6" role="region" style="display:none" aria-hidden="true"><div class="Stack">'
    )


def _panel_block(block: Block) -> str:
    match block.kind:
        case "heading":
            return f'<h{block.level} class="Type_h{block.level}__e1"><span>{_curly(inline(block.text))}</span></h{block.level}>'
        case "paragraph":
            return f'<div class="Text_block__r2"><p class="Type_body__i7">{_curly(inline(block.text))}</p></div>'
        case "bullets" | "numbers":
            items = "".join(
                f'<li><span aria-hidden="true" class="Icon"></span><div><p>{_curly(inline(text))}</p></div></li>'
                for (text,) in block.rows
            )
            return f'<ul class="List_check__y3">{items}</ul>'
        case "terms":
            pairs = "".join(
                f'<div class="Spec_pair__n8"><dt><b>{_curly(inline(term))}</b></dt><dd><p>{_curly(inline(meaning))}</p></dd></div>'
                for term, meaning in block.rows
            )
            return f'<dl class="Spec_list__j2">{pairs}</dl>'
        case "table":
            rows = "".join(
                "<tr>" + "".join(f'<td class="Cell"><p>{_curly(inline(cell))}</p></td>' for cell in row) + "</tr>"
                for row in block.rows
            )
            return f'<div class="Table_scroll__s6"><table><tbody>{rows}</tbody></table></div>'


def _curly(html: str) -> str:
    """Typographic quotes in the text, none in the tags."""
    parts = re.split(r"(<[^>]+>)", html)
    return "".join(part if part.startswith("<") else _quotes(part) for part in parts)


def _quotes(text: str) -> str:
    text = re.sub(r'"(?=\w)', "“", text)
    return text.replace('"', "”").replace("'", "’")
