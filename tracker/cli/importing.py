"""What others kept, brought into the history: import."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from tracker.cli.anew import Hands, hands_options, refuse_nothing, tell_anew
from tracker.cli.base import BEGIN_OF_DAY, Context, Refusal, cli, json_option, moment_option, pass_context, print_json
from tracker.history.reading import matches
from tracker.importing import ArchiveError, declarations, folders, terms_archive, warc
from tracker.model import Document, slug
from tracker.registry import add_documents
from tracker.rendering.picking import visible


class Archives(click.Group):
    """A group in which an archive that cannot be read ends a command with a sentence."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ArchiveError as error:
            raise Refusal(str(error)) from error


@cli.group(name="import", cls=Archives)
def importing() -> None:
    """Bring what archives kept into the history.

    Each look keeps the time at which it was taken and where it comes from, and takes its place between those that are there. What is known
    already is left out, so an import may be broken off, and repeated when the archive has grown. Imported changes are history: nobody is
    alerted. Documents that the registry does not have are kept, and not watched.

    \b
    Example:
      clausewatch import folder kept/ --document acme/privacy
      clausewatch import ota ../demo-versions --snapshots ../demo-snapshots
    """


def _read(table: Path) -> str:
    try:
        return table.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(f"{table} is not in UTF-8: save it as such.") from error


def _document(text: str | None, url: str | None, language: str | None) -> Document | None:
    if text is None:
        return None
    vendor, slash, kind = text.partition("/")
    if not (vendor and slash and kind):
        raise click.BadParameter(f'expected vendor/kind, such as acme/privacy, got "{text}"', param_hint="--document")
    return Document(vendor=vendor, kind=kind, name=f"{slug(vendor)}/{slug(kind)}", url=url, language=language)


@importing.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--document", metavar="VENDOR/KIND", help="What the pages are of.  [default: what their paths say]")
@moment_option("--at", BEGIN_OF_DAY, "When they were seen (UTC).  [default: what their names say]")
@click.option(
    "--table",
    "table",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"A CSV file that says it for each: {', '.join(folders.COLUMNS)}.",
)
@click.option("--url", help="Where they come from, with --document.")
@click.option("--language", help="Their language, with --document.")
@hands_options
@json_option
@pass_context
def folder(
    context: Context,
    path: Path,
    document: str | None,
    at: datetime | None,
    table: Path | None,
    url: str | None,
    language: str | None,
    hands: Hands,
    as_json: bool,
) -> None:
    """Import pages from a folder, or one that was saved by hand.

    HTML, PDF, Markdown and text. A file's path is its document's name and the date on which it was seen: acme/privacy/2024-03-01.html or
    "acme 20240301.pdf"; a time may follow the date.

    \b
    Example:
      clausewatch import folder kept/
      clausewatch import folder saved.html --document acme/privacy --at today
      clausewatch import folder kept/ --table kept/list.csv

    Exit codes: 0 imported, or known already; 1 some documents could not be; 2 nothing was imported, and a sentence says why; 4 interrupted.
    """
    if document is None and (url or language):
        raise click.UsageError("--url and --language say something of --document: which is it?")
    if table is not None:
        if document or at:
            raise click.UsageError(
                "--table says of each file what --document and --at say of all: give one or the other."
            )
        pieces = folders.table(path, _read(table))
    else:
        pieces = folders.folder(path, document=_document(document, url, language), at=at)
    tell_anew(context, pieces, hands, as_json=as_json)


@importing.command()
@click.argument("versions", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--snapshots",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The clone of the collection's snapshots: the pages themselves, read by our own rules.",
)
@click.option(
    "--only", metavar="PATTERN", multiple=True, help='Only these documents: "acme", "acme/privacy", "*/terms".'
)
@hands_options
@json_option
@pass_context
def ota(
    context: Context, versions: Path, snapshots: Path | None, only: tuple[str, ...], hands: Hands, as_json: bool
) -> None:
    """Import a collection of Open Terms Archive: local git clones, or its dataset.

    VERSIONS is a clone of its versions repository, with the whole history, or the ZIP file of its dataset. Every record becomes a look at
    the time when the page was fetched. Records that only say that the archive's rules changed are kept as such, and are no changes. With
    --snapshots, what has pages is read from them; texts that were put together of several pages, and those older than the first page, are
    taken from the versions.

    \b
    Example:
      git clone https://github.com/OpenTermsArchive/demo-versions
      clausewatch import ota demo-versions
      clausewatch import ota demo-versions --snapshots demo-snapshots --only "*/privacy"
      clausewatch import ota demo-2026-03-02.zip

    Exit codes: 0 imported, or known already; 1 some documents could not be; 2 nothing was imported, and a sentence says why; 4 interrupted.
    """
    found = terms_archive.dataset(versions) if versions.is_file() else terms_archive.collection(versions, snapshots)
    pieces = [piece for piece in found if not only or matches(piece.document.name, only)]
    refuse_nothing(pieces, f"{versions} has no records" + (f" of {', '.join(only)}." if only else "."))
    tell_anew(context, pieces, hands, as_json=as_json)


@importing.command(name="warc")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(exists=True, path_type=Path))
@click.option("--document", metavar="VENDOR/KIND", help="The document at --url, where the registry has it not.")
@click.option("--url", help="The address that --document was captured at.")
@hands_options
@json_option
@pass_context
def warc_(
    context: Context, files: tuple[Path, ...], document: str | None, url: str | None, hands: Hands, as_json: bool
) -> None:
    """Import captures from WARC files.

    What web archives, crawlers and browsers' extensions write (.warc, .warc.gz, .warc.zst). Of each file, the captures of documents'
    addresses are taken, where redirects led too, and nothing else.

    \b
    Example:
      clausewatch import warc crawl-2024-*.warc.gz
      clausewatch import warc old.warc.gz --document acme/privacy --url https://acme.example/legal/privacy

    Exit codes: 0 imported, or known already; 1 some documents could not be; 2 nothing was imported, and a sentence says why; 4 interrupted.
    """
    if (document is None) != (url is None):
        raise click.UsageError(
            "--document and --url belong together: the page that was captured there is of that document."
        )
    one = _document(document, url, None)
    pieces = warc.captures(files, [one] if one else _known(context), _say)
    refuse_nothing(pieces, "There are no captures of a document's address in these files.")
    tell_anew(context, pieces, hands, as_json=as_json)


def _say(what: str) -> None:
    click.echo(visible(what), err=True)


def _known(context: Context) -> list[Document]:
    """The documents of the registry, and of the history those that have left it."""
    documents = {document.name: document for document in context.load().documents} if context.registry.exists() else {}
    with context.write() as history:
        for name in history.find(["*"], watched=False):
            documents.setdefault(name, history.defined(name))
    return list(documents.values())


@importing.command(name="declarations")
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--only", metavar="PATTERN", multiple=True, help='Only these documents: "acme", "acme/privacy", "*/terms".'
)
@click.option("--selectors", is_flag=True, help="Take the archive's selectors over too, where ours knows their kind.")
@json_option
@pass_context
def declarations_(context: Context, path: Path, only: tuple[str, ...], selectors: bool, as_json: bool) -> None:
    """Watch whom a collection of Open Terms Archive watches.

    PATH is a clone of its declarations. Each document comes into the registry, comments and order of which stay as they are; those that
    stand there already are passed over.

    \b
    Example:
      clausewatch import declarations demo-declarations
      clausewatch import declarations contrib-declarations --only "*/privacy"

    Exit codes: 0 added, or there already; 1 some could not be added, and it is said why; 2 nothing was added.
    """
    entries = declarations.declared(path, selectors=selectors)
    wanted = [entry for entry in entries if not only or matches(entry.identity, only)]
    added, problems = add_documents(context.registry, wanted)
    if as_json:
        print_json({"added": added, "problems": [{"document": each.key, "problem": each.text} for each in problems]})
    else:
        for problem in problems:
            click.echo(visible(f"{problem.key}: {problem.text}"), err=True)
        there = len(wanted) - len(added) - len({problem.key for problem in problems})
        click.echo(f"Added {len(added)} documents to {context.registry}; {there} stood there already.")
    if problems:
        raise SystemExit(1)
