from dataclasses import replace

import pytest
from lxml import html

from tracker.model import Change, Clause, ClauseChange, Policy
from tracker.rendering.caption import Caption, Side
from tracker.rendering.html import html_page

CAPTION = Caption(
    vendor="Acme & Söhne",
    document="acme/privacy",
    url="https://acme.example/?a=1&b=2",
    old=Side(version=1),
    new=Side(version=2),
)


@pytest.fixture
def page(change, new):
    return html.document_fromstring(html_page(change, CAPTION, new))


def texts(page, path: str) -> list[str]:
    return [found.text_content() for found in page.xpath(path)]


def test_it_is_one_file_that_loads_nothing_and_runs_nothing(page):
    assert not page.xpath("//script | //link | //img | //iframe | //*[@src] | //*[@onclick]")
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]
    assert "url(" not in page.xpath("string(//style)")


def test_it_is_for_screens_in_the_dark_and_for_paper(page):
    style = page.xpath("string(//style)")
    assert "@media print" in style
    assert "prefers-color-scheme: dark" in style


def test_insertions_and_deletions_are_elements_that_mean_so(page):
    assert texts(page, "//section[@id='change-2']//del") == ["12"]
    assert texts(page, "//section[@id='change-2']//ins") == ["24"]


def test_the_redline_of_each_change_reads_back_to_both_texts(page, change):
    body = page.xpath("//section[@id='change-2']/div[@class='text']")[0]
    old = "".join(body.xpath(".//text()[not(parent::ins)]"))
    new = "".join(body.xpath(".//text()[not(parent::del)]"))
    assert (old, new) == (change.clauses[0].old[0].text, change.clauses[0].new[0].text)


def test_the_text_with_its_changes_reads_back_to_the_new_policy(page, new):
    rows = page.xpath("//h2[2]/following-sibling::*")
    read = ["".join(row.xpath(".//text()[not(ancestor::del) and not(ancestor::a)]")) for row in rows]
    assert [text for text in read if text] == [clause.text for clause in new.clauses]


def test_every_change_is_linked_with_its_place_in_the_text(page, change):
    ids = page.xpath("//@id")
    assert len(set(ids)) == len(ids)
    assert {href.lstrip("#") for href in page.xpath("//a[starts-with(@href, '#')]/@href")} <= set(ids)
    assert len(page.xpath("//*[starts-with(@id, 'change-')]")) == len(change.clauses)


def test_moved_text_is_shown_in_both_places(page):
    assert texts(page, "//main/p/del[@class='moved']") == ["Lamps report their light."]
    assert "Lamps report their light." in texts(page, "//main/p/ins[@class='moved']")


def test_what_a_page_says_is_text_and_never_markup(change, new):
    evil = "<script>alert(1)</script>\"'&\x1b[2J"
    bad = ClauseChange("added", new=(Clause(evil, trail=(evil,)),), new_at=(0,), topics=(evil,), level="low")
    source = html_page(
        Change("x", summary=evil, clauses=(bad,)),
        Caption(vendor=evil, document=evil, url=f"javascript:{evil}"),
        Policy((Clause(evil),), language='"'),
    )
    page = html.document_fromstring(source)
    assert not page.xpath("//script")
    assert not page.xpath("//a[starts-with(@href, 'javascript')]")
    assert "\x1b" not in source
    assert page.xpath("//section/div[@class='text']/ins")[0].text == "<script>alert(1)</script>\"'&[2J"


def test_it_says_whose_text_it_is_what_was_found_and_what_the_marks_mean(page):
    header = page.xpath("//header")[0].text_content()
    for words in (
        "Acme & Söhne",
        "acme/privacy",
        "version 1",
        "version 2",
        "substantive; silent",
        "1 removed",
        "2 unchanged",
        "moved here",
    ):
        assert words in header


def test_the_language_of_the_text_is_declared(page):
    assert page.get("lang") == "en"


def test_a_change_of_nothing_is_a_page_too(new):
    same = Change("same", kept=tuple((n, n) for n in range(len(new.clauses))))
    page = html.document_fromstring(html_page(same, replace(CAPTION, url=None), new))
    assert "no clause changed" in page.text_content()
