"""HTML that escapes itself: whatever is not an element already is text."""

from __future__ import annotations

import html

from tracker.rendering.picking import visible

_VOID = {"meta", "br", "hr"}


class Markup(str):
    """HTML source. Only `element` and `joined` make it."""

    __slots__ = ()


def element(name: str, /, *children: str, **attributes: str) -> Markup:
    """An element. Children that are no Markup are escaped; a trailing underscore keeps an attribute clear of Python's words."""
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{_escaped(value)}"' for key, value in attributes.items())
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{joined(*children)}</{name}>")


def joined(*children: str) -> Markup:
    return Markup("".join(child if isinstance(child, Markup) else _escaped(child) for child in children))


def raw(source: str) -> Markup:
    """Source that is part of this package, such as a style sheet."""
    return Markup(source)


def _escaped(text: str) -> str:
    return html.escape(visible(text), quote=True)
