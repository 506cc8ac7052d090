"""What the page of a look asks."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from tracker.browsing.queries import Record, records
from tracker.history.packing import hops_from
from tracker.model import LIVE


async def observation(db: Any, identity: int) -> Record | None:
    """A look with all that is stored of it; None where there is none of that number."""
    rows = await records(
        db,
        """SELECT o.id AS observation, d.name AS document, d.vendor, o.at, o.outcome, o.state, o.why, o.evidence, v.number,
                  o.url, o.redirects, o.final_url, o.status, o.headers, o.content_type, o.seconds, o.address, o.source,
                  s.sha256, s.bytes, o.fingerprint, o.text_hash
           FROM observations o JOIN documents d ON d.id = o.document
           LEFT JOIN versions v ON v.id = o.version LEFT JOIN snapshots s ON s.id = o.snapshot
           WHERE o.id = :id""",
        id=identity,
    )
    if not rows:
        return None
    row = rows[0]
    hops = [asdict(hop) for hop in hops_from(row["redirects"])]
    parsed = {"evidence": json.loads(row["evidence"] or "[]"), "headers": json.loads(row["headers"] or "{}")}
    return {**row, **parsed, "redirects": hops}


async def around(db: Any, identity: int) -> Record:
    """The looks at the same document before and after a look, the change that it found, and, where a server answered that nothing had
    changed, the look that had received the body."""
    [row] = await records(
        db,
        """SELECT (SELECT x.id FROM observations x WHERE x.document = o.document AND (x.at, x.id) < (o.at, o.id)
                   ORDER BY x.at DESC, x.id DESC LIMIT 1) AS earlier,
                  (SELECT x.id FROM observations x WHERE x.document = o.document AND (x.at, x.id) > (o.at, o.id)
                   ORDER BY x.at, x.id LIMIT 1) AS later,
                  (SELECT r.change FROM reigns r WHERE r.document = o.document AND r.first_seen = o.at) AS change,
                  (SELECT x.id FROM observations x
                   WHERE o.status = 304 AND x.document = o.document AND x.snapshot = o.snapshot AND x.status <> 304 AND x.at <= o.at
                   ORDER BY x.at DESC LIMIT 1) AS received
           FROM observations o WHERE o.id = :id""",
        id=identity,
    )
    return row


async def events(db: Any, identity: int) -> list[Record]:
    """What subscribers were told of a look."""
    return await records(
        db,
        """SELECT e.id AS event, e.type, e.level, e.summary, e.change
           FROM observations o JOIN events e ON e.document = o.document AND e.observation = o.id
           WHERE o.id = :id ORDER BY e.rowid""",
        id=identity,
    )


async def root(db: Any, identity: int) -> Record | None:
    """The root of the chain at whose end of day a look stands: the first one after it. None where that day is not over."""
    rows = await records(
        db,
        """SELECT substr(r.at, 1, 10) AS day, r.id AS observation, r.chain AS hash
           FROM observations o JOIN observations r ON r.id = (
               SELECT max(x.id) FROM observations x
               WHERE x.at >= substr(o.at, 1, 10) AND x.at < date(o.at, '+1 day') AND x.source IN (SELECT value FROM json_each(:live)))
           WHERE o.id = :id AND o.source IN (SELECT value FROM json_each(:live)) AND date(o.at) < date('now')""",
        id=identity,
        live=json.dumps(LIVE),
    )
    return rows[0] if rows else None
