"""Bytes + Page → Policy. Pure: no clock, no file, no network; budgets count work, not seconds."""

from tracker.model import Page, Policy, State


def extract(body: bytes, page: Page) -> Policy:
    raise NotImplementedError


def doubt(policy: Policy, last: Policy | None) -> State | None:
    raise NotImplementedError


def fingerprint(body: bytes, page: Page) -> str:
    raise NotImplementedError
