"""Who may write: whoever is signed in, or sits at this machine; Datasette's permissions may say otherwise.

The action is `clausewatch-triage` on the database. Datasette 0.65 asks its plugins (permission_allowed), 1.0 its configuration and rules
too; ours is the default that all of them can overrule.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from tracker.history.triage import local_user

ACTION = "clausewatch-triage"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_FORWARDING = {"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip"}
"""Headers of a proxy: who comes through one only seems to be at this machine."""


async def writer(datasette: Any, request: Any, database: str) -> str | None:
    """Under which name a request may write; None where it may not."""
    actor = request.actor or ({"id": local_user()} if _at_this_machine(request) else None)
    if actor is None or not await _allowed(datasette, actor, database):
        return None
    return str(actor.get("id") or actor.get("name") or "somebody")


async def _allowed(datasette: Any, actor: dict[str, Any], database: str) -> bool:
    if hasattr(datasette, "permission_allowed"):
        return bool(await datasette.permission_allowed(actor, ACTION, database, default=True))
    from datasette.resources import DatabaseResource  # of 1.0

    return bool(await datasette.allowed(action=ACTION, resource=DatabaseResource(database), actor=actor))


def _at_this_machine(request: Any) -> bool:
    """The connection comes from here, asks for a name of here, and no proxy stands between."""
    address = (request.scope.get("client") or ("",))[0]
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname
    return address in _LOOPBACK and host in _LOOPBACK and not _FORWARDING & request.headers.keys()


def from_elsewhere(request: Any) -> bool:
    """Whether a page of another site sent a request, in the words of the browser that carries it; other programs say nothing.

    Datasette asks for its token only where there are cookies, and who sits at the machine needs none.
    """
    site, origin = (request.headers.get(name) for name in ("sec-fetch-site", "origin"))
    if site is not None:
        return site not in ("same-origin", "none")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


def token(request: Any) -> str:
    """What Datasette 0.65 wants to find in a form that is sent to it."""
    return str(request.scope["csrftoken"]()) if "csrftoken" in request.scope else ""


def actions() -> list[Any]:
    """The action, for Datasette 1.0."""
    from datasette.permissions import Action
    from datasette.resources import DatabaseResource

    described = "Mark changes, and mute documents and rules"
    return [Action(name=ACTION, description=described, resource_class=DatabaseResource)]


def allowing(actor: dict[str, Any] | None, action: str) -> Any:
    """Our default, for Datasette 1.0."""
    from datasette.permissions import PermissionSQL

    return PermissionSQL.allow(reason="signed in, or at this machine") if actor and action == ACTION else None
