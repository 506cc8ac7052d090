"""Pages whose transfer broke off, and home pages in place of a policy, in several languages."""

from __future__ import annotations

import pytest

from tracker.extraction import extract
from tracker.model import Page, State

TITLES = {
    "en": "Privacy policy",
    "de": "Datenschutzerklärung",
    "fr": "Politique de confidentialité",
    "ja": "プライバシーポリシー",
    "ru": "Политика конфиденциальности",
}
CLAUSES = {
    "en": "We collect personal data of the people who use our lamps and share it with processors who host our servers.",
    "de": "Wir verarbeiten personenbezogene Daten der Menschen, die unsere Lampen nutzen, und geben sie an Dienstleister weiter.",
    "fr": "Nous traitons les données personnelles des personnes qui utilisent nos lampes et les partageons avec nos prestataires.",
    "ja": "当社は、ランプをご利用のお客様の個人情報を取得し、利用目的の範囲内で委託先に提供することがあります。",
    "ru": "Мы обрабатываем персональные данные людей, которые пользуются нашими лампами, и передаём их обработчикам.",
}
TALES = {
    "en": "How we light a castle without a single cable, and what the swallows thought of it when spring came back.",
    "de": "Wie wir ein Schloss ohne ein einziges Kabel beleuchten, und was die Schwalben im Frühling davon hielten.",
    "fr": "Comment nous éclairons un château sans un seul câble, et ce que les hirondelles en ont pensé au printemps.",
    "es": "Cómo iluminamos un castillo sin un solo cable, y qué pensaron las golondrinas cuando volvió la primavera.",
    "it": "Come illuminiamo un castello senza un solo cavo, e che cosa ne pensarono le rondini al ritorno della primavera.",
    "pl": "Jak oświetlamy zamek bez ani jednego kabla i co pomyślały o tym jaskółki, kiedy wróciła do nas wiosna.",
    "cs": "Jak svítíme na hradě bez jediného kabelu a co si o tom pomyslely vlaštovky, když se k nám vrátilo jaro.",
    "sv": "Hur vi lyser upp ett slott utan en enda sladd, och vad svalorna tyckte om det när våren kom tillbaka igen.",
    "fi": "Näin valaisemme linnan ilman yhtäkään johtoa, ja mitä pääskyset siitä tuumivat kevään palattua takaisin.",
    "ru": "Как мы освещаем замок без единого провода, и что подумали об этом ласточки, когда снова вернулась весна.",
    "uk": "Як ми освітлюємо замок без жодного дроту, і що подумали про це ластівки, коли знову повернулася весна.",
    "tr": "Bir şatoyu tek bir kablo olmadan nasıl aydınlatıyoruz ve bahar geri dönünce kırlangıçlar buna ne dedi.",
    "ja": "一本の電線も使わずに城を照らす方法と、春が戻ってきたときに燕たちがそれをどう思ったかというお話。",
    "zh": "我们怎样不用一根电线就照亮一座城堡，以及春天归来的时候，燕子们对这件事有什么样的看法。",
    "ko": "전선 하나 없이 성을 밝히는 방법, 그리고 봄이 다시 돌아왔을 때 제비들이 그것을 어떻게 생각했는지에 대하여.",
    "nl": "Hoe wij een kasteel verlichten zonder een enkele kabel, en wat de zwaluwen daarvan vonden in het voorjaar.",
}


def policy(language: str) -> str:
    """A page with a policy of thirty clauses, each of them in a paragraph and an item."""
    clause, title = CLAUSES[language], TITLES[language]
    clauses = "".join(
        f"<h2>{n}. {title}</h2><p>{clause} {clause}</p><ul><li><a href='/x/{n}'>{clause}</a></li></ul>"
        for n in range(30)
    )
    return (
        f"<!doctype html><html lang={language}><head><title>{title}</title></head><body><header><a href=/>Lumentide</a></header>"
        f"<div><h1>{title}</h1>{clauses}</div><footer><p>© 2026 Lumentide</p></footer></body></html>"
    )


def state(body: bytes, url: str = "https://lumentide.example/privacy") -> State:
    return extract(body, Page("text/html", url=url)).state


@pytest.mark.parametrize("language", CLAUSES)
@pytest.mark.parametrize(
    ("before", "further"),
    [("<li>", 60), ("<h2>", 2), ("href='/x", 7), ("</a></li>", 3), ("<ul>", 0), ("<footer>", 4)],
    ids=["in a word", "in a tag", "in an address", "in an end tag", "between blocks", "in the footer's tag"],
)
def test_a_policy_that_ends_before_its_page_does_is_truncated(language: str, before: str, further: int) -> None:
    page = policy(language)
    assert state(page.encode()) is State.OK
    assert state(page[: page.rindex(before) + further].encode()) is State.TRUNCATED


@pytest.mark.parametrize("language", ["ja", "ru"])
def test_a_policy_that_ends_within_a_character_is_truncated(language: str) -> None:
    page = policy(language)
    assert state(page[: page.rindex("</p><ul>")].encode()[:-1]) is State.TRUNCATED


def test_the_last_of_many_paragraphs_left_open_is_truncated_where_nothing_else_could_be() -> None:
    paragraphs = "".join(f"<p>{n}. {CLAUSES['en']}</p>" for n in range(40))
    page = f"<!doctype html><title>Privacy policy</title><h1>Privacy policy</h1>{paragraphs}"
    assert state(page.encode()) is State.OK
    assert state(page[:-30].encode()) is State.TRUNCATED
    assert state(page.replace("</p>", "").encode()) is State.OK


@pytest.mark.parametrize("whole", ["", "<div>"])
def test_a_fragment_of_a_page_never_began_as_a_whole_one(whole: str) -> None:
    paragraphs = "".join(f"<p>{n}. {CLAUSES['en']}</p>" for n in range(40))
    assert state(f"{whole}<h1>Privacy policy</h1>{paragraphs}".encode()) is State.OK


def test_what_follows_the_end_of_a_page_is_no_loss() -> None:
    assert state(f"{policy('en')}<!-- served by {'7' * 90} -->\n<script>ping()</script>".encode()) is State.OK


def home(language: str, stories: int, head: str = "") -> bytes:
    """A home page: stories under headings, and a policy only in its menu."""
    told = "".join(f"<h2>{n}</h2><p>{TALES[language]} {TALES[language]}</p>" for n in range(stories))
    menu = "<nav><ul><li><a href=/shop>Shop</a><li><a href=/privacy>Privacy policy</a></ul></nav>"
    top = f"<title>Lumentide – lamps for all</title>{head}"
    body = f"<body>{menu}<main><h1>Lumentide</h1>{told}</main></body>"
    return f"<!doctype html><html lang={language}><head>{top}</head>{body}</html>".encode()


@pytest.mark.parametrize("language", TALES)
@pytest.mark.parametrize("stories", [1, 4, 25])
@pytest.mark.parametrize("path", ["", "/", "/en", "/de-DE/", "/index.html", "/?from=privacy"])
def test_a_home_page_at_the_end_of_redirects_is_named(language: str, stories: int, path: str) -> None:
    assert state(home(language, stories), f"https://lumentide.example{path}") is State.REDIRECTED_HOME


@pytest.mark.parametrize("language", TALES)
@pytest.mark.parametrize(
    "head",
    [
        "<link rel=canonical href='https://lumentide.example/'>",
        "<meta property=og:url content='https://lumentide.example/'>",
    ],
)
def test_a_home_page_that_names_its_address_is_named_wherever_it_is_served(language: str, head: str) -> None:
    assert state(home(language, 12, head)) is State.REDIRECTED_HOME


def test_a_page_of_stories_elsewhere_is_merely_no_policy() -> None:
    assert state(home("en", 12)) is State.NOT_A_POLICY


@pytest.mark.parametrize("language", CLAUSES)
def test_a_policy_may_stand_at_the_root_of_its_host(language: str) -> None:
    assert state(policy(language).encode(), "https://privacy.lumentide.example/") is State.OK
