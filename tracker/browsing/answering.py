"""From data to a response: the templates, and the headers that keep stored text harmless."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlsplit

from datasette.utils.asgi import Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from tracker.browsing.queries.search import MARK_END, MARK_START
from tracker.rendering.folding import sides
from tracker.rendering.layout import moved
from tracker.rendering.picking import edits, operation_of, told, trail

View = Callable[..., Awaitable[Response]]

ASSETS_PATH = "/-/clausewatch"
_STYLE = ("base", "home", "document", "change", "days", "search", "facts", "triage")
"""The style sheets of our pages, in their order; the browser gets them as one, style.css."""

_HEADERS = {
    # everything that came from the network is escaped; should that ever fail, nothing of it may run, load or be framed
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # a form that is sent says from where
}


def policy_path(name: str) -> str:
    """Where a document's page is, below the base URL."""
    return f"/policy/{quote(name, safe='/')}"


def version_path(name: str, number: int) -> str:
    """Where a version of a document can be read, below the base URL."""
    return f"{policy_path(name)}/versions/{number}"


def vendor_path(vendor: str) -> str:
    """Where a vendor's page is, below the base URL."""
    return f"/vendor/{quote(vendor, safe='')}"


def observation_path(observation: int) -> str:
    """Where the page of a look is, below the base URL."""
    return f"/observation/{observation}"


def change_path(change: int) -> str:
    """Where a change's page is, below the base URL."""
    return f"/change/{change}"


def respond(datasette: Any, request: Any, template: str, data: dict[str, Any], **extra: Any) -> Response:
    """The page, or its data where the address ends in .json. `extra` is for the page only."""
    if request.url_vars.get("format") == "json":
        return Response.json(data, headers=dict(_HEADERS))
    return _page(datasette, template, 200, {**data, **extra})


def apologise(datasette: Any, request: Any, status: int, sentence: str) -> Response:
    """A page, or JSON, that says what is wrong."""
    if request.url_vars.get("format") == "json":
        return Response.json({"error": sentence}, status=status, headers=dict(_HEADERS))
    return _page(datasette, "error.html", status, {"title": HTTPStatus(status).phrase, "sentence": sentence})


def _page(datasette: Any, template: str, status: int, data: dict[str, Any]) -> Response:
    text = _environment().get_template(template).render(**data, url=datasette.urls.path)
    return Response.html(text, status=status, headers=dict(_HEADERS))


def attachment(html: str, name: str) -> Response:
    """A self-contained page as a file: saved, not shown, so that its own style never meets our origin."""
    return Response.html(html, headers={**_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'})


def download(content: bytes, name: str) -> Response:
    """Bytes as a file that nothing opens by itself, whatever they are."""
    headers = {**_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=headers, content_type="application/octet-stream")


def plain_text(text: str) -> Response:
    """Text from the net as text and as nothing else: not sniffed for another type, in an origin of its own."""
    policy = "default-src 'none'; sandbox; frame-ancestors 'none'"
    headers = {**_HEADERS, "Content-Security-Policy": policy}
    return Response(text.encode("utf-8", "replace"), headers=headers, content_type="text/plain; charset=utf-8")


def asset(datasette: Any, request: Any, name: str) -> Response:
    """A style sheet or a script: "style.css" of our pages, "tables.css" of Datasette's, and the scripts of static/."""
    try:
        text = _asset(name)
    except FileNotFoundError:
        return apologise(datasette, request, 404, f"There is no {name}.")
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "max-age=3600"}
    return Response(text, headers=headers, content_type=f"{kind}; charset=utf-8")


@cache
def asset_path(name: str) -> str:
    """Where a style sheet or script is, with a digest of what is in it: a new release is not shown in the style of the old."""
    return f"{ASSETS_PATH}/{name}?{hashlib.sha256(_asset(name).encode()).hexdigest()[:8]}"


@cache
def _asset(name: str) -> str:
    static = files(__package__) / "static"
    names = [f"{part}.css" for part in _STYLE] if name == "style.css" else [name]
    return "\n".join((static / part).read_text(encoding="utf-8") for part in names)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tracker.browsing"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        when=when, minute=minute, day=day, marked=marked, web=web_address, thousands=lambda number: f"{number:,}"
    )
    environment.globals.update(
        asset_path=asset_path,
        policy_path=policy_path,
        version_path=version_path,
        vendor_path=vendor_path,
        observation_path=observation_path,
        change_path=change_path,
        edits=edits,
        moved=moved,
        operation_of=operation_of,
        sides=sides,
        told=told,
        trail=trail,
    )
    return environment


def day(moment: str | None) -> str:
    """The day of a stored moment."""
    return moment[:10] if moment else ""


def when(moment: str | None) -> Markup:
    """A stored moment as its day, with the minute and how long ago it was on pointing at it."""
    return _time(moment, len("2026-01-31"))


def minute(moment: str | None) -> Markup:
    """The same to the minute."""
    return _time(moment, len("2026-01-31 23:59"))


def _time(moment: str | None, length: int) -> Markup:
    if not moment:
        return Markup('<span class="none">never</span>')
    text = moment.replace("T", " ")
    exact = f"{text[:16]} UTC, {ago(moment, datetime.now(UTC))}"
    return Markup('<time datetime="{}" title="{}">{}</time>').format(moment, exact, text[:length])


def ago(moment: str, now: datetime) -> str:
    """How long ago, or how far ahead, in the largest unit that says it."""
    seconds = (now - datetime.fromisoformat(moment)).total_seconds()
    size = abs(seconds)
    for unit, length in (("year", 31_557_600), ("month", 2_629_800), ("day", 86_400), ("hour", 3600), ("minute", 60)):
        count = int(size // length)
        if count:
            text = f"{count} {unit}{'s' if count > 1 else ''}"
            return f"{text} ago" if seconds > 0 else f"in {text}"
    return "just now"


def marked(text: str) -> Markup:
    """Text with the found words as <mark>; everything else is escaped."""
    safe = str(escape(text))
    return Markup(safe.replace(MARK_START, "<mark>").replace(MARK_END, "</mark>"))  # noqa: S704 - escaped above


def web_address(url: str | None) -> str | None:
    """The URL where it is one that a browser may be sent to."""
    return url if url and urlsplit(url).scheme in ("http", "https") else None
