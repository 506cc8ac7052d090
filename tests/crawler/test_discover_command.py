"""The discover command, as a person uses it, against a real server."""

import json
import time
import tomllib
from datetime import UTC, datetime, timedelta

import pytest


def home(*links):
    anchors = "".join(f'<a href="{target}">{text}</a> ' for text, target in links)
    return f"""<html lang='en'><head><title>Acme</title></head><body><main><h1>Lamps</h1><p>We make lamps.</p></main>
        <footer>{anchors}</footer></body></html>""".encode()


@pytest.fixture
def acme(site, pages, watching):
    """Publishes a site of a host (paths and bodies), and the registry that lets us go there; the address of its home page."""

    def publish(host, bodies, **watched):
        for path, body in bodies.items():
            site.put(host, path, page=body if callable(body) else pages.Reply(body))
        watching.watch({"other/privacy": site.url(host, "/elsewhere"), **watched})
        return site.url(host, "/")

    return publish


def test_a_linked_policy_is_found_and_read(acme, site, watching, policy):
    url = acme("linked.test", {"/": home(("Privacy", "/legal/p"), ("Terms", "/legal/t")), "/legal/p": policy()})
    done = watching("discover", url)
    assert done.code == 0, done.err
    assert f"✓ {site.url('linked.test', '/legal/p')}" in done.out
    assert "text topic: privacy" in done.out
    assert [asked.path for asked in site.requests("linked.test")] == ["/robots.txt", "/", "/legal/p"]


def test_where_nothing_is_linked_the_usual_addresses_are_asked(acme, site, watching, policy):
    url = acme("usual.test", {"/": home(("About", "/about")), "/privacy-policy": policy()})
    done = watching("discover", url)
    assert done.code == 0, done.err
    assert f"✓ {site.url('usual.test', '/privacy-policy')}: a document; usual address" in done.out


def test_a_sitemap_is_read_before_guessing(acme, site, watching, policy):
    listed = "".join(
        f"<url><loc>{site.url('map.test', path)}</loc></url>"
        for path in ("/", "/blog/privacy-tips", "/p/privacy-notice")
    )
    url = acme(
        "map.test", {"/": home(), "/sitemap.xml": f"<urlset>{listed}</urlset>".encode(), "/p/privacy-notice": policy()}
    )
    done = watching("discover", url)
    assert f"✓ {site.url('map.test', '/p/privacy-notice')}" in done.out
    assert not site.requests("map.test", "/blog/privacy-tips")


def test_a_server_that_answers_everything_has_no_policy_for_it(site, pages, watching, policy):
    class Anything(dict):
        def get(self, key, default=None):
            host, path = key
            if host == "any.test" and path not in ("/", "/robots.txt", "/sitemap.xml"):
                return pages.Reply(policy("This page stands at every address."))
            return super().get(key, default)

    site.pages = Anything(site.pages)
    site.put("any.test", "/", page=pages.Reply(home()))
    watching.watch({"other/privacy": site.url("any.test", "/elsewhere")})
    done = watching("discover", site.url("any.test", "/"))
    assert done.code == 1
    assert "the server answers every address with this page" in done.out


def test_a_soft_404_at_a_usual_address_is_none(acme, watching):
    lost = b"<html><title>Not found</title><body><h1>Page not found</h1><p>The page you were looking for does not exist.</p></body></html>"
    url = acme("soft.test", {"/": home(), "/privacy": lost, "/privacy-policy": lost})
    done = watching("discover", url)
    assert done.code == 1
    assert "no privacy document found" in done.out
    assert "✗" in done.out
    assert "✓" not in done.out


def test_the_legal_page_is_read_for_links(acme, site, watching, policy):
    url = acme("hub.test", {
        "/": home(("Legal", "/legal"), ("Shop", "/shop")),
        "/legal": home(("Our privacy notice", "/legal/42")), "/legal/42": policy(),
    })  # fmt: skip
    assert f"✓ {site.url('hub.test', '/legal/42')}" in watching("discover", url).out
    assert watching("discover", url, "--follow", "0").code == 1


def test_robots_txt_is_obeyed(acme, site, pages, watching, policy):
    url = acme("shy.test", {
        "/robots.txt": pages.Reply(b"User-agent: *\nDisallow: /legal", headers={"Content-Type": "text/plain"}),
        "/": home(("Privacy Policy", "/legal/privacy")), "/legal/privacy": policy(),
    })  # fmt: skip
    done = watching("discover", url)
    assert "robots.txt asks us not to read this page" in done.out
    assert not site.requests("shy.test", "/legal/privacy")


def test_a_home_page_that_fails_is_said(acme, watching):
    done = watching("discover", acme("gone.test", {}))
    assert done.code == 1
    assert "the home page cannot be read: 404: there is no such page" in done.out


def test_other_kinds_are_found_too(acme, site, watching, policy):
    terms = policy().replace(b"Privacy policy", b"Terms of Service")
    url = acme("kinds.test", {"/": home(("Privacy", "/p"), ("Terms of Service", "/t")), "/t": terms})
    done = watching("discover", url, "--kind", "terms")
    assert f"✓ {site.url('kinds.test', '/t')}" in done.out


def test_what_is_found_is_added_and_comments_stay(acme, site, watching, policy):
    url = acme("added.test", {"/": home(("Privacy Policy", "/p")), "/p": policy()})
    watching.registry.write_text("# our suppliers\n" + watching.registry.read_text() + "# to be continued\n")
    done = watching("discover", url, "--add")
    assert "added added/privacy to" in done.out
    content = watching.registry.read_text()
    assert content.startswith("# our suppliers\n")
    assert "# to be continued" in content
    added = tomllib.loads(content)["vendors"]["added"]
    assert added["home"] == url
    assert added["documents"] == [{"kind": "privacy", "url": site.url("added.test", "/p")}]
    again = watching("discover", url, "--add")
    assert f"added/privacy stands in the registry already, at {site.url('added.test', '/p')}" in again.out
    assert watching.registry.read_text() == content


def test_a_document_that_waits_for_its_address_gets_it(acme, site, watching, policy):
    url = acme("waits.test", {"/": home(("Privacy Policy", "/p")), "/p": policy()})
    waiting = f'[vendors.waits]\nhome = "{url}"  # found on a box\n[[vendors.waits.documents]]\nkind = "privacy"\nschedule = "6 hours"\n'
    watching.registry.write_text(watching.registry.read_text() + waiting)
    assert "added waits/privacy" in watching("discover", url, "--add").out
    content = watching.registry.read_text()
    assert "# found on a box" in content
    expected = {"kind": "privacy", "schedule": "6 hours", "url": site.url("waits.test", "/p")}
    assert tomllib.loads(content)["vendors"]["waits"]["documents"] == [expected]


def test_machines_get_everything(acme, site, watching, policy):
    url = acme("json.test", {"/": home(("Privacy Policy", "/p"), ("California Privacy Notice", "/ca")), "/p": policy()})
    [found] = json.loads(watching("discover", url, "--json").out)
    assert found["home"] == url
    assert found["found"] == site.url("json.test", "/p")
    assert [c["verdict"] for c in found["candidates"]] == ["document", "not read"]
    assert {"cue": "text name", "words": "privacy policy"} in found["candidates"][0]["reasons"]


def test_strangers_are_not_asked_without_a_contact(watching):
    watching.watch({"acme/privacy": "http://acme.test/privacy"})
    done = watching("discover", "https://www.example.org/")
    assert done.code == 2
    assert "contact" in done.err


@pytest.mark.parametrize("home", ["ftp://acme.test/", "http://", "https://user:word@acme.test/"])
def test_what_is_no_home_page_is_said(watching, home):
    watching.watch({})
    done = watching("discover", home)
    assert done.code == 2
    assert "expected an address" in done.err


def test_it_takes_hosts_in_turns_with_whatever_else_crawls_by_the_same_history(acme, site, watching, policy):
    url = acme("shared.test", {"/": home(("Privacy", "/p")), "/p": policy(), "/elsewhere": policy()})
    watching("crawl")
    site.asked.clear()
    with watching.history() as history:
        held = time.monotonic()
        assert history.take_host("shared.test", "another crawl", datetime.now(UTC), timedelta(seconds=4)) is None
        done = watching("discover", url)
        assert done.code == 0, done.err
        assert min(asked.start for asked in site.requests("shared.test")) > held + 3.9
        [(lease, allowed)] = history.db.execute("SELECT lease, next_allowed FROM hosts WHERE host = 'shared.test'")
        assert (lease, allowed is not None) == (None, True)
