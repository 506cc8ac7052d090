"""Datasette over the history, served to this machine."""

from __future__ import annotations

import socket
from collections.abc import Collection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from datasette.app import Datasette
from datasette.utils.asgi import Response

from tracker.browsing.metadata import SETTINGS


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


def names(host: str) -> Collection[str]:
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
