"""How the tests ask for pages."""

from __future__ import annotations

from pathlib import Path

from datasette.app import Datasette
from lumora import DOCUMENT

from tracker import History

POLICY = f"/policy/{DOCUMENT.name}"
EVERY_PAGE = [
    "/",
    "/-/home",
    POLICY,
    "/policy/nightjar/privacy",
    "/change/1",
    "/change/2",
    "/clauses?q=nobody+else",
    "/clauses?q=sell&standing=withdrawn&topic=Other",
    "/facts",
    "/facts?kind=retention",
    f"/facts?document={DOCUMENT.name}&document=nightjar/privacy",
    "/feeds",
    *(f"/change/2?view={view}&formatting=shown" for view in ("in-place", "side-by-side", "topics")),
    "/changes?silent=1",
    "/vendors?q=l&order=change",
    f"/vendor/{DOCUMENT.vendor}",
    f"{POLICY}/versions/2",
    f"{POLICY}/looks?outcome=changed",
    "/policy/nightjar/privacy/looks",
    "/observation/1",
    "/observation/6",
    "/compare",
    f"/compare?document={DOCUMENT.name}",
    "/compare?old=nightjar/privacy&new=lumora/privacy-en&view=topics",
    "/as-of",
    "/as-of?by=stated",
    "/as-of?document=nightjar/privacy",
]


async def text_of(datasette: Datasette, path: str, status: int = 200) -> str:
    response = await datasette.client.get(path)
    assert response.status_code == status, path
    return str(response.text)


async def data_of(datasette: Datasette, path: str) -> dict[str, object]:
    response = await datasette.client.get(path)
    assert response.status_code == 200, path
    return dict(response.json())


def changes_of(served: Path, name: str) -> list[int]:
    with History(served, read_only=True) as history:
        return [row.id for row in history.changes([name])]
