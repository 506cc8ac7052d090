"""No crawl of other people's servers without saying who we are."""

import pytest

from crawler.crawling import NoContact, overlay, require_contact
from tracker.model import Document
from tracker.registry import Settings


def documents(url):
    return [Document(vendor="Acme", kind="privacy", url=url)]


@pytest.mark.parametrize("url", ["https://acme.test/privacy", "http://10.0.0.1/", "http://93.184.216.34/"])
def test_somebody_else_s_server_needs_a_contact(url):
    with pytest.raises(NoContact, match="contact"):
        require_contact(Settings(allow_networks=("127.0.0.0/8",)), documents(url))


@pytest.mark.parametrize("url", ["http://own.test/", "http://127.0.0.1:8000/", None])
def test_one_s_own_does_not(url):
    require_contact(Settings(allow_networks=("127.0.0.0/8",), resolve={"own.test": "127.0.0.1"}), documents(url))


def test_with_a_contact_all_is_well():
    require_contact(Settings(contact="mailto:me@acme.test"), documents("https://acme.test/privacy"))


def test_robots_txt_is_read_for_the_crawler_s_name_alone():
    settings = Settings(contact="mailto:bot@acme.test", user_agent="acme-watch/2 (+mailto:bot@acme.test)")
    assert overlay(settings)["ROBOTSTXT_USER_AGENT"] == "acme-watch"
