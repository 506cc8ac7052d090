"""The pages, one module for each group: each asks the history and answers with a page for people, or with the same as JSON."""

from __future__ import annotations

from typing import Any

from tracker.browsing import monitoring
from tracker.browsing.answering import View, asset
from tracker.browsing.pages import (
    changes,
    comparing,
    days,
    documents,
    facts,
    feeds,
    home,
    log,
    observations,
    search,
    triage,
    vendors,
)

_GROUPS = (home, log, vendors, documents, observations, changes, comparing, days, search, facts, feeds, triage)


def routes(datasette: Any) -> list[tuple[str, View]]:
    """The pages' addresses. Home takes Datasette's own only where the history is the one thing that is served."""
    served = [name for name in datasette.databases if not name.startswith("_")]
    pages = [
        *(route for group in _GROUPS for route in group.ROUTES),
        (r"/-/clausewatch/(?P<name>[a-z]+\.(?:css|js))$", _asset),
        (r"/-/metrics$", monitoring.metrics),
        (r"/-/health$", monitoring.health),
    ]
    return [(r"/$", home.home), *pages] if len(served) == 1 else pages


async def _asset(datasette: Any, request: Any) -> Any:
    return asset(datasette, request, request.url_vars["name"])
