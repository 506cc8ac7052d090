"""Finding where a vendor's documents stand: discover."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Iterable
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from crawler.cli_base import require_contact, run_beside
from crawler.discovering import Discovery, Trial, reasons
from crawler.discovery import KINDS, Candidate, site_of
from tracker.cli.base import INTERRUPTED, Context, cli, json_option, pass_context, print_json
from tracker.history import History
from tracker.model import Document, slug
from tracker.registry import Registry, add_document, load
from tracker.registry.checks import url as checked_url
from tracker.rendering.picking import visible

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerProcess


def _homes(_ctx: click.Context, _param: click.Parameter, homes: tuple[str, ...]) -> list[str]:
    """Addresses of home pages, each once; a bare host is taken as one."""
    try:
        return [checked_url(home if "://" in home else f"https://{home}/") for home in dict.fromkeys(homes)]
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@cli.command()
@click.argument("homes", nargs=-1, required=True, metavar="HOME...", callback=_homes)
@click.option("--kind", type=click.Choice(KINDS), default="privacy", show_default=True, help="What is looked for.")
@click.option(
    "--follow",
    type=click.IntRange(0, 10),
    default=2,
    show_default=True,
    help="Further pages of the site to read for links, where the home page has none.",
)
@click.option("--add", is_flag=True, help="Add what was found to the registry.")
@json_option
@pass_context
def discover(context: Context, homes: list[str], kind: str, follow: int, add: bool, as_json: bool) -> None:
    """Find where a vendor's privacy policy stands, from its home page.

    Links are read first, in more than thirty languages; where there are none, the sitemap, and the addresses where such documents
    often stand. Each address is fetched and read before it is believed. With --add, the registry gets the document, and a vendor of
    the host's name where none has that home page; its comments stay.

    \b
    Example:
      clausewatch discover https://acme.example/
      clausewatch discover acme.example globex.example --add
      clausewatch discover acme.example --kind terms --json

    Exit codes: 0 found for every HOME; 1 not found for some; 2 not done: an invalid registry, no contact; 4 interrupted.
    """
    registry = _registry(context)
    path = context.history or registry.settings.history
    with History(path) if path.exists() else nullcontext() as history:
        found = _discovered(registry, history, homes, kind, follow, as_json)
    records = [_record(discovery) for discovery in found]
    if add:
        for discovery, record in zip(found, records, strict=True):
            record |= _add(context, discovery)
    if as_json:
        print_json(records)
    else:
        for discovery, record in zip(found, records, strict=True):
            click.echo("\n".join(_lines(discovery)))
            for said in ("added", "not_added"):
                if record.get(said):
                    click.echo(f"  {visible(record[said])}")
    if len(found) < len(homes):
        sys.exit(INTERRUPTED)
    if any(discovery.found is None for discovery in found):
        sys.exit(1)


def _registry(context: Context) -> Registry:
    """The registry, or an empty one where there is none yet: `discover --add` may be the first command there is."""
    return load(context.registry) if context.registry.exists() else Registry(context.registry)


def _discovered(
    registry: Registry, history: History | None, homes: list[str], kind: str, follow: int, quiet: bool
) -> list[Discovery]:
    from crawler.crawling import discover_at

    require_contact(registry.settings, [Document(vendor=home, kind=kind, url=home) for home in homes])
    found: list[Discovery] = []

    def note(discovery: Discovery) -> None:
        found.append(discovery)
        if not quiet and len(homes) > 1:
            click.echo(f"{len(found)} of {len(homes)}: {discovery.home}", err=True)

    def look(process: AsyncCrawlerProcess, _stop: asyncio.Event) -> Awaitable[None]:
        return discover_at(
            process, registry.settings, homes=homes, kind=kind, follow=follow, on_found=note, history=history
        )

    if not quiet and sys.stderr.isatty():
        click.echo("Looking…", err=True)
    run_beside(look, None)
    return found


# --- the registry -----------------------------------------------------------------------------------------------------------------


def _add(context: Context, discovery: Discovery) -> dict[str, str]:
    """Put what was found into the registry: what was added, or why nothing was."""
    if discovery.found is None:
        return {}
    registry = _registry(context)
    url, vendor = discovery.found.candidate.url, _vendor(registry, discovery.home)
    for document in registry.documents:
        if document.url and (document.url == url or document.name == f"{vendor}/{discovery.kind}"):
            return {"not_added": f"{document.name} stands in the registry already, at {document.url}"}
    added = add_document(context.registry, vendor, url, discovery.kind, home=discovery.home)
    return {"added": f"added {added.name} to {context.registry}"}


def _vendor(registry: Registry, home: str) -> str:
    """The key of the vendor with that home page, or a new one made of the host's name."""
    site = site_of(home)
    for vendor in registry.vendors:
        if vendor.home and site_of(vendor.home) == site:
            return vendor.key
    host = (urlsplit(home).hostname or home).removeprefix("www.")
    return slug(host.split(".")[0]).encode("ascii", "ignore").decode() or "vendor"


# --- what is shown ----------------------------------------------------------------------------------------------------------------


def _lines(discovery: Discovery) -> Iterable[str]:
    yield visible(discovery.home)
    if discovery.failure is not None:
        yield f"  {visible(discovery.told)}"
        return
    if discovery.found is None:
        yield f"  no {discovery.kind} document found"
    for trial in discovery.trials:
        mark = {"document": "✓", "likely": "?", "none": "✗"}[trial.verdict]
        yield f"  {mark} {visible(trial.candidate.url)}{_score(trial.candidate)}: {visible(_verdict(trial))}"
    for candidate in discovery.untried:
        yield f"    {visible(candidate.url)}{_score(candidate)}: not read; {visible(reasons(candidate.reasons))}"


def _verdict(trial: Trial) -> str:
    said = {"document": "a document", "likely": f"likely ({trial.why})", "none": trial.why}
    return f"{said[trial.verdict]}; {reasons(trial.candidate.reasons)}"


def _score(candidate: Candidate) -> str:
    return f" ({candidate.score:.2f})" if candidate.score else ""


def _record(discovery: Discovery) -> dict[str, Any]:
    return {
        "home": discovery.home,
        "kind": discovery.kind,
        "found": discovery.found.candidate.url if discovery.found else None,
        "why": discovery.told,
        "candidates": [
            *(
                _candidate(t.candidate) | {"verdict": t.verdict, "why": t.why, "final_url": t.url}
                for t in discovery.trials
            ),
            *(_candidate(c) | {"verdict": "not read", "why": "", "final_url": None} for c in discovery.untried),
        ],
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "url": candidate.url,
        "score": candidate.score,
        "reasons": [{"cue": reason.cue, "words": reason.words} for reason in candidate.reasons],
    }
