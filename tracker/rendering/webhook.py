"""An event as the body of a webhook (Standard Webhooks 1.0): its type, its moment, and the payload that every channel has."""

from __future__ import annotations

import json

from tracker.rendering.digest import Payload

LONGEST = 20_000
"""Bytes that receivers are asked to take at most."""


def event_type(payload: Payload) -> str:
    """A test is none of the things that receivers act upon."""
    return "policy.test" if payload.get("test") else f"policy.{payload['type']}"


def webhook_body(payload: Payload) -> bytes:
    """The body in UTF-8. Where it would be too long, the least material clauses are left out and counted, then the last reasons."""
    body = _written(payload)
    while len(body) > LONGEST and (smaller := _smaller(payload)) is not None:
        payload = smaller
        body = _written(payload)
    return body


def _written(payload: Payload) -> bytes:
    whole = {"type": event_type(payload), "timestamp": payload["at"], "data": payload}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _smaller(payload: Payload) -> Payload | None:
    if payload["clauses"]:
        return {**payload, "clauses": payload["clauses"][:-1], "not_shown": payload["not_shown"] + 1}
    change = payload["change"]
    if change and change["reasons"]:
        fewer = {"reasons": change["reasons"][:-1], "reasons_not_shown": change["reasons_not_shown"] + 1}
        return {**payload, "change": {**change, **fewer}}
    return None
