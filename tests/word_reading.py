"""Accepts or rejects the tracked changes of a Word file, by the words of ECMA-376, with nothing of what wrote them."""

from __future__ import annotations

import io
from typing import Literal
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = {"new": ("del", "moveFrom"), "old": ("ins", "moveTo")}


def part(file: bytes, name: str) -> etree._Element:
    with ZipFile(io.BytesIO(file)) as archive:
        return etree.fromstring(archive.read(name))


def text(file: bytes, wanted: Literal["old", "new"]) -> list[tuple[str, str]]:
    """(style, text) of every paragraph and ("row", cells joined by bars) of every row, once all changes are accepted or rejected."""
    body = part(file, "word/document.xml").find(f"{W}body")
    assert body is not None
    out: list[tuple[str, str]] = []
    open_text = ""
    for child in body:
        if child.tag == f"{W}p":
            open_text += _words(child, wanted)
            if not _is_gone(child.find(f"{W}pPr/{W}rPr"), wanted):
                out.append((_style(child, wanted), open_text))
                open_text = ""
        elif child.tag == f"{W}tbl":
            assert not open_text, "a paragraph cannot run into a table"
            rows = [row for row in child.iter(f"{W}tr") if not _is_gone(row.find(f"{W}trPr"), wanted)]
            out += [("row", " | ".join(_words(cell, wanted) for cell in row.iter(f"{W}tc"))) for row in rows]
    assert not open_text
    return out


def _is_gone(properties: etree._Element | None, wanted: str) -> bool:
    return properties is not None and any(properties.find(W + name) is not None for name in _GONE[wanted])


def _words(element: etree._Element, wanted: str) -> str:
    gone = {W + name for name in _GONE[wanted]}
    runs = [run for run in element.iter(f"{W}r") if not gone & {parent.tag for parent in run.iterancestors()}]
    return "".join(words.text or "" for run in runs for words in run if words.tag in (f"{W}t", f"{W}delText"))


def _style(paragraph: etree._Element, wanted: str) -> str:
    properties = paragraph.find(f"{W}pPr")
    if properties is not None and wanted == "old" and (before := properties.find(f"{W}pPrChange/{W}pPr")) is not None:
        properties = before
    style = properties.find(f"{W}pStyle") if properties is not None else None
    return "Normal" if style is None else str(style.get(f"{W}val"))
