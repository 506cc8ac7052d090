"""Which link of a page leads to its site's own policy."""

import importlib.util
from pathlib import Path

import pytest

from crawler.discovery import KINDS, candidates, drawn_candidates, hubs, usual_paths

_spec = importlib.util.spec_from_file_location("discovery_pages", Path(__file__).with_name("discovery_pages.py"))
pages = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(pages)
HOME, footer, written = pages.HOME, pages.footer, pages.written


def urls(page, address=HOME, kind="privacy"):
    return [candidate.url for candidate in candidates(as_bytes(page), address, kind)]


def as_bytes(page):
    return page if isinstance(page, bytes) else page.encode()


@pytest.mark.parametrize(
    ("address", "page", "policy"), [row[1:] for row in pages.FOUND], ids=[row[0] for row in pages.FOUND]
)
def test_the_policy_comes_first(address, page, policy):
    assert urls(page, address)[:1] == [policy]


@pytest.mark.parametrize(("address", "page"), [row[1:] for row in pages.NOTHING], ids=[row[0] for row in pages.NOTHING])
def test_nothing_is_found_where_nothing_is_linked(address, page):
    assert urls(page, address) == []
