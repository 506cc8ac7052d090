"""The demo's sites: what they serve, and what their editions promise."""

import http.client
import random
import re
from html import unescape

import lxml.html
import pytest

from demo import markup, pages, pdf
from demo.editions import EDITIONS, VENDORS, Page, Vendor, served
from demo.server import ADDRESS, Web, opened, running
from tracker.wording import fold, words

EVERY_LOOK = [(vendor, n) for vendor in VENDORS for n in range(1, len(EDITIONS) + 1)]
BY_KEY = {vendor.key: vendor for vendor in VENDORS}


@pytest.fixture(scope="module")
def web():
    with running() as web:
        yield web


def get(web: Web, host: str, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(ADDRESS, web.port, timeout=5)
    connection.request(method, path, headers={"Host": f"{host}:{web.port}", **headers})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def wording(html: str) -> str:
    return fold(unescape(re.sub(r"<[^>]+>", " ", html)))


def policy_words(key: str, edition: int) -> str:
    return wording(pages.policy_html(key, served(key, edition)[0]))


@pytest.mark.parametrize(
    ("vendor", "edition"), EVERY_LOOK, ids=lambda value: value.key if isinstance(value, Vendor) else str(value)
)
def test_every_page_of_every_edition_is_served(web, vendor, edition):
    web.edition = edition
    page, _ = served(vendor.key, edition)
    response, body = get(web, vendor.host, vendor.path)
    assert response.status == page.status
    if page.layout == "pdf":
        assert body.startswith(b"%PDF-1.4")
        assert body.endswith(b"%%EOF\n")
    else:
        tree = lxml.html.document_fromstring(body.decode())
        assert tree.findtext(".//title")
        assert "$" not in re.sub(rb"\$\d", b"", body).decode(), "a placeholder was left open"


@pytest.mark.parametrize(
    "vendor", [v for v in VENDORS if EDITIONS[0].pages[v.key].layout != "pdf"], ids=lambda v: v.key
)
def test_a_page_carries_its_policy_word_for_word_amid_the_site(vendor):
    page = EDITIONS[0].pages[vendor.key]
    text = wording(pages.body(vendor, page, random.Random(1)).decode())
    policy = policy_words(vendor.key, 1)
    assert policy in text
    assert len(words(text)) > len(words(policy)) + 80


def test_the_redesign_has_the_words_of_the_edition_before_and_other_markup():
    before, after = (served("halowick", edition)[0] for edition in (2, 3))
    assert policy_words("halowick", 3) == policy_words("halowick", 2)
    assert before.layout != after.layout
    assert pages.policy_html("halowick", before) != pages.policy_html("halowick", after)


def test_the_quiet_weakening_leaves_the_date_alone():
    assert policy_words("halowick", 7) != policy_words("halowick", 6)
    date = "effective date 12 january 2026"
    assert date in policy_words("halowick", 6)
    assert date in policy_words("halowick", 7)


def test_the_moved_section_takes_all_its_words_along_and_changes_only_numbers():
    def without_numbers(edition: int) -> list[str]:
        return sorted(word for word in policy_words("brindlock", edition).split() if not word[0].isdigit())

    assert policy_words("brindlock", 7) != policy_words("brindlock", 8)
    assert without_numbers(7) == without_numbers(8)


def test_the_page_that_flips_comes_back_to_the_very_words():
    assert policy_words("crumbvale", 3) != policy_words("crumbvale", 2)
    assert policy_words("crumbvale", 4) == policy_words("crumbvale", 2)


def test_the_german_edition_changes_only_its_date_and_one_period():
    old, new = (policy_words("kachelwind", edition).split() for edition in (5, 6))
    changed = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    assert changed == [("dezember", "april"), ("2025", "2026"), ("12", "36")]


def test_the_committed_pdfs_are_what_the_texts_give():
    made = dict(pdf.made())
    assert {path.name for path in made} == {"privacy.pdf", "privacy-group-companies.pdf"}
    for path, content in made.items():
        assert path.read_bytes() == content, f"{path.name} is old: python -m demo.pdf"


@pytest.mark.parametrize(
    ("key", "validator", "condition"),
    [("halowick", "ETag", "If-None-Match"), ("kachelwind", "Last-Modified", "If-Modified-Since")],
)
def test_a_server_with_validators_answers_304_until_the_next_edition(web, key, validator, condition):
    vendor = BY_KEY[key]
    web.edition = 1
    first, _ = get(web, vendor.host, vendor.path)
    asked = {condition: first.headers[validator]}
    web.edition = 2
    again, body = get(web, vendor.host, vendor.path, **asked)
    assert (again.status, body) == (304, b"")
    web.edition = len(EDITIONS)
    changed, _ = get(web, vendor.host, vendor.path, **asked)
    assert changed.status == 200


def test_a_server_without_validators_sends_other_bytes_each_time(web):
    web.edition = 1
    vendor = BY_KEY["brindlock"]
    (first, one), (_, two) = (get(web, vendor.host, vendor.path) for _ in range(2))
    assert first.headers["ETag"] is None
    assert one != two


def test_an_old_address_redirects_to_the_policy(web):
    vendor = BY_KEY["pennyroost"]
    assert vendor.moved is not None
    response, _ = get(web, *vendor.moved)
    assert response.status == 301
    assert response.headers["Location"] == f"http://{vendor.host}:{web.port}{vendor.path}"


def test_the_same_page_is_sent_compressed_to_those_who_accept_it(web):
    vendor = BY_KEY["halowick"]
    web.edition = 1
    response, body = get(web, vendor.host, vendor.path, **{"Accept-Encoding": "gzip"})
    _, plain = get(web, vendor.host, vendor.path)
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(body) < len(plain) / 2


def test_robots_are_asked_to_stay_out_of_the_basket_only(web):
    response, body = get(web, "halowick.example", "/robots.txt")
    assert response.status == 200
    assert b"Disallow: /cart" in body
    assert b"polic" not in body


@pytest.mark.parametrize(("host", "path"), [("nobody.example", "/"), ("halowick.example", "/no-such-page")])
def test_what_does_not_exist_is_not_found(web, host, path):
    assert get(web, host, path)[0].status == 404


def test_a_browser_reaches_the_sites_by_localhost_names(web):
    web.edition = 1
    _, body = get(web, "halowick.localhost", "/policies/privacy")
    assert b"Halowick Lighting Ltd" in body


def test_the_edition_is_switched_on_the_bare_address(web):
    web.edition = 1
    response, body = get(web, ADDRESS, "/edition/7", method="POST")
    assert response.status == 200
    assert web.edition == 7
    assert "-> 7" in body.decode()
    assert get(web, ADDRESS, "/edition/99", method="POST")[0].status == 404
    assert web.edition == 7


def test_a_policy_file_is_read_block_by_block():
    source = (
        "# Title\n\nOne\\\ntwo **three**.\n\n- a\n- b\n  c\n\nTerm\n: meaning\n\nOther\n: more\n\n| h | i |\n| j | k |"
    )
    assert markup.article(markup.parse(source)).replace("\n", "") == (
        "<h1>Title</h1><p>One<br>two <strong>three</strong>.</p><ul><li>a</li><li>b c</li></ul>"
        "<dl><dt>Term</dt><dd>meaning</dd><dt>Other</dt><dd>more</dd></dl>"
        "<table><thead><tr><th>h</th><th>i</th></tr></thead><tbody><tr><td>j</td><td>k</td></tr></tbody></table>"
    )


def test_editions_go_forward_in_time_and_every_vendor_is_there_from_the_first():
    assert [e.at for e in EDITIONS] == sorted({e.at for e in EDITIONS})
    assert set(EDITIONS[0].pages) == set(BY_KEY)
    assert all(isinstance(page, Page) for edition in EDITIONS for page in edition.pages.values())


def test_a_port_that_is_taken_is_told_in_a_sentence(web):
    with pytest.raises(SystemExit, match=rf"Port {web.port} of 127\.0\.0\.1 cannot be used: "):
        opened(web.port)
