"""How the watching goes, for machines that ask: figures in the format of Prometheus, and a health check for whoever restarts or alerts.

They are here, and not in the daemon, so that the process that meets the network listens on no port.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from datasette.utils.asgi import Response

from tracker.browsing.queries import Record, figures, histories
from tracker.history.connection import moment, stamp

SILENT = timedelta(minutes=1)
"""Without a heartbeat for this long, the daemon counts as gone."""
OVERDUE = timedelta(days=1)

_Samples = Iterable[tuple[Mapping[str, str], float]]


async def metrics(datasette: Any) -> Response:
    """Figures for Prometheus (text exposition format 0.0.4)."""
    now = datetime.now(UTC)
    seen = await figures.figures(histories(datasette)[0], now)
    documents = seen["documents"]
    lines = [
        *_metric("documents", "gauge", "Watched documents by how they stand.", _counted(documents, "standing")),
        *_metric("documents_due", "gauge", "Watched documents that are due.", _one(len(_due(documents, now)))),
        *_metric(
            "documents_overdue",
            "gauge",
            "Watched documents that have been due for a day.",
            _one(len(_due(documents, now - OVERDUE))),
        ),
        *_metric(
            "document_last_success_timestamp_seconds",
            "gauge",
            "When the text in force was last seen.",
            (({"document": row["document"]}, _seconds(row["last_seen"])) for row in documents if row["last_seen"]),
        ),
        *_metric("looks_total", "counter", "Looks recorded.", _one(seen["looks"])),
        *_metric("last_look_timestamp_seconds", "gauge", "When the last look was.", _maybe(seen["last_look"])),
        *_metric(
            "daemon_heartbeat_timestamp_seconds",
            "gauge",
            "When the daemon last said that it lives.",
            _maybe(seen["beat"]),
        ),
        *_metric(
            "deliveries", "gauge", "Deliveries by state.", (({"state": k}, n) for k, n in seen["deliveries"].items())
        ),
        *_metric("history_bytes", "gauge", "Size of the history's pages.", _one(seen["bytes"])),
    ]
    return Response("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


async def health(datasette: Any) -> Response:
    """200 while a daemon lives and nothing has been due for a day; else 503, with what is wrong."""
    now = datetime.now(UTC)
    seen = await figures.figures(histories(datasette)[0], now)
    late = [row["document"] for row in _due(seen["documents"], now - OVERDUE)]
    beat = moment(seen["beat"]) if seen["beat"] else None
    problems = [] if beat and abs(now - beat) < SILENT else ["no daemon lives"]
    problems += [f"{len(late)} documents have been due for a day: {', '.join(late[:5])}"] if late else []
    return Response.json({"ok": not problems, "problems": problems}, status=503 if problems else 200)


def _due(documents: list[Record], by: datetime) -> list[Record]:
    return [row for row in documents if row["next_due"] and row["next_due"] <= stamp(by)]


def _counted(rows: list[Record], column: str) -> _Samples:
    values = [row[column] for row in rows]
    return [({column: value}, values.count(value)) for value in sorted(set(values))]


def _one(value: float) -> _Samples:
    return [({}, value)]


def _maybe(at: str | None) -> _Samples:
    return _one(_seconds(at)) if at else []


def _seconds(at: str) -> float:
    return moment(at).timestamp()


def _metric(name: str, kind: str, explained: str, samples: _Samples) -> Iterable[str]:
    yield f"# HELP clausewatch_{name} {explained}"
    yield f"# TYPE clausewatch_{name} {kind}"
    for labels, value in samples:
        shown = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
        yield f"clausewatch_{name}{{{shown}}} {value:.15g}" if shown else f"clausewatch_{name} {value:.15g}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
