"""`clausewatch browse`. Imported when it is asked for: Datasette takes its time."""

from __future__ import annotations

import socket
import webbrowser

import click

from tracker.browsing.serving import names, serve
from tracker.cli.base import Context, Refusal, pass_context


@click.command()
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open the first page in the browser.")
@pass_context
def browse(context: Context, port: int, host: str, open_browser: bool) -> None:
    """Browse the history: changes, texts, search, SQL.

    Only reads, so a daemon or a crawl may write at the same time; a reload shows what is new. Ctrl-C ends it.

    \b
    Example:
      clausewatch browse --port 8080 --open
    """
    path = context.history_path
    context.read().close()  # what is wrong with it is better said now than on the first page
    listening = _listen(host, port)
    address = f"http://{_bracketed(host)}:{listening.getsockname()[1]}/"
    click.echo(f"Browse {path} at {address} (Ctrl-C ends it)")
    if open_browser:
        webbrowser.open(address)
    serve(path, listening, names(host))


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise Refusal(f"Cannot listen on {host}, port {port}: {_why(error)}. Try another --port.") from error


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).split(" (")[0]  # Python repeats the address in brackets


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
