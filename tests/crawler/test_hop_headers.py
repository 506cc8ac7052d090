"""What is sent to whom, hop by hop."""

import pytest


@pytest.fixture(scope="module")
def echoes(site, pages, fetch):
    """Redirects within a host, to another host and to a page that two documents end on, with validators and a custom header."""
    reply = pages.Reply
    site.put("a.test", "/start", reply(b"", 302, headers={"Location": "/end"}))
    site.put("a.test", "/end", reply(etag='"a-end"'))
    site.put("a.test", "/away", reply(b"", 302, headers={"Location": site.url("b.test", "/page")}))
    site.put("b.test", "/page", reply(etag='"a-away"'))  # the very tag that is stored for /away
    site.put("a.test", "/known", reply(etag='"known"'))
    site.put("a.test", "/dated")
    site.put("a.test", "/there-and-back", reply(b"", 302, headers={"Location": site.url("b.test", "/back")}))
    site.put("b.test", "/back", reply(b"", 302, headers={"Location": site.url("a.test", "/home")}))
    site.put("a.test", "/home")
    custom = {"X-Key": "secret", "User-Agent": "special/1"}
    documents = [
        {"name": "within", "url": site.url("a.test", "/start")},
        {"name": "away", "url": site.url("a.test", "/away"), "headers": custom},
        {"name": "known", "url": site.url("a.test", "/known")},
        {"name": "dated", "url": site.url("a.test", "/dated")},
        {"name": "other", "url": site.url("a.test", "/known") + "?other"},
        {"name": "back", "url": site.url("a.test", "/there-and-back"), "headers": custom},
        {"name": "german", "url": site.put("de.test"), "language": "de", "region": "AT"},
        {"name": "french", "url": site.put("fr.test"), "language": "fr"},
    ]
    site.put("a.test", "/known?other", reply(etag='"known"'))
    validators = {
        f"within {site.url('a.test', '/end')}": {"etag": '"a-end"'},
        f"away {site.url('a.test', '/away')}": {"etag": '"a-away"', "last_modified": "Mon, 05 Jan 2026 00:00:00 GMT"},
        f"known {site.url('a.test', '/known')}": {"etag": '"known"'},
        f"dated {site.url('a.test', '/dated')}": {"last_modified": "Mon, 05 Jan 2026 00:00:00 GMT"},
    }
    hosts = ["a.test", "b.test", "de.test", "fr.test"]
    return fetch(documents, hosts=hosts, validators=validators)


def sent(site, host, path):
    [asked] = site.requests(host, path)
    return asked.headers


def test_a_page_that_did_not_change_is_a_304_without_a_body(echoes):
    observation = echoes.of("known")
    assert (observation["status"], observation["body"], observation["failure"]) == (304, None, None)


def test_a_304_after_a_redirect_names_the_url_that_answered(echoes, site):
    observation = echoes.of("within")
    assert observation["status"] == 304
    assert observation["final_url"] == site.url("a.test", "/end")


def test_validators_of_a_url_stay_with_that_url(echoes, site):
    assert sent(site, "a.test", "/away")["if-none-match"] == '"a-away"'
    headers = sent(site, "b.test", "/page")
    assert "if-none-match" not in headers
    assert "if-modified-since" not in headers
    assert echoes.of("away")["status"] == 200


def test_validators_of_a_document_stay_with_that_document(echoes, site):
    assert "if-none-match" not in sent(site, "a.test", "/known?other")


def test_a_date_alone_is_sent_as_if_modified_since(echoes, site):
    headers = sent(site, "a.test", "/dated")
    assert headers["if-modified-since"] == "Mon, 05 Jan 2026 00:00:00 GMT"
    assert "if-none-match" not in headers


def test_custom_headers_go_to_the_document_s_own_host_alone(echoes, site):
    assert sent(site, "a.test", "/away")["x-key"] == "secret"
    assert "x-key" not in sent(site, "b.test", "/page")


def test_another_host_sees_the_crawler_s_own_name(echoes, site):
    assert sent(site, "a.test", "/away")["user-agent"] == "special/1"
    assert sent(site, "b.test", "/page")["user-agent"].startswith("clausewatch/")
    assert "crawler@acme.test" in sent(site, "b.test", "/page")["user-agent"]


def test_back_home_custom_headers_are_sent_again(echoes, site):
    assert "x-key" not in sent(site, "b.test", "/back")
    assert sent(site, "a.test", "/home")["x-key"] == "secret"


def test_robots_txt_is_asked_for_without_the_document_s_headers(echoes, site):
    headers = sent(site, "a.test", "/robots.txt")
    assert "x-key" not in headers
    assert "if-none-match" not in headers


def test_no_referrer_is_sent(echoes, site):
    assert "referer" not in sent(site, "b.test", "/page")


@pytest.mark.parametrize(("host", "expected"), [("de.test", "de-AT,de;q=0.9,*;q=0.1"), ("fr.test", "fr,*;q=0.1")])
def test_the_document_s_language_is_asked_for(echoes, site, host, expected):
    assert sent(site, host, "/privacy")["accept-language"] == expected
