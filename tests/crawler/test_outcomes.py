"""Whatever a server does, its page has exactly one observation, with a typed failure where the network decided."""

import gzip
import zlib

import brotli
import pytest
import zstandard


def bomb():
    """30 MB of zeros, twice compressed: a few hundred bytes on the wire."""
    inner = gzip.compress(bytes(30_000_000), 9)
    return gzip.compress(inner, 9)


@pytest.fixture(scope="module")
def looks(site, pages, fetch, self_signed):
    """One crawl over one host for each way of going wrong."""
    reply = pages.Reply
    secure = pages.Site(tls=self_signed)
    closed = pages.Site()
    closed.close()
    answers = {
        "fine": reply(headers={"Set-Cookie": "id=1", "X-Twice": "a"}),
        "gzipped": reply(gzip.compress(pages.POLICY), headers={"Content-Encoding": "gzip"}),
        "latin1": reply(
            "<p>Datenschutzerklärung</p>".encode("latin-1"), headers={"Content-Type": "text/html; charset=iso-8859-1"}
        ),
        "pdf": reply(b"%PDF-1.7 ...", headers={"Content-Type": "application/pdf"}),
        "not-found": reply(b"gone", 404),
        "gone": reply(b"gone", 410),
        "forbidden": reply(b"no", 403),
        "login": reply(b"no", 401),
        "teapot": reply(b"", 400),
        "broken": reply(b"oops", 500),
        "too-many": reply(b"slow down", 429, headers={"Retry-After": "120"}),
        "maintenance": reply(b"later", 503, headers={"Retry-After": "Fri, 01 Jan 2100 00:00:00 GMT"}),
        "unavailable": reply(b"later", 503),
        "partial": reply(b"half", 206),
        "no-location": reply(b"", 302),
        "to-file": reply(b"", 302, headers={"Location": "file:///etc/hostname"}),
        "to-no-port": reply(b"", 302, headers={"Location": "http://fine.test:99999/"}),
        "to-no-host": reply(b"", 302, headers={"Location": "http://[::1/"}),
        "loop": reply(b"", 302, headers={"Location": "/privacy"}),
        "unasked-304": reply(b"", 304),
        "drip": pages.drip,
        "reset": pages.reset,
        "truncated": pages.truncated,
        "garbage": pages.garbage,
        "endless": pages.endless,
        "headers": pages.headers,
        "bomb": reply(bomb(), headers={"Content-Encoding": "gzip, gzip"}),
        "bad-gzip": reply(b"this is no gzip", headers={"Content-Encoding": "gzip"}),
        "cut-gzip": reply(gzip.compress(pages.POLICY * 40, 0)[:3000], headers={"Content-Encoding": "gzip"}),
        "cut-zstd": reply(zstandard.compress(pages.POLICY)[:-9], headers={"Content-Encoding": "zstd"}),
        "cut-deflate": reply(zlib.compress(pages.POLICY * 40, 0)[:3000], headers={"Content-Encoding": "deflate"}),
        "cut-br": reply(brotli.compress(pages.POLICY)[:-9], headers={"Content-Encoding": "br"}),
        "two-members": reply(
            gzip.compress(pages.POLICY[:50]) + gzip.compress(pages.POLICY[50:]), headers={"Content-Encoding": "gzip"}
        ),
        "zstd": reply(zstandard.compress(pages.POLICY), headers={"Content-Encoding": "zstd"}),
        "deflate": reply(zlib.compress(pages.POLICY), headers={"Content-Encoding": "deflate"}),
        "raw-deflate": reply(zlib.compress(pages.POLICY)[2:-4], headers={"Content-Encoding": "deflate"}),
        "br": reply(brotli.compress(pages.POLICY), headers={"Content-Encoding": "br"}),
        "unknown-coding": reply(b"\x01\x02\x03", headers={"Content-Encoding": "compress"}),
        "no-coding": reply(headers={"Content-Encoding": "identity"}),
        "announced": reply(b"", headers={"Content-Length": "99999999"}),
        "refresh": reply(b'<meta http-equiv="refresh" content="0; url=/elsewhere">'),
    }
    documents = [{"name": name, "url": site.put(f"{name}.test", page=page)} for name, page in answers.items()]
    site.put("start.test", page=reply(b"", 301, headers={"Location": site.url("middle.test", "/old")}))
    site.put("middle.test", "/old", reply(b"", 302, headers={"Location": site.url("end.test")}))
    site.put("end.test")
    documents += [
        {"name": "moved", "url": site.url("start.test")},
        {"name": "long-address", "url": site.put("fine.test", "/" + "x" * 9000)},
        {"name": "no-such-host", "url": "http://no-such-host.invalid/privacy"},
        {"name": "refused", "url": closed.url("refused.test")},
        {"name": "self-signed", "url": f"https://self.test:{secure.port}/privacy"},
        {"name": "bad-port", "url": "http://fine.test:99999/privacy"},
        {"name": "no-scheme", "url": "fine.test/privacy"},
    ]
    hosts = [f"{name}.test" for name in answers] + [
        "start.test",
        "middle.test",
        "end.test",
        "refused.test",
        "self.test",
    ]
    fetched = fetch(documents, hosts=hosts, max_bytes=1_000_000)
    secure.close()
    return fetched


def test_every_document_has_exactly_one_observation(looks):
    names = [name for name, _ in looks.looks]
    assert len(names) == len(set(names)) == 48


def test_nothing_but_observations_comes_out(looks):
    assert "Traceback" not in looks.stderr


@pytest.mark.parametrize(
    ("name", "failure", "status"),
    [
        ("not-found", "not_found", 404),
        ("gone", "not_found", 410),
        ("forbidden", "blocked", 403),
        ("login", "blocked", 401),
        ("teapot", "error", 400),
        ("broken", "error", 500),
        ("too-many", "rate_limited", 429),
        ("maintenance", "rate_limited", 503),
        ("unavailable", "error", 503),
        ("partial", "bad_response", 206),
        ("no-location", "bad_response", 302),
        ("to-file", "bad_response", 302),
        ("to-no-port", "bad_response", None),
        ("to-no-host", "bad_response", None),
        ("unasked-304", "bad_response", 304),
        ("loop", "redirect_loop", None),
        ("drip", "timed_out", None),
        ("reset", "unreachable", None),
        ("truncated", "bad_response", None),
        ("garbage", "bad_response", None),
        ("endless", "too_large", None),
        ("headers", "too_large", None),
        ("announced", "too_large", None),
        ("bomb", "too_large", None),
        ("bad-gzip", "bad_response", None),
        ("cut-gzip", "bad_response", None),
        ("cut-zstd", "bad_response", None),
        ("cut-deflate", "bad_response", None),
        ("cut-br", "bad_response", None),
        ("unknown-coding", "bad_response", None),
        ("no-such-host", "dns", None),
        ("refused", "unreachable", None),
        ("self-signed", "tls", None),
        ("bad-port", "forbidden_address", None),
        ("no-scheme", "forbidden_address", None),
    ],
)
def test_a_failure_has_its_type(looks, name, failure, status):
    observation = looks.of(name)
    assert (observation["failure"], observation["status"]) == (failure, status)
    assert observation["detail"]


def test_a_page_comes_with_status_headers_body_and_address(looks, pages):
    observation = looks.of("fine")
    assert observation["failure"] is None
    assert observation["status"] == 200
    assert observation["body"] == pages.POLICY.decode()
    assert observation["headers"]["content-type"] == "text/html; charset=utf-8"
    assert observation["address"] == "127.0.0.1"
    assert observation["seconds"] > 0
    assert observation["at"].endswith("+00:00")


def test_cookies_are_not_kept(looks):
    assert "set-cookie" not in looks.of("fine")["headers"]


@pytest.mark.parametrize("name", ["gzipped", "two-members", "zstd", "deflate", "raw-deflate", "br", "no-coding"])
def test_a_compressed_body_is_kept_decoded(looks, pages, name):
    assert looks.of(name)["body"] == pages.POLICY.decode()


@pytest.mark.parametrize("name", ["cut-gzip", "cut-zstd", "cut-deflate", "cut-br"])
def test_a_body_that_breaks_off_within_its_coding_is_no_page(looks, name):
    assert looks.of(name)["body"] is None
    assert "breaks off" in looks.of(name)["detail"]


def test_a_body_is_kept_in_its_own_charset(looks):
    observation = looks.of("latin1")
    assert "Datenschutzerkl\xe4rung" in observation["body"]
    assert observation["headers"]["content-type"] == "text/html; charset=iso-8859-1"


def test_a_pdf_is_kept_as_it_is(looks):
    assert looks.of("pdf")["body"] == "%PDF-1.7 ..."


def test_an_error_page_is_kept_as_evidence(looks):
    assert looks.of("forbidden")["body"] == "no"


def test_redirects_are_recorded_in_order(looks, site):
    observation = looks.of("moved")
    assert observation["failure"] is None
    assert observation["redirects"] == [
        {"url": site.url("start.test"), "status": 301},
        {"url": site.url("middle.test", "/old"), "status": 302},
    ]
    assert observation["url"] == site.url("start.test")
    assert observation["final_url"] == site.url("end.test")


def test_the_hops_of_a_redirect_loop_are_recorded_up_to_the_limit(looks, site):
    assert len(looks.of("loop")["redirects"]) == 5


def test_a_meta_refresh_is_not_followed(looks, site):
    assert looks.of("refresh")["failure"] is None
    assert not site.requests("refresh.test", "/elsewhere")


def test_retry_after_pauses_the_host(looks):
    paused = looks.paused["too-many.test"]
    assert looks.of("too-many")["at"] < paused


def test_a_pause_is_a_day_at_most(looks):
    until, at = looks.paused["maintenance.test"], looks.of("maintenance")["at"]
    assert until[:4] == at[:4] or until < "2099"


def test_a_host_that_names_no_time_is_not_paused(looks):
    assert "unavailable.test" not in looks.paused


def test_429_is_not_retried(looks, site):
    assert len(site.requests("too-many.test", "/privacy")) == 1


def test_a_failing_server_is_asked_once_more(looks, site):
    assert len(site.requests("broken.test", "/privacy")) == 2


def test_a_lost_connection_is_tried_once_more_after_the_delay(looks, site):
    first, second = (asked.start for asked in site.requests("reset.test", "/privacy"))
    assert second - first > 0.04


def test_nothing_listens_while_crawling(looks):
    assert looks.listening == []


def test_what_nobody_foresaw_is_an_observation_too(monkeypatch):
    """Without one, the crawl would wait for it for ever."""
    from scrapy import Request
    from scrapy.http import Response

    from crawler.guard import outcomes
    from crawler.spiders.policies import PoliciesSpider
    from crawler.work import Work
    from tracker.model import Document, State

    def fails(*_):
        raise KeyError("unforeseen")

    monkeypatch.setattr(outcomes, "of_status", fails)
    document = Document(vendor="Acme", kind="privacy", url="https://acme.test/privacy")
    request = Request(document.url, meta={"document": document})
    [look] = PoliciesSpider(Work(history=None, workers=None), None).parse(Response(document.url, request=request))
    assert (look.document, look.observation.failure) == (document, State.ERROR)
    assert "unforeseen" in look.observation.detail
