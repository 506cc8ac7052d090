"""Makes a large history to measure on: 1,000 documents with 50 versions each, of 40 to 100 clauses that are mostly shared between versions.

    python -m bench.big_history FILE [--documents N] [--versions N]

A few made-up vendors' policies are looked at through `observe()`, from page to record, as everything is. Going on like that would take an
hour, so each of these documents is then copied under other vendors' names by SQL: with its own dates, and with its own clauses wherever the
name of the vendor or of its product stands in them, which is in most. Snapshots are shared by the copies. Chance plays no part.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html import escape
from pathlib import Path

from tracker import Document, History, Observation, State, observe
from tracker.history.chain import fill
from tracker.history.connection import connect

ORIGINALS = 20
NAME, PRODUCT = "Quillmere", "Quillmere Home"
EVERY = timedelta(days=28)
_LOOKS = 4
"""Looks at each version."""

SECTIONS = {
    "Who we are": [
        "{name} makes connected devices and runs the {product} app. This policy explains what {name} does with personal data.",
        "{name} is the controller of the data that {product} processes, except where a distributor says otherwise.",
        "This policy covers {product}, the website of {name} and the support that {name} gives by telephone and chat.",
    ],
    "Data that we collect": [
        "{name} collects {data} when you register for {product}.",
        "{product} sends {name} {telemetry} at regular intervals.",
        "When you write to the support of {name}, we keep your messages and the attachments that you send.",
        "{name} receives {data} from shops where you bought a device of ours.",
        "Cookies on the website of {name} remember your language and the contents of your basket.",
        "{name} does not collect data about the people who visit you.",
    ],
    "What we use it for": [
        "{name} uses your data to {purpose}.",
        "With your consent, {name} also uses {telemetry} to {purpose}.",
        "{name} may use messages to its support to {purpose}.",
        "{product} recommends settings that fit how you use your devices.",
        "{name} does not use your data for decisions that are made by machines alone.",
    ],
    "Sharing": [
        "{name} shares your data with {recipient}, who process it on behalf of {name}.",
        "{name} does not sell your personal data.",
        "Where the law requires it, {name} gives data to courts and authorities.",
        "Should {name} be sold, the buyer receives the data that {product} needs to go on.",
        "{name} tells {recipient} which devices you have connected to {product}.",
    ],
    "Transfers abroad": [
        "{name} stores data in {country}.",
        "Support staff of {name} in {country} may look at your data while they help you.",
        "{name} relies on standard contractual clauses where data leaves the European Union.",
    ],
    "How long we keep it": [
        "{name} keeps the data of your account for {months} months after you close it.",
        "{name} keeps {telemetry} for {days} days and deletes it then.",
        "Invoices of {name} are kept for as long as tax law requires.",
        "Backups of {product} are overwritten within {days} days.",
    ],
    "Your rights": [
        "You may ask {name} for access to your data, for its correction and for its deletion.",
        "You may object to how {name} uses your data to {purpose}.",
        "You may take your data with you from {product} as a file that machines can read.",
        "You may complain about {name} to the data protection authority where you live.",
        "{name} answers within {days} days.",
    ],
    "Children": [
        "{product} is not made for children under {age} years, and {name} does not knowingly collect their data.",
        "Parents who find that a child uses {product} can write to {name}.",
    ],
    "Security": [
        "{name} encrypts what {product} sends and has its systems tested every year.",
        "{name} tells you without delay where your data was lost or stolen.",
    ],
    "Changes of this policy": [
        "{name} tells you {days} days before a change of this policy takes effect.",
        "Earlier versions of this policy can be had from {name}.",
    ],
}
WORDS = {
    "data": [
        "your name and your e-mail address",
        "your name, your address and your telephone number",
        "your e-mail address and your precise location",
    ],
    "telemetry": [
        "firmware versions and error reports",
        "the times at which you switch your devices",
        "voice recordings and the names of your rooms",
    ],
    "purpose": [
        "run your account",
        "improve our products",
        "send you advertising",
        "train machine learning models",
        "prevent fraud",
    ],
    "recipient": [
        "hosting providers",
        "advertising partners",
        "analytics providers",
        "companies of our group",
        "delivery services",
    ],
    "country": ["the European Union", "the United States", "Singapore", "India", "the United Kingdom"],
    "months": ["6", "12", "24", "36", "60"],
    "days": ["7", "14", "30", "60", "90"],
    "age": ["13", "14", "16"],
}


# --- texts -----------------------------------------------------------------------------------------------------------------------


class Text:
    """A policy of its own length that is edited a little from version to version."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.name, self.product = f"{NAME}{seed}q", f"Lumitt{seed}q"
        self.clauses = [(section, sentence, self._words()) for section, sentence in self._sentences()]
        self.day = datetime(2022, 1, 3, tzinfo=UTC)

    def _sentences(self) -> Iterator[tuple[str, str]]:
        """40 to 100 clauses, headings too: a sentence stands with other words more than once, as in real policies."""
        times = self.chance.uniform(0.9, 2.4)
        for section, sentences in SECTIONS.items():
            for sentence in sentences:
                for _ in range(int(times) + (self.chance.random() < times % 1)):
                    yield section, sentence

    def _words(self) -> dict[str, str]:
        return {key: self.chance.choice(values) for key, values in WORDS.items()}

    def edit(self, at: datetime) -> None:
        """One to three clauses say something else, or one comes or goes; every other time the stated date follows."""
        for _ in range(self.chance.randint(1, 3)):
            place = self.chance.randrange(len(self.clauses))
            section, sentence, words = self.clauses[place]
            act = self.chance.random()
            if act < 0.1 and len(self.clauses) > 35:
                del self.clauses[place]
            elif act < 0.2:
                self.clauses.insert(place, (section, self.chance.choice(SECTIONS[section]), self._words()))
            elif act < 0.3:
                self.clauses[place] = (section, sentence.replace("{name} ", "We at {name} ", 1), words)
            else:
                self.clauses[place] = (section, sentence, self._words())
        if self.chance.random() < 0.5:
            self.day = at

    def page(self) -> bytes:
        parts, section = [], ""
        for heading, sentence, words in self.clauses:
            if heading != section:
                section = heading
                parts.append(f"<h2>{section}</h2>")
            parts.append(f"<p>{escape(sentence.format(name=self.name, product=self.product, **words))}</p>")
        return (
            f"<!doctype html><html lang='en'><head><title>Privacy Policy of {self.name}</title></head><body><main>"
            f"<h1>Privacy Policy of {self.name}</h1><p>Last updated: {self.day:%B} {self.day.day}, {self.day:%Y}</p>"
            f"{''.join(parts)}</main></body></html>"
        ).encode()


def original(history: History, seed: int, versions: int, end: datetime) -> None:
    """Look at one document until it has so many versions, the last of them some weeks before `end`."""
    text, at = Text(seed), end - EVERY * versions
    document = Document(
        vendor=text.name, kind="privacy", language="en", url=f"https://{text.name.lower()}.example/privacy"
    )
    kept: list[bytes] = []
    seen = 0
    while seen < versions:
        back = kept[-2] if len(kept) > 2 and text.chance.random() < 0.04 else None  # now and then an old text is back
        body = back or text.page()
        for look in range(_LOOKS):
            failed = look == 1 and text.chance.random() < 0.05
            observation = Observation(
                url=document.url or "",
                at=at + EVERY * look / _LOOKS,
                status=None if failed else 200,
                headers={"content-type": "text/html; charset=utf-8", "server": "made up"},
                body=None if failed else body,
                failure=State.TIMED_OUT if failed else None,
                source="crawl",
            )
            observe(history, document, observation)
        at += EVERY
        if back is None:
            kept.append(body)
        seen = history.documents([document.name])[0].versions
        text.edit(at)


# --- copies ----------------------------------------------------------------------------------------------------------------------

_SHIFTED = {"at", "first_seen", "last_seen", "before", "after", "added", "failing_since", "next_due"}
_NUMBERED = {
    "documents": {"id": "documents", "version": "versions", "told": "versions", "observation": "observations"},
    "observations": {"id": "observations", "document": "documents", "version": "versions"},
    "versions": {"id": "versions", "document": "documents", "superseded": "versions"},
    "facts": {"version": "versions"},
    "changes": {"id": "changes", "document": "documents", "old": "versions", "new": "versions"},
    "clause_changes": {"change": "changes"},
    "reigns": {"id": "reigns", "document": "documents", "version": "versions", "change": "changes"},
    "events": {"document": "documents", "observation": "observations", "change": "changes"},
}
"""The columns that hold an id, and of what: a copy's ids follow those before it."""
_KEPT = {
    "text_hash",
    "wording_hash",
    "fingerprint",
    "kind",
    "level",
    "op",
    "extractor",
    "ruleset",
    "headers",
    "outcome",
    "state",
}


def copy(conn: sqlite3.Connection, nth: int, sizes: dict[str, int]) -> None:
    """All originals once more, under other names and at other times."""
    hours = -(nth * 37) % (27 * 24)
    conn.create_function("renamed", 1, lambda text: text and _renamed(text, nth), deterministic=True)
    conn.create_function("rehashed", 3, _hash, deterministic=True)
    conn.execute("CREATE TEMP TABLE twins (clause INTEGER PRIMARY KEY, twin INTEGER)")
    conn.execute(
        """INSERT OR IGNORE INTO clauses (hash, kind, label, text)
           SELECT rehashed(kind, label, renamed(text)), kind, label, renamed(text) FROM clauses WHERE id <= ?""",
        [sizes["clauses"]],
    )
    conn.execute(
        """INSERT INTO twins SELECT c.id, t.id FROM clauses c JOIN clauses t ON t.hash = rehashed(c.kind, c.label, renamed(c.text))
           WHERE c.id <= ?""",
        [sizes["clauses"]],
    )
    for table, numbered in _NUMBERED.items():
        columns = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
        values = [_value(table, column, numbered, nth, sizes, hours) for column in columns]
        first = "document" if table == "events" else next(iter(numbered))
        conn.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} WHERE {first} <= ?",
            [sizes[numbered[first]]],
        )
    conn.execute(
        f"""INSERT INTO version_clauses (version, position, clause, depth, trail, links)
            SELECT v.version + {nth * sizes["versions"]}, v.position, t.twin, v.depth, renamed(v.trail), v.links
            FROM version_clauses v JOIN twins t ON t.clause = v.clause WHERE v.version <= ?""",
        [sizes["versions"]],
    )
    conn.execute("DROP TABLE twins")


def _value(table: str, column: str, numbered: dict[str, str], nth: int, sizes: dict[str, int], hours: int) -> str:
    if column in numbered:
        return f"{column} + {nth * sizes[numbered[column]]}"
    if column in _SHIFTED:
        return f"strftime('%Y-%m-%dT%H:%M:%SZ', {column}, '{hours} hours')"
    if (table, column) == ("events", "id"):
        return f"substr(id, 1, 24) || printf('%08d', {nth})"
    if (table, column) == ("changes", "digest"):
        return f"substr(digest, 1, 24) || printf('%08d', {nth})"
    return (
        column
        if column in _KEPT or (table, column) == ("observations", "chain")
        else f"CASE typeof({column}) WHEN 'text' THEN renamed({column}) ELSE {column} END"
    )


def _renamed(text: str, nth: int) -> str:
    for marker in ("Quillmere", "quillmere", "Lumitt"):
        if marker in text:
            text = text.replace(marker, f"{marker}{nth}x")
    return text


def _hash(kind: str, label: str | None, text: str) -> str:
    return sha256("\x1f".join((kind, label or "", text)).encode()).hexdigest()


# --- the whole ---------------------------------------------------------------------------------------------------------------------


def make(path: Path, documents: int, versions: int, now: datetime) -> None:
    """A history of so many documents at `path`, which must not be there yet."""
    originals = min(ORIGINALS, documents)
    with History(path) as history:
        for seed in range(originals):
            original(history, seed, versions, now)
    db = connect(path, read_only=False)
    conn = db.conn
    sizes = {
        table: conn.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0]
        for table in ("documents", "observations", "versions", "changes", "reigns", "clauses")
    }
    conn.execute("PRAGMA synchronous = OFF")
    conn.execute("PRAGMA foreign_keys = OFF")
    for nth in range(1, -(-documents // originals)):
        conn.execute("BEGIN IMMEDIATE")
        copy(conn, nth, sizes)
        conn.execute("COMMIT")
    conn.execute("BEGIN IMMEDIATE")
    fill(db)
    conn.execute("COMMIT")
    conn.execute("ANALYZE")
    problems = conn.execute("PRAGMA foreign_key_check").fetchall()
    assert problems == [], problems[:5]
    db.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--versions", type=int, default=50)
    options = parser.parse_args()
    if options.file.exists():
        print(f"{options.file} is there already.", file=sys.stderr)
        return 2
    begun = time.perf_counter()
    make(options.file, options.documents, options.versions, datetime.now(UTC))
    print(f"{options.file}: {options.file.stat().st_size / 1e6:.0f} MB, in {time.perf_counter() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
