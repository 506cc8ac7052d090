"""Documents that the registry has no address for, or whose address died: the crawl looks for them from their vendor's home page."""

import json

import pytest


def home(*links):
    anchors = "".join(f'<a href="{target}">{text}</a> ' for text, target in links)
    return f"<html lang='en'><body><main><h1>Lamps</h1></main><footer>{anchors}</footer></body></html>".encode()


@pytest.fixture
def vendor(site, pages, watching):
    """One document of a vendor at a made-up host, with its home page there; publishes pages by path."""

    def publish(host, bodies, url=None):
        for path, body in bodies.items():
            site.put(host, path, page=pages.Reply(body) if body else pages.Reply(b"gone", 404))
        if not watching.registry.exists():
            watching.watch({"other/privacy": site.url(host, "/elsewhere")})
            address = f'url = "{site.url(host, url)}"' if url else ""
            own = f'[vendors.acme]\nhome = "{site.url(host, "/")}"\n[[vendors.acme.documents]]\nkind = "privacy"\n{address}\n'
            watching.registry.write_text(watching.registry.read_text().split("[vendors.other]")[0] + own)

    return publish


def looks(watching):
    return [
        (look.outcome, look.state, look.url.partition(".test")[2].partition("/")[2])
        for look in watching.looks("acme/privacy")
    ]


def standing(watching):
    [document] = json.loads(watching("status", "--json").out)["documents"]
    return document


def test_a_document_without_an_address_is_found_at_its_first_crawl(vendor, site, watching, policy):
    vendor("first.test", {"/": home(("Privacy Policy", "/p")), "/p": policy()})
    done = watching("crawl")
    assert done.code == 0, done.err
    [look] = watching.looks("acme/privacy")
    assert (look.outcome, look.url) == ("first", site.url("first.test", "/p"))
    assert look.why == f"first sight; found at {site.url('first.test', '/p')} (text name: privacy policy, footer)"
    assert standing(watching)["found"] == site.url("first.test", "/p")
    assert f"acme/privacy was found at {site.url('first.test', '/p')}" in watching("status").out


def test_what_was_found_is_not_looked_for_again(vendor, site, watching, policy):
    vendor("again.test", {"/": home(("Privacy Policy", "/p")), "/p": policy()})
    watching("crawl")
    watching("crawl", "--all")
    assert [outcome for outcome, *_ in looks(watching)] == ["unchanged", "first"]
    assert len(site.requests("again.test", "/")) == 1


def test_where_nothing_is_found_the_look_says_what_was_tried(vendor, site, watching):
    vendor("none.test", {"/": home(("About", "/about"))})
    watching("crawl")
    [look] = watching.looks("acme/privacy")
    assert (look.outcome, look.state, look.url) == ("failed", "not_found", site.url("none.test", "/"))
    assert look.why.startswith(
        f"not found from {site.url('none.test', '/')}: tried /.well-known/privacy-policy, /privacy"
    )
    assert standing(watching)["state"] == "failing (not found)"


def test_a_home_page_that_fails_is_the_outcome_of_the_look(vendor, watching):
    vendor("down.test", {"/": None})
    watching("crawl")
    [look] = watching.looks("acme/privacy")
    assert (look.outcome, look.state, look.status) == ("failed", "not_found", 404)


def test_a_page_that_is_gone_twice_is_found_at_its_new_address(vendor, site, watching, policy):
    vendor("moved.test", {"/": home(("Privacy Policy", "/old")), "/old": policy()}, url="/old")
    watching("crawl")
    vendor(
        "moved.test", {"/": home(("Privacy Policy", "/new")), "/old": None, "/new": policy("We share it with nobody.")}
    )
    for _ in range(3):
        watching("crawl", "--all")
    assert looks(watching) == [
        ("changed", "ok", "new"), ("failed", "not_found", "old"), ("failed", "not_found", "old"), ("first", "ok", "old"),
    ]  # fmt: skip
    assert len(site.requests("moved.test", "/")) == 1  # not looked for while it was gone once
    with watching.history() as history:
        changed, recovered = (
            next(event for event in history.events(["acme/privacy"]) if event.type == kind)
            for kind in ("changed", "recovered")
        )
    for event in (changed, recovered):
        assert f"found at {site.url('moved.test', '/new')} (text name: privacy policy, footer)" in event.payload["why"]
        assert event.payload["document"]["url"] == site.url("moved.test", "/new")
    watching("crawl", "--all")
    assert looks(watching)[0] == ("unchanged", "ok", "new")


def test_a_page_that_is_gone_for_good_is_said_with_what_was_tried(vendor, site, watching, policy):
    vendor("lost.test", {"/": home(), "/old": None}, url="/old")
    for _ in range(3):
        watching("crawl", "--all")
    newest, before, _ = watching.looks("acme/privacy")
    assert newest.url == before.url == site.url("lost.test", "/old")
    assert newest.why.startswith("404: there is no such page; not found from ")
    assert before.why == "404: there is no such page"


def test_an_address_in_the_registry_takes_the_place_of_the_found_one(vendor, site, watching, policy):
    vendor("said.test", {"/": home(("Privacy Policy", "/p")), "/p": policy(), "/better": policy("We keep nothing.")})
    watching("crawl")
    watching.registry.write_text(watching.registry.read_text() + f'url = "{site.url("said.test", "/better")}"\n')
    watching("crawl")
    assert looks(watching)[0] == ("changed", "ok", "better")
    assert standing(watching)["found"] is None
