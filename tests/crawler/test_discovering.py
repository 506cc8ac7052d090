"""The order in which a document is looked for, and what is believed: the network is a table of pages here."""

import asyncio

import pytest

from crawler.discovering import GUESSED, Fetched, discover
from tracker import extract
from tracker.model import State

HOME = "https://brellon.example/"
TEXT = (
    "<p>We collect your name and your address to send you lamps, and we keep them for ten years as the law asks us to.</p>"
    * 8
)
POLICY = f"<html><title>Privacy policy</title><body><main><h1>Privacy policy</h1>{TEXT}</main></body></html>"
UNTITLED = f"<html><title>Brellon</title><body><main><h1>What we do</h1>{TEXT}</main></body></html>"
SHELL = (
    "<html><body><div id='app'></div><noscript>You need to enable JavaScript to run this app.</noscript></body></html>"
)


def home(*links):
    return (
        "<html lang='en'><body><p>Lamps</p>"
        + "".join(f"<a href='{to}'>{text}</a> " for text, to in links)
        + "</body></html>"
    )


class Net:
    """Pages by path. A text is a page, (path, text) one that another path leads to, a state a failure; what is missing is a 404."""

    def __init__(self, pages, otherwise=State.NOT_FOUND):
        self.pages = pages
        self.otherwise = otherwise
        self.asked = []

    async def __call__(self, url):
        path = url.removeprefix(HOME.rstrip("/"))
        self.asked.append(path)
        answer = self.pages.get(path, self.otherwise)
        if isinstance(answer, State):
            return Fetched(url, failure=answer, why=answer.value)
        if isinstance(answer, tuple):
            url, answer = HOME.rstrip("/") + answer[0], answer[1]
        return Fetched(url, answer.encode(), "text/html")


def look(net, kind="privacy", **options):
    async def read(body, page):
        return extract(body, page)

    return asyncio.run(discover(net, read, HOME, kind, **options))


def verdicts(discovery):
    return [(t.candidate.url.removeprefix(HOME), t.verdict, t.why) for t in discovery.trials]


def test_the_first_link_that_is_the_document_ends_the_search():
    net = Net({"/": home(("Privacy Policy", "/p"), ("California Privacy Notice", "/ca")), "/p": POLICY, "/ca": POLICY})
    discovery = look(net)
    assert discovery.found.candidate.url == HOME + "p"
    assert [candidate.url for candidate in discovery.untried] == [HOME + "ca"]
    assert net.asked == ["/", "/p"]


def test_a_dead_link_is_passed_over_for_the_next():
    discovery = look(Net({"/": home(("Privacy Policy", "/p"), ("Privacy", "/q")), "/q": POLICY}))
    assert verdicts(discovery) == [("p", "none", "not_found"), ("q", "document", "")]


def test_a_clear_link_is_believed_where_the_text_does_not_say_what_it_is():
    assert look(Net({"/": home(("Privacy Policy", "/p")), "/p": UNTITLED})).found


def test_an_unlinked_text_must_say_what_it_is():
    discovery = look(Net({"/": home(), "/privacy": UNTITLED}))
    assert discovery.found is None
    assert ("privacy", "none", "does not say that it is about privacy") in verdicts(discovery)


def test_a_page_without_much_text_is_none():
    short = "<html><title>Privacy</title><body><h1>Privacy</h1><p>We respect your privacy and your personal data.</p></body></html>"
    assert verdicts(look(Net({"/": home(("Privacy", "/p")), "/p": short})))[0][1] == "none"


def test_what_leads_back_to_the_home_page_is_none():
    start = home()
    discovery = look(Net({"/": start, "/privacy": ("/", start)}))
    assert ("privacy", "none", "leads back to the home page") in verdicts(discovery)


@pytest.mark.parametrize("answer", [SHELL, State.BLOCKED])
def test_a_linked_page_that_cannot_be_read_is_found_all_the_same(answer):
    discovery = look(Net({"/": home(("Privacy Policy", "/p")), "/p": answer}))
    assert discovery.found.verdict == "likely"
    assert discovery.found.candidate.url == HOME + "p"


CENTRE = f"<html><title>Privacy centre</title><body><h1>Privacy centre</h1>{TEXT}<a href='/policy'>Our privacy policy</a></body></html>"


def test_a_page_about_the_document_leads_on_to_it():
    discovery = look(Net({"/": home(("Privacy", "/centre")), "/centre": CENTRE, "/policy": POLICY}))
    assert discovery.found.candidate.url == HOME + "policy"
    assert verdicts(discovery)[0] == ("centre", "likely", f"leads on to {HOME}policy")


def test_a_page_about_the_document_is_better_than_nothing():
    assert look(Net({"/": home(("Privacy", "/centre")), "/centre": CENTRE})).found.candidate.url == HOME + "centre"


def test_a_guessed_page_leads_on_to_the_document_too():
    assert look(Net({"/": home(), "/privacy": CENTRE, "/policy": POLICY})).found.candidate.url == HOME + "policy"


def test_a_guess_that_cannot_be_read_is_nothing():
    assert look(Net({"/": home(), "/privacy": State.BLOCKED})).found is None


def test_links_that_scripts_draw_are_followed_where_there_are_no_others():
    data = '<script type="application/json">[{"label": "Privacy Policy", "url": "/p"}]</script>'
    assert look(Net({"/": home().replace("<p>", f"{data}<p>"), "/p": POLICY})).found.candidate.url == HOME + "p"


def test_so_many_further_pages_are_read_for_links():
    pages = {"/": home(("Legal", "/legal"), ("Terms", "/terms")), "/terms": home(("Privacy", "/p")), "/p": POLICY}
    assert look(Net(pages), follow=2).found.candidate.url == HOME + "p"
    net = Net(pages)
    assert look(net, follow=1).found is None
    assert "/terms" not in net.asked


def test_the_likely_parts_of_a_sitemap_are_read():
    def listed(*paths):
        return "".join(f"<loc>{HOME.rstrip('/')}{path}</loc>" for path in paths)

    index = f"<?xml version='1.0'?><sitemapindex>{listed('/map-posts.xml', '/map-wares.xml', '/map-pages.xml')}</sitemapindex>"
    net = Net(
        {
            "/": home(),
            "/sitemap.xml": index,
            "/map-pages.xml": listed("/about", "/l/privacy-policy"),
            "/l/privacy-policy": POLICY,
        }
    )
    assert look(net).found.candidate.url == HOME + "l/privacy-policy"
    assert net.asked == ["/", "/sitemap.xml", "/map-pages.xml", "/map-posts.xml", "/l/privacy-policy", net.asked[-1]]


def test_guesses_are_few_and_the_language_of_the_page_comes_first():
    german = "<html lang='de'><body><p>Wir machen seit vielen Jahren Lampen für das ganze Haus und den Garten.</p></body></html>"
    net = Net({"/": german})
    look(net)
    assert net.asked[:4] == ["/", "/sitemap.xml", "/.well-known/privacy-policy", "/datenschutz"]
    assert len(net.asked) == 2 + GUESSED


def test_a_server_that_shows_the_same_text_at_every_address_has_no_policy():
    net = Net({"/": home()}, otherwise=POLICY)
    assert look(net).found is None


def test_a_server_that_leads_every_address_to_one_page_has_no_policy():
    assert look(Net({"/": home()}, otherwise=("/everything", POLICY))).found is None


@pytest.mark.parametrize("failure", [State.TIMED_OUT, State.ROBOTS])
def test_without_the_home_page_nothing_is_asked_for(failure):
    net = Net({"/": failure})
    discovery = look(net)
    assert (discovery.failure, discovery.found, net.asked) == (failure, None, ["/"])


def test_a_kind_without_words_is_not_looked_for():
    net = Net({"/": home()})
    assert (
        look(net, "warranty").told
        == "there are no words to look for a warranty document with: its address must be given"
    )
    assert net.asked == []


def test_what_was_tried_and_found_is_told_in_a_line():
    assert look(Net({"/": home(("Privacy", "/p")), "/p": POLICY})).told == f"found at {HOME}p (text topic: privacy)"
    assert look(Net({"/": home(("Privacy", "/p"))})).told.startswith(
        f"not found from {HOME}: tried /p, /.well-known/privacy-policy, "
    )
