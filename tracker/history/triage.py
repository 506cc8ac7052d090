"""What people say of changes, documents and rules: a change is reviewed, a wrong alert or noted upon; a document or a rule is muted.

Marks are part of the record: none is altered or taken back, another one follows it, and the last one counts. A mark of a change keeps
what was judged, so that it can be read, and tried on better rules, when the change has long been derived anew.
"""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, get_args

from tracker.comparison.rules import rules
from tracker.history.connection import moment, stamp, writing
from tracker.history.packing import document_from, dumps
from tracker.history.reading import Unknown
from tracker.history.rows import ChangeRow
from tracker.model import Clause, ClauseChange
from tracker.registry import did_you_mean

if TYPE_CHECKING:
    from tracker.history import History

ChangeMark = Literal["reviewed", "wrong", "open", "note"]
"""Of a change: it was looked at; it is a wrong alert; it is open again; or nothing but a note."""
Mute = Literal["muted", "unmuted"]
"""Of a document or a rule."""
Verdict = Literal["reviewed", "wrong"]

LONGEST_NOTE = 10_000
"""Characters."""


class BadMark(ValueError):
    """A mark that cannot be made; the message is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A mark: of a change (`change` is its number today, None where it was derived anew otherwise), of a document, or of a rule."""

    id: int
    at: datetime
    who: str
    mark: ChangeMark | Mute
    note: str
    document: str | None
    change: int | None
    rule: str | None
    judged: dict[str, Any] | None
    """The change as it was when it was marked."""


def local_user() -> str:
    """Who is at this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a process without a name, as in containers
        return "local"


def mark_change(history: History, change: int, mark: ChangeMark, *, who: str, at: datetime, note: str = "") -> MarkRow:
    """Say something of a change. Raises Unknown where there is none, BadMark."""
    if mark not in get_args(ChangeMark):
        raise BadMark(f"A change is marked {', '.join(get_args(ChangeMark))}.")
    if mark == "note" and not note.strip():
        raise BadMark("A note needs words.")
    row = history.change(change)
    language = history.policy(row.new).language
    target = {"document": row.document, "digest": row.change.id, "judged": dumps(_judged(row, language))}
    return _insert(history, mark, who, at, note, target)


def mute(history: History, document: str, mark: Mute, *, who: str, at: datetime, note: str = "") -> MarkRow:
    """Tell nobody of a document from now on; or tell of it again, what was not told meanwhile too. Raises Unknown, BadMark."""
    if not history.documents([document]):
        raise Unknown(f"There is no document {document}.")
    return _insert(history, _mute(mark), who, at, note, {"document": document})


def mute_rule(history: History, rule: str, mark: Mute, *, who: str, at: datetime, note: str = "") -> MarkRow:
    """Let a rule's reasons raise no level in what is told from now on; or raise it again. Raises Unknown, BadMark."""
    known = _rules(history)
    if rule not in known:
        question = did_you_mean(rule, sorted(known))
        raise Unknown(f'There is no rule "{rule}"; {question or "docs/rules.md lists them."}')
    return _insert(history, _mute(mark), who, at, note, {"rule": rule})


def _mute(mark: Mute) -> Mute:
    if mark not in get_args(Mute):
        raise BadMark(f"A document or a rule is {' or '.join(get_args(Mute))}.")
    return mark


def _rules(history: History) -> set[str]:
    """The rules that can give a change its level: the built-in ones, those of the registry, and those of its past."""
    definitions = history.db.execute("SELECT definition FROM documents WHERE json_array_length(definition, '$.rules')")
    own = (rule.id for (text,) in definitions for rule in document_from(text).rules)
    return {*own, *(rule.id for rule in rules()), *muted_rules(history)}


def _insert(
    history: History, mark: ChangeMark | Mute, who: str, at: datetime, note: str, target: dict[str, str]
) -> MarkRow:
    words = note.replace("\r\n", "\n").strip().encode("utf-8", "replace").decode()
    if len(words) > LONGEST_NOTE:
        raise BadMark(f"A note has at most {LONGEST_NOTE:,} characters.")
    with writing(history.db):
        cursor = history.db.execute(
            """INSERT INTO marks (at, who, mark, note, document, digest, rule, judged)
               VALUES (:at, :who, :mark, :note, (SELECT id FROM documents WHERE name = :document), :digest, :rule, :judged)""",
            {
                "at": stamp(at),
                "who": who,
                "mark": mark,
                "note": words,
                "document": target.get("document"),
                "digest": target.get("digest"),
                "rule": target.get("rule"),
                "judged": target.get("judged"),
            },
        )
        if mark in get_args(Mute) and "document" in target:
            # a look that is being decided at this moment is decided again
            history.db.execute("UPDATE documents SET revision = revision + 1 WHERE name = ?", [target["document"]])
    return next(_marks(history, "m.id = ?", [cursor.lastrowid]))


def _judged(row: ChangeRow, language: str | None) -> dict[str, Any]:
    """What is judged, with all that it takes to judge it by other rules."""
    change = row.change
    return {
        "kind": change.kind,
        "level": change.level,
        "summary": change.summary,
        "silent": change.silent,
        "language": language,
        "ruleset": row.ruleset,
        "rules": sorted({reason.rule for reason in change.reasons}),
        "clauses": [_judged_clause(each) for each in change.clauses if each.kind in ("editorial", "substantive")],
    }


def _judged_clause(change: ClauseChange) -> dict[str, Any]:
    return {
        "op": change.op,
        "level": change.level,
        "rules": sorted({reason.rule for reason in change.reasons}),
        "old": [_plain(clause) for clause in change.old],
        "new": [_plain(clause) for clause in change.new],
    }


def _plain(clause: Clause) -> dict[str, Any]:
    return {"kind": clause.kind, "trail": clause.trail, "text": clause.text}


# --- questions ----------------------------------------------------------------------------------------------------------------

_MARKS = """
    SELECT m.id, m.at, m.who, m.mark, m.note, d.name,
           (SELECT max(c.id) FROM changes c WHERE c.document = m.document AND c.digest = m.digest), m.rule, m.judged
    FROM marks m LEFT JOIN documents d ON d.id = m.document"""


def _marks(history: History, where: str, values: Sequence[object], order: str = "m.id DESC") -> Iterator[MarkRow]:
    for row in history.db.execute(f"{_MARKS} WHERE {where} ORDER BY {order}", values):
        yield MarkRow(*(row[0], moment(row[1]), *row[2:8], json.loads(row[8]) if row[8] else None))


def marks(
    history: History, *, change: int | None = None, document: str | None = None, rule: str | None = None
) -> list[MarkRow]:
    """What was said of a change, of a document by itself, or of a rule; of all without any. Newest first."""
    if change is not None:
        where = "(m.document, m.digest) = (SELECT c.document, c.digest FROM changes c WHERE c.id = ?)"
        return list(_marks(history, where, [change]))
    if document is not None:
        return list(_marks(history, "m.digest IS NULL AND d.name = ?", [document]))
    return list(_marks(history, "m.rule = ?", [rule]) if rule is not None else _marks(history, "1", []))


def judged(history: History, verdict: Verdict) -> list[MarkRow]:
    """The changes of which the last word is `verdict`, as they were when it was said, in order of time."""
    where = """m.mark = ? AND m.id = (SELECT max(x.id) FROM marks x
               WHERE x.document = m.document AND x.digest = m.digest AND x.mark <> 'note')"""
    return list(_marks(history, where, [verdict], "m.id"))


def muted(history: History) -> list[MarkRow]:
    """The documents and rules that are muted now, the last one first."""
    return list(_marks(history, "m.id IN (SELECT id FROM muted)", []))


def muted_rules(history: History) -> frozenset[str]:
    """The rules that are muted now."""
    return frozenset(rule for (rule,) in history.db.execute("SELECT rule FROM muted WHERE rule IS NOT NULL"))
