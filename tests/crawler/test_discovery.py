"""Which link of a page leads to its site's own policy."""

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery import KINDS, candidates, drawn_candidates, from_addresses, hubs, names, usual_paths

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


# --- what a candidate says ---------------------------------------------------------------------------------------------------------


def test_a_candidate_says_why():
    [candidate] = candidates(as_bytes(footer(("Our Privacy Policy", "/legal/privacy"))), HOME)
    assert (candidate.url, candidate.kind) == (f"{HOME}legal/privacy", "privacy")
    assert 0.9 < candidate.score <= 1
    assert [(reason.cue, reason.words) for reason in candidate.reasons] == [
        ("text name", "privacy policy"), ("address topic", "privacy"), ("footer", ""),
    ]  # fmt: skip


def test_an_address_that_is_linked_twice_is_one_candidate_and_a_little_more_likely():
    once, twice = (footer(*[("Privacy Policy", "/p")] * count) for count in (1, 2))
    assert urls(twice) == urls(once)
    assert candidates(as_bytes(twice), HOME)[0].score > candidates(as_bytes(once), HOME)[0].score


def test_the_same_page_gives_the_same_candidates():
    page = as_bytes(pages.LANGUAGES[0][1])
    assert candidates(page, HOME) == candidates(page, HOME)


NEIGHBOURS = footer(
    ("Privacy Policy", "/a"),
    ("Cookie Policy", "/b"),
    ("Terms of Service", "/c"),
    ("Impressum", "/d"),
    ("Cookie settings", "/e"),
)


@pytest.mark.parametrize(("kind", "path"), [("privacy", "a"), ("cookies", "b"), ("terms", "c"), ("imprint", "d")])
def test_each_kind_of_document_is_told_from_its_neighbours(kind, path):
    assert urls(NEIGHBOURS, kind=kind) == [HOME + path]


def test_every_kind_is_offered():
    assert set(KINDS) == {"privacy", "cookies", "terms", "imprint"}


@pytest.mark.parametrize(("kind", "page", "path"), [
    ("terms", footer(("AGB", "/x"), ("Datenschutz", "/y")), "x"),
    ("terms", footer(("Conditions générales d'utilisation", "/x"), ("Confidentialité", "/y")), "x"),
    ("terms", footer(("利用規約", "/x"), ("プライバシー", "/y")), "x"),
    ("terms", '<html><head><link rel="terms-of-service" href="/x"></head><body></body></html>', "x"),
    ("cookies", footer(("Política de cookies", "/x"), ("Configuración de cookies", "/y")), "x"),
    ("cookies", footer(("Cookieverklaring", "/x"), ("Cookie-instellingen", "/y")), "x"),
    ("imprint", footer(("Mentions légales", "/x"), ("Confidentialité", "/y")), "x"),
])  # fmt: skip
def test_other_kinds_are_found_in_other_languages(kind, page, path):
    assert urls(page, kind=kind)[:1] == [HOME + path]


def test_a_language_that_is_asked_for_comes_first():
    page = footer(("Privacy Policy", "/en/privacy"), ("Datenschutzerklärung", "/de/privacy"))
    for language in ("en", "de"):
        [first, _] = candidates(as_bytes(page), HOME, language=language)
        assert first.url == f"{HOME}{language}/privacy"


# --- where to look besides ---------------------------------------------------------------------------------------------------------


def test_the_data_of_scripts_is_asked_apart():
    data = r'{"props":{"footer":[{"label":"Privacy Policy","href":"\/legal\/p"},{"label":"Jobs","href":"\/jobs"}]}}'
    page = f'<body><div id="app"></div><script type="application/json">{data}</script></body>'.encode()
    assert candidates(page, HOME) == []
    assert [candidate.url for candidate in drawn_candidates(page, HOME)] == [HOME + "legal/p"]


def test_data_within_data_is_read_too():
    page = rb'<script>push("[{\"title\":\"Datenschutz\",\"url\":\"/de/datenschutz\"}]")</script>'
    assert [candidate.url for candidate in drawn_candidates(page, HOME)] == [HOME + "de/datenschutz"]


def test_hubs_are_pages_of_the_same_site_that_collect_legal_texts():
    page = footer(
        ("Legal", "/legal"),
        ("Terms of Service", "/terms"),
        ("Jobs", "/jobs"),
        ("Legal", "https://other.example/legal"),
        ("Home", "/"),
    )
    assert hubs(as_bytes(page), HOME) == [f"{HOME}legal", f"{HOME}terms"]


def test_a_sitemap_is_searched_by_its_addresses():
    paths = (
        "/",
        "/blog/privacy-tips",
        "/products/privacy-screen",
        "/de/datenschutz",
        "/legal/privacy-policy",
        "/terms",
    )
    sitemap = "".join(f"<url><loc>{HOME.rstrip('/')}{path}</loc></url>" for path in paths).encode()
    assert [candidate.url for candidate in from_addresses(sitemap, HOME)] == [
        f"{HOME}legal/privacy-policy",
        f"{HOME}de/datenschutz",
    ]


def test_usual_addresses_begin_with_the_standard_one_and_those_of_the_language():
    paths = usual_paths("privacy", "de")
    assert paths[:2] == ("/.well-known/privacy-policy", "/datenschutz")
    assert "/privacy-policy" in paths
    assert len(set(paths)) == len(paths)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_usual_addresses(kind):
    assert usual_paths(kind, None)


@pytest.mark.parametrize(("text", "kind"), [
    ("Privacy Policy of Acme", "privacy"), ("Allgemeine Geschäftsbedingungen", "terms"), ("개인정보 처리방침", "privacy"),
])  # fmt: skip
def test_titles_name_their_document(text, kind):
    assert names(text, kind)
    assert not names("Welcome to our shop", kind)


# --- bad pages ---------------------------------------------------------------------------------------------------------------------

SHARDS = [
    "<a href='", "<a href=//[", "http://[::1", "'>", "</a>", "<base href='", "<", ">", "\x00", "\\u00zz", '{"href":"/privacy",', '"a":"\\',
    "Privacy Policy", "/privacy", "#", "<footer>", "<template>", "<script>", "</script>", "<li>", "id=privacy ",
    "&#xd800;", "\ud7ff", "%ff%",
    "<svg><title>", "©", "<loc>", "mailto:", "javascript:",
    "?a=b&utm_x", "www.", "é", "隐私", "</html>",
]  # fmt: skip


@given(
    st.lists(st.sampled_from(SHARDS), max_size=30), st.sampled_from([HOME, "https://a.b/c#d", "http://127.0.0.1:80/"])
)
@settings(max_examples=200, deadline=None)
def test_no_page_trips_it(shards, address):
    page = "".join(shards).encode("utf-8", "surrogatepass")
    for found in (*candidates(page, address), *drawn_candidates(page, address), *from_addresses(page, address)):
        assert found.url.startswith(("http://", "https://"))
    hubs(page, address)


def test_a_page_of_nothing_but_links_is_read_in_time():
    words = " ".join(["privacy policy of the terms de la"] * 10)
    page = "".join(f"<a href='/privacy{i}'>{words}</a>" for i in range(20_000))
    assert candidates(page.encode(), HOME)


@pytest.mark.parametrize(
    "page", ["<a href='/{}/privacy'>Privacy</a>", "<base href='/{}/'><a href='privacy'>Privacy</a>"]
)
def test_an_address_without_end_is_none(page):
    long, short = (page.format("x" * count).encode() for count in (5000, 500))
    assert candidates(long, "https://acme.example/") == []
    assert len(candidates(short, "https://acme.example/")) == 1
