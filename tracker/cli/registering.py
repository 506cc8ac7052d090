"""The registry, who is to be watched: check, add."""

from __future__ import annotations

import click

from tracker.cli.base import Context, cli, json_option, pass_context, print_json
from tracker.cli.watching import number_of
from tracker.registry import RegistryError, add_document


@cli.command()
@json_option
@pass_context
def check(context: Context, as_json: bool) -> None:
    """Check the registry and tell every mistake.

    Unknown keys, bad addresses, duplicates, bad schedules, bad selectors: all at once, each with the file, the key and what is
    expected there. Exit code 1 where something is wrong.

    \b
    Example:
      clausewatch check
      clausewatch --registry my-vendors.toml check --json
    """
    try:
        registry = context.load()
    except RegistryError as error:
        if as_json:
            problems = [{"file": str(error.path), "key": p.key, "problem": p.text} for p in error.problems]
            print_json({"ok": False, "problems": problems})
        else:
            click.echo(str(error), err=True)
        raise SystemExit(1) from error
    waiting = sum(document.url is None for document in registry.documents)
    if as_json:
        print_json({"ok": True, "problems": [], "documents": len(registry.documents), "no_address_yet": waiting})
        return
    click.echo(
        f"{registry.path}: {number_of(registry.vendors, 'vendor')}, {number_of(registry.documents, 'document')}, no problem."
    )
    if waiting:
        click.echo(f"{number_of(range(waiting), 'document')} without an address yet.")
    if registry.settings.contact is None:
        click.echo("No contact is set: crawling the real net needs one, so that a site's owner can write to you.")


@cli.command()
@click.argument("vendor")
@click.argument("url")
@click.option("--kind", default="privacy", show_default=True, help="privacy, cookies, terms, …")
@click.option("--language", help='What is expected there, such as "en" or "pt-BR".')
@click.option("--region", help='For whom it is, such as "EU" or "US-CA".')
@click.option("--schedule", help='"6 hours", "1 day", or five cron fields in UTC.')
@click.option("--name", help="What a new vendor is called; VENDOR itself where it is not given.")
@click.option("--home", help="A new vendor's home page.")
@click.option("--id", "identity", help="What the document is called within its vendor, where its kind does not tell.")
@pass_context
def add(context: Context, /, vendor: str, url: str, kind: str, identity: str | None, **options: str | None) -> None:
    """Add a document to the registry.

    It stands at URL; VENDOR is the vendor's key in the registry, which is made where it is new. Comments and order of the file
    stay as they are; where something is wrong, so does the whole file (exit code 2).

    \b
    Example:
      clausewatch add acme https://acme.example/privacy --language en
      clausewatch add acme https://acme.example/terms --kind terms --schedule "1 week"
    """
    document = add_document(context.registry, vendor, url, kind, id=identity, **options)
    click.echo(f"Added {document.name} to {context.registry}. Look at it with: clausewatch crawl {document.name}")
