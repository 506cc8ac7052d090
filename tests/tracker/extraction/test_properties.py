"""What never changes the canonical text: markup that says nothing, whatever stands around the document, reading it back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.extraction import extract
from tracker.model import Page, Policy

QUICK = settings(
    max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
NAMES = {
    "en": ["Lamps", "Bulbs", "About us", "Help", "Careers", "Blog", "Privacy", "Terms", "Sign in"],
    "de": ["Lampen", "Birnen", "Über uns", "Hilfe", "Karriere", "Datenschutz", "AGB", "Impressum", "Anmelden"],
    "fr": ["Lampes", "Ampoules", "À propos", "Aide", "Carrières", "Confidentialité", "CGU", "Connexion"],
    "es": ["Lámparas", "Bombillas", "Nosotros", "Ayuda", "Empleo", "Privacidad", "Condiciones", "Acceder"],
    "ja": ["ランプ", "電球", "会社概要", "ヘルプ", "採用情報", "プライバシー", "利用規約", "ログイン"],
}
BANNERS = [
    ("We use cookies.", "Accept all", "Reject all"),
    ("Wir verwenden Cookies.", "Alle akzeptieren", "Ablehnen"),
    ("Nous utilisons des cookies.", "Tout accepter", "Tout refuser"),
    ("Usamos cookies.", "Aceptar", "Rechazar"),
]


def understood(page: str) -> Policy:
    return extract(page.encode(), Page("text/html"))


def mixed(draw: Callable[[st.SearchStrategy[str]], str], page: str) -> str:
    """The page with noise before and within some of its tags, and some of them in capitals."""
    noise = st.sampled_from(["", "", "", "<!-- 7 -->", "\n\n  ", "<script>var a = 7</script>"])
    attributes = st.sampled_from(
        ["", "", " class='css-1x'", " data-n=8 id=r7", " id=r7 data-n=8", " style='color:red'"]
    )

    def change(found: re.Match[str]) -> str:
        name = found[1].upper() if draw(st.sampled_from("ab")) == "a" else found[1]
        return f"{draw(noise)}<{name}{draw(attributes)}>"

    return re.sub(r"<(p|h1|h2|ul)>", change, page)


@QUICK
@given(data=st.data())
def test_markup_that_says_nothing_changes_nothing(
    data: st.DataObject, framed: Callable[[str], str], policy_html: str
) -> None:
    changed = framed(mixed(data.draw, policy_html))
    assert understood(changed).markdown == understood(framed(policy_html)).markdown


@QUICK
@given(data=st.data())
def test_what_stands_around_changes_nothing(data: st.DataObject, policy_html: str) -> None:
    names = data.draw(
        st.lists(st.sampled_from(NAMES[data.draw(st.sampled_from(sorted(NAMES)))]), min_size=3, max_size=9)
    )
    text, yes, no = data.draw(st.sampled_from(BANNERS))
    menu = "".join(f"<li><a href='/{at}'>{name}</a></li>" for at, name in enumerate(names))
    top = data.draw(
        st.sampled_from(["<nav><ul>{}</ul></nav>", "<header><ul>{}</ul></header>", "<div class=menu><ul>{}</ul></div>"])
    )
    end = data.draw(
        st.sampled_from(["<footer><ul>{}</ul></footer>", "<footer><p>© 2026 Lumentide</p><ul>{}</ul></footer>", ""])
    )
    banner = f"<div class=cookie-banner><p>{text}</p><button>{yes}</button><button>{no}</button></div>"
    before, after = data.draw(st.sampled_from([(banner, ""), ("", banner), ("", "")]))
    page = f"<html lang=en><body>{before}{top.format(menu)}<main>{policy_html}</main>{end.format(menu)}{after}</body></html>"
    assert understood(page).markdown == understood(f"<html lang=en><body>{policy_html}</body></html>").markdown


WORDS = st.lists(
    st.sampled_from(
        "we keep your data for one year lamps 5 § 3.2 (a) [x] *star* _under_ a|b # > - <tag> &amp;".split()
    ),
    min_size=3,
    max_size=9,
)
BLOCKS = st.lists(st.tuples(st.sampled_from(["p", "h2", "h3", "li"]), WORDS.map(" ".join)), min_size=1, max_size=8)


@pytest.mark.parametrize("content_type", ["text/markdown", "text/html", "text/plain"])
@QUICK
@given(body=st.text(max_size=300))
def test_extraction_never_raises(content_type: str, body: str) -> None:
    policy = extract(body.encode("utf-8", "surrogatepass"), Page(content_type))
    policy.markdown.encode("utf-8")


@QUICK
@given(blocks=BLOCKS)
def test_canonical_markdown_reads_back_as_itself(blocks: list[tuple[str, str]]) -> None:
    marks = {"p": "", "h2": "## ", "h3": "### ", "li": "- "}
    source = "# Privacy policy\n\n" + "\n\n".join(
        marks[tag] + re.sub(r"[\[\]<>&|#*_]", "", text) for tag, text in blocks
    )
    once = extract(source.encode(), Page("text/markdown"))
    again = extract(once.markdown.encode(), Page("text/markdown"))
    assert again.markdown == once.markdown
