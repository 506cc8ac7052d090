"""The values of the model as records: plain dictionaries, lists, texts and numbers, ready for JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

from tracker.model import Change, Clause, ClauseChange, Event, Outcome, Policy
from tracker.rendering.picking import counts, most_material_first, trail

Record = dict[str, Any]


def clause_to_dict(clause: Clause) -> Record:
    record = plain(clause)
    return {**record, "trail": list(clause.trail)}


def policy_to_dict(policy: Policy) -> Record:
    """All that extraction understood of a page."""
    return {
        "state": policy.state.value,
        "evidence": plain(policy.evidence),
        "title": policy.title,
        "language": policy.language,
        "effective": policy.effective_date,
        "updated": policy.updated_date,
        "dates": plain(policy.dates),
        "hints": dict(policy.hints),
        "clauses": [clause_to_dict(clause) for clause in policy.clauses],
    }


def clause_change_to_dict(change: ClauseChange, number: int) -> Record:
    """A clause change; `number` is its place in the order of materiality, from 1."""
    return {
        "number": number,
        "op": change.op,
        "moved": change.moved,
        "kind": change.kind,
        "level": change.level,
        "trail": list(trail(change)),
        "topics": list(change.topics),
        "reasons": plain(change.reasons),
        "facts": plain(change.facts),
        "old": [clause_to_dict(clause) for clause in change.old],
        "new": [clause_to_dict(clause) for clause in change.new],
        "old_at": list(change.old_at),
        "new_at": list(change.new_at),
        "words": [list(edit) for edit in change.words],
        "similarity": round(change.similarity, 4),
    }


def change_to_dict(change: Change) -> Record:
    """A change with its clause changes, most material first, and the positions of the clauses that stand unchanged."""
    return {
        "id": change.id,
        "kind": change.kind,
        "level": change.level,
        "summary": change.summary,
        "silent": change.silent,
        "date_only": change.date_only,
        "dates": plain(change.dates),
        "reasons": plain(change.reasons),
        "counts": counts(change),
        "complete": change.complete,
        "clauses": [
            clause_change_to_dict(c, number) for number, c in enumerate(most_material_first(change.clauses), 1)
        ],
        "kept": [list(pair) for pair in change.kept],
    }


def event_to_dict(event: Event) -> Record:
    """An event: its payload, with the id that names it in every channel."""
    return {**event.payload, "id": event.id}


def outcome_to_dict(outcome: Outcome) -> Record:
    """What a look came to."""
    return {
        "outcome": outcome.kind,
        "state": outcome.state.value,
        "why": outcome.why,
        "observation": outcome.observation,
        "version": outcome.version,
        "change": change_to_dict(outcome.change) if outcome.change else None,
        "events": [event_to_dict(event) for event in outcome.events],
    }


def plain(value: Any) -> Any:
    """Dataclasses as dictionaries, tuples as lists, times as ISO 8601; all the way down."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
