"""`clausewatch browse`."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Collection
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import click
import uvicorn
from datasette.app import Datasette
from datasette.utils.asgi import Response

from tracker.browsing.metadata import SETTINGS
from tracker.history import History


class _Context(Protocol):
    """What the group of commands knows."""

    @property
    def history_path(self) -> Path: ...


class _Refusal(click.ClickException):
    exit_code = 2


@click.command()
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open the first page in the browser.")
@click.pass_obj
def browse(context: _Context, port: int, host: str, open_browser: bool) -> None:
    """Browse the history: changes, texts, search, SQL.

    Only reads, so a daemon or a crawl may write at the same time; a reload shows what is new. Ctrl-C ends it.

    \b
    Example:
      clausewatch browse --port 8080 --open
    """
    path = context.history_path
    History(
        path, read_only=True
    ).close()  # its HistoryError is a sentence for the user, and better now than on the first page
    listening = _listen(host, port)
    address = f"http://{_bracketed(host)}:{listening.getsockname()[1]}/"
    click.echo(f"Browse {path} at {address} (Ctrl-C ends it)")
    if open_browser:
        webbrowser.open(address)
    serve(path, listening, _names(host))


def serve(path: Path, listening: socket.socket, names: Collection[str]) -> None:
    """Serve the history at `path` on a listening socket, under these host names, until the process is interrupted."""
    config = uvicorn.Config(_called_by(names, application(path)), log_level="warning", lifespan="on")
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass  # asked for: uvicorn has closed its connections and raises what it was interrupted by
    finally:
        listening.close()


def application(path: Path) -> Any:
    """The history at `path` as an ASGI application. Never as an immutable file: that would show its first state for ever."""
    return Datasette([str(path)], settings=dict(SETTINGS)).app()


def _names(host: str) -> Collection[str]:
    """The names under which a server on `host` may be called; on an address that others reach, they choose the name."""
    return (host, "127.0.0.1", "localhost", "::1") if host in ("127.0.0.1", "localhost", "::1") else ()


def _called_by(names: Collection[str], app: Any) -> Any:
    """Refuse requests for other names: a page anywhere on the web could else point its own name at us and read the history."""

    async def guarded(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and names and _called(scope) not in names:
            await Response.text("This address is not served here.\n", status=421).asgi_send(send)
        else:
            await app(scope, receive, send)

    return guarded


def _called(scope: Any) -> str | None:
    header = next((value.decode("latin-1") for key, value in scope["headers"] if key == b"host"), "")
    try:
        return urlsplit(f"//{header}").hostname
    except ValueError:
        return None


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise _Refusal(f"Cannot listen on {host}, port {port}: {_why(error)}. Try another --port.") from error


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).split(" (")[0]  # Python repeats the address in brackets


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
