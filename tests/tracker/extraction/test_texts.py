"""Plain text and Markdown keep their structure."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.extraction import extract
from tracker.model import Link, Page, Policy
from tracker.wording import fold


def markdown(text: str) -> Policy:
    return extract(text.encode(), Page("text/markdown"))


def plain(text: str) -> Policy:
    return extract(text.encode(), Page("text/plain"))


def shapes(policy: Policy) -> list[tuple[str, int, str]]:
    return [(c.kind, c.depth, c.text) for c in policy.clauses]


def test_headings_of_both_kinds() -> None:
    policy = markdown("Lamp terms\n==========\n\nSale\n----\n\nPay first.\n\n### Refunds ###\n\nNone.")
    assert shapes(policy) == [
        ("heading", 1, "Lamp terms"),
        ("heading", 2, "Sale"),
        ("paragraph", 0, "Pay first."),
        ("heading", 3, "Refunds"),
        ("paragraph", 0, "None."),
    ]
    assert policy.clauses[-1].trail == ("Lamp terms", "Sale", "Refunds")


def test_lists_with_every_marker_and_nesting() -> None:
    policy = markdown("* one lamp\n+ two lamps\n- three\n    * inner lamp\n3. third\n4) fourth")
    assert shapes(policy) == [
        ("item", 0, "one lamp"),
        ("item", 0, "two lamps"),
        ("item", 0, "three"),
        ("item", 1, "inner lamp"),
        ("item", 0, "3. third"),
        ("item", 0, "4. fourth"),
    ]


def test_links_emphasis_escapes_pictures_and_entities() -> None:
    (found,) = markdown(
        r'We **never** _sell_ data\* to [our partners](https://p.example/a_(b) "x") &amp; ![logo](l.png)friends_of_us.'
    ).clauses
    assert found.text == "We never sell data* to our partners & friends_of_us."
    assert found.links == (Link("our partners", "https://p.example/a_(b)"),)


def test_an_escaped_number_is_no_list() -> None:
    assert shapes(markdown("2023\\. What a year it was for lamps.")) == [
        ("paragraph", 0, "2023. What a year it was for lamps.")
    ]


def test_tables_quotes_rules_and_breaks() -> None:
    policy = markdown(
        "| Data | Why |\n| --- | --- |\n| Logs | repair<br>safety |\n\n* * *\n\n> Lamp Street 5  \n> Glow Town"
    )
    assert shapes(policy) == [
        ("row", 0, "Data | Why"),
        ("row", 0, "Logs | repair safety"),
        ("paragraph", 0, "Lamp Street 5 Glow Town"),
    ]


def test_wrapped_lines_are_one_paragraph_in_markdown() -> None:
    assert shapes(markdown("Lamps shine\nall night.")) == [("paragraph", 0, "Lamps shine all night.")]


def test_bold_lines_are_headings() -> None:
    assert markdown("**2.1 Lamps**\n\nThey shine.").clauses[0].kind == "heading"


def test_plain_text_is_read_by_lines_and_its_headings_are_guessed() -> None:
    policy = plain(
        "Lamp Policy\n\nWe collect data.\n\nYOUR RIGHTS.\nAsk us for a copy.\n· a bullet we drew\n1. An enumerated sentence about lamps."
    )
    assert [(c.kind, c.text) for c in policy.clauses] == [
        ("heading", "Lamp Policy"),
        ("paragraph", "We collect data."),
        ("heading", "YOUR RIGHTS."),
        ("paragraph", "Ask us for a copy."),
        ("item", "a bullet we drew"),
        ("paragraph", "1. An enumerated sentence about lamps."),
    ]


def test_markers_of_removed_links_and_share_bars_are_no_text() -> None:
    policy = plain(
        "Lamp Policy\n\nSee {removed href} {removed hyperref} for lamps.\n\n{removed href} Facebook {removed href} Twitter Email Share"
    )
    assert [c.text for c in policy.clauses] == ["Lamp Policy", "See for lamps."]


def test_the_tail_of_a_saved_page_is_no_text() -> None:
    policy = plain(
        "Lamp Policy\n\nWe collect data.\n\nThis site uses cookies. By continuing to browse you agree to our use of cookies."
        "\n\nAccept All\n\n© 2026 Lumentide. All rights reserved."
    )
    assert [c.text for c in policy.clauses][-1] == "We collect data."


def test_control_characters_and_spaces_of_all_kinds_are_normalised() -> None:
    assert plain("We\u00a0\u2003collect\u200b da\u00adta\x07\ufeff.").clauses[0].text == "We collect data."


def test_quotes_are_spelled_one_way() -> None:
    assert plain("The “lamp” isn’t ours.").markdown == plain('The "lamp" isn\'t ours.').markdown


def test_html_in_markdown_keeps_its_structure() -> None:
    policy = markdown(
        "<div>\n<h2>Sale</h2>\n<p>Pay <b>first</b>.</p><ul>\n<li>by card</li><li>in cash</li></ul>\n</div>\n<!-- a note\nto us -->\n"
        "<table><tr><td>Logs</td><td>a year</td></tr></table>"
    )
    assert policy.markdown == "# Sale\n\nPay first.\n\n- by card\n- in cash\n\n| Logs | a year |"


def test_links_defined_elsewhere_are_links() -> None:
    (found,) = markdown(
        'See [our terms][1] and [privacy].\n\n[1]: https://l.example/t "T"\n[Privacy]: <https://l.example/p>'
    ).clauses
    assert found.text == "See our terms and privacy."
    assert found.links == (Link("our terms", "https://l.example/t"), Link("privacy", "https://l.example/p"))


def test_tables_without_frames_and_with_empty_cells_keep_their_columns() -> None:
    policy = markdown("Data | Why | Kept\n--- | --- | ---\nLogs | | a year\n\n| A | B |\n|---|---|\n| | lamps |\n")
    assert [c.text for c in policy.clauses] == ["Data | Why | Kept", "Logs | – | a year", "A | B", "lamps"]


def test_columns_that_only_make_room_are_none() -> None:
    policy = markdown("| | Logs | | a year |\n| --- | --- | --- | --- |\n| | Names | | |")
    assert [c.text for c in policy.clauses] == ["Logs | a year", "Names"]


def test_front_matter_is_no_text() -> None:
    assert (
        markdown("---\ntitle: Terms\nlayout: legal\n---\n\n# Terms\n\nLamps are lit.").markdown
        == "# Terms\n\nLamps are lit."
    )


def test_underlined_headings_and_wrapped_paragraphs_of_plain_text() -> None:
    text = """
    PRIVACY
    =======

    Collection
    ----------

    We collect data when you use a lamp of ours at home, and we
    keep it for a year.

    * with hosts
    * with banks
    """
    assert plain("\n".join(line.strip() for line in text.split("\n"))).markdown == (
        "# PRIVACY\n\n## Collection\n\nWe collect data when you use a lamp of ours at home, and we keep it for a year.\n\n"
        "- with hosts\n- with banks"
    )


def test_numbered_sections_of_plain_text_are_a_tree() -> None:
    policy = plain(
        "Terms of Service\n\n1. Scope\n1.1 These terms apply to lamps.\n1.2 They do not apply to bulbs.\n\n2. Law\n2.1 Ours."
    )
    assert shapes(policy)[:3] == [
        ("heading", 1, "Terms of Service"),
        ("heading", 2, "1. Scope"),
        ("paragraph", 0, "1.1 These terms apply to lamps."),
    ]
    assert policy.clauses[-1].trail == ("Terms of Service", "2. Law")


def test_lines_of_an_address_are_no_headings() -> None:
    policy = plain("Contact us:\nLumentide Ltd\nLamp Street 5\nGlow Town\nWe answer within a month of your letter.")
    assert {c.kind for c in policy.clauses[:3]} == {"paragraph"}


@pytest.mark.parametrize(
    ("file", "effective", "updated"),
    [("002_", "2020-12-15", None), ("003_", None, "2023-11"), ("004_", None, None), ("000_", None, None)],
)
def test_the_first_vendors_dates(shared: Path, file: str, effective: str | None, updated: str | None) -> None:
    (path,) = (shared / "seeds").glob(f"{file}*.txt")
    policy = extract(path.read_bytes(), Page("text/plain"))
    assert (policy.state, policy.effective_date, policy.updated_date) == ("ok", effective, updated)


def test_two_renderings_of_one_policy_have_the_same_wording(shared: Path) -> None:
    one, other = (
        [fold(c.text) for c in extract(path.read_bytes(), Page("text/plain")).clauses]
        for path in sorted((shared / "seeds").glob("00[01]_*.txt"))
    )
    assert one == other


@pytest.mark.parametrize(
    "line",
    [
        "Lumentide Ltd, 12 Lamp Street, Lamp Town LT1 2AB. Copyright 2026 Lumentide",
        "© 2026 Lumentide, New Road, Lamp Town. dpo@lumentide.example",
        "© 2026 Lumentide. We sell your data to brokers.",
        "We sell your location to brokers. © 2026 Lumentide",
        "All rights reserved. We may sell your data to brokers.",
    ],
)
def test_what_is_said_beside_a_line_of_copyright_stays(line: str) -> None:
    text = f"# Lamp Policy\n\nWe light streets.\n\n{line}"
    assert extract(text.encode(), Page("text/markdown")).clauses[-1].text == line
