"""What is read off an HTML page: everything the document says, nothing of what stands around it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracker.extraction import extract
from tracker.model import Clause, Page, Policy

Read = Callable[[str], Policy]


def texts(policy: Policy) -> list[str]:
    return [clause.text for clause in policy.clauses]


def clause(policy: Policy, start: str) -> Clause:
    return next(c for c in policy.clauses if c.text.startswith(start))


def test_menus_banners_share_bars_and_footers_stay_out(framed: Callable[[str], str], policy_html: str) -> None:
    policy = extract(framed(policy_html).encode(), Page("text/html"))
    assert texts(policy)[0] == "Lumentide Privacy Policy"
    assert texts(policy)[-1].startswith("You may access, correct or delete")
    assert not any(
        word in policy.markdown for word in ("Summer sale", "Accept all", "Facebook", "Imprint", "©", "Skip to")
    )


def test_a_clause_knows_the_headings_above_it(read: Read) -> None:
    assert clause(read(""), "We do not sell").trail == ("Lumentide Privacy Policy", "2. Sharing")


def test_a_date_in_a_time_element_is_kept(read: Read) -> None:
    policy = read("<p>Effective date: <time datetime='2024-06-01'>June 1, 2024</time></p>")
    assert "Effective date: June 1, 2024" in texts(policy)
    assert policy.effective_date == "2024-06-01"


def test_a_relative_time_is_read_from_its_attribute(read: Read) -> None:
    policy = read(
        "<p>Section reviewed <time datetime='2024-06-01T10:00'>3 days ago</time> by counsel of the company</p>"
    )
    assert "Section reviewed 2024-06-01 by counsel of the company" in texts(policy)


def test_a_button_inside_a_heading_is_the_heading(read: Read) -> None:
    found = clause(
        read("<h2><button aria-expanded='false'>4. Retention</button></h2><p>We keep it for a year.</p>"), "4."
    )
    assert (found.kind, found.label) == ("heading", "4")


@pytest.mark.parametrize("hidden", ["style='display:none'", "hidden", "aria-hidden='true'", "class='collapse panel'"])
def test_collapsed_panels_are_kept(read: Read, hidden: str) -> None:
    assert "We keep lamp logs for twelve months." in texts(
        read(f"<h2>Logs</h2><div {hidden}><p>We keep lamp logs for twelve months.</p></div>")
    )


@pytest.mark.parametrize(
    "name", ["cookie-policy", "consent", "modal-content", "expand", "widget", "permission", "sidebar-layout"]
)
def test_class_names_do_not_make_a_document_furniture(
    framed: Callable[[str], str], policy_html: str, name: str
) -> None:
    policy = extract(framed(f"<div class='{name}'>{policy_html}</div>").encode(), Page("text/html"))
    assert "We do not sell personal data." in policy.markdown


def test_bare_text_in_a_div_is_a_paragraph(read: Read) -> None:
    assert (
        clause(read("<div>Lamps forget you after a reset.<div>So do bulbs.</div></div>"), "So do bulbs.").kind
        == "paragraph"
    )


def test_two_line_breaks_part_paragraphs_and_one_does_not(read: Read) -> None:
    policy = read("<div>Lamp Street 5<br>Glow Town<br><br>Write to us there.</div>")
    assert "Lamp Street 5 Glow Town" in texts(policy)
    assert "Write to us there." in texts(policy)


@pytest.mark.parametrize(
    ("opening", "first"),
    [
        ("<ol>", "1."),
        ("<ol start=3>", "3."),
        ("<ol type=a>", "a."),
        ("<ol type=I start=4>", "IV."),
        ("<ol><li value=7>x y z</li>", "8."),
    ],
)
def test_generated_numbers_are_text_and_label(read: Read, opening: str, first: str) -> None:
    found = next(c for c in read(f"{opening}<li>Lamps are sold as seen.</li></ol>").clauses if "sold as seen" in c.text)
    assert (found.text, found.kind, found.label) == (f"{first} Lamps are sold as seen.", "item", first.rstrip("."))


def test_a_number_that_is_written_is_not_generated_again(read: Read) -> None:
    assert "4.2 Lamps are lit." in texts(read("<ol><li>4.2 Lamps are lit.</li></ol>"))


def test_nested_lists_keep_their_depth(read: Read) -> None:
    policy = read("<ul><li>Lamps we make<ul><li>of glass we blow</li></ul></li></ul>")
    assert [(c.text, c.depth) for c in policy.clauses[-2:]] == [("Lamps we make", 0), ("of glass we blow", 1)]


def test_table_rows_join_their_cells(read: Read) -> None:
    policy = read(
        "<table><tr><th>Data</th><th>Kept for</th></tr><tr><td>Logs</td><td><p>12 months</p></td></tr></table>"
    )
    assert [(c.kind, c.text) for c in policy.clauses[-2:]] == [("row", "Data | Kept for"), ("row", "Logs | 12 months")]


def test_a_cell_that_spans_rows_is_told_once_and_empty_cells_keep_their_place(read: Read) -> None:
    policy = read(
        "<table><tr><th>Data</th><th>Whom</th><th>Why</th></tr><tr><td rowspan=2>Names</td><td>hosts</td><td>storage</td></tr>"
        "<tr><td>banks</td><td>payment</td></tr><tr><td>Logs</td><td></td><td>repair</td></tr></table>"
    )
    assert [c.text for c in policy.clauses[-3:]] == [
        "Names | hosts | storage",
        '" | banks | payment',
        "Logs | – | repair",
    ]


def test_columns_that_are_empty_throughout_are_none(read: Read) -> None:
    assert "Logs | a year" in texts(
        read("<table><tr><td></td><td>Logs</td><td>&nbsp;</td><td>a year</td></tr></table>")
    )


def test_a_table_marked_as_presentation_is_no_data(read: Read) -> None:
    assert "Lamps are lit." in texts(
        read("<table role=presentation><tr><td>Lamps are lit.</td><td>Bulbs too.</td></tr></table>")
    )


def test_lists_within_lists_without_text_do_not_deepen(read: Read) -> None:
    policy = read("<ul><li style='list-style:none'><ul><li>of glass we blow</li></ul></li></ul>")
    assert (policy.clauses[-1].text, policy.clauses[-1].depth) == ("of glass we blow", 0)


def test_a_picture_with_a_slogan_and_a_button_is_no_text(read: Read) -> None:
    card = "<div><img src=l><h3>Meet the new lamp</h3><p>Brighter than ever.</p><a href=/buy>Shop now</a></div>"
    assert (
        read(
            f"{card}<p>Lamps are yours to keep for ever, and we take them back when you have done with them.</p>"
        ).markdown
        == read("<p>Lamps are yours to keep for ever, and we take them back when you have done with them.</p>").markdown
    )


def test_a_picture_with_a_legal_text_and_a_button_is_text(read: Read) -> None:
    card = "<div><img src=l><p>You may opt out of the processing of your data.</p><a href=/out>Opt out</a></div>"
    assert "You may opt out of the processing of your data." in texts(read(f"{card}<p>Lamps are yours to keep.</p>"))


def test_a_note_at_the_side_that_repeats_the_text_is_told_once(read: Read) -> None:
    note = "<p>We answer within a day.</p>"
    assert texts(read(f"{note}<aside>{note}</aside>")).count("We answer within a day.") == 1


def test_a_title_told_twice_is_one(framed: Callable[[str], str], policy_html: str) -> None:
    twice = extract(framed("<h1>Lumentide Privacy Policy</h1>" + policy_html).encode(), Page("text/html"))
    assert twice.markdown == extract(framed(policy_html).encode(), Page("text/html")).markdown


def test_sections_marked_up_like_their_title_stand_below_it(framed: Callable[[str], str], policy_html: str) -> None:
    flat = policy_html.replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    assert (
        extract(framed(flat).encode(), Page("text/html")).markdown
        == extract(framed(policy_html).encode(), Page("text/html")).markdown
    )


def test_the_hub_that_a_document_stands_in_is_not_the_document(policy_html: str) -> None:
    hub = "<div class=hero><h1>Legal</h1><p>All our texts are kept in this place.</p><p>Privacy</p><p>Sale</p></div>"
    page = f"<html lang=en><body>{hub}<div class=text>{policy_html * 2}</div></body></html>"
    assert texts(extract(page.encode(), Page("text/html")))[0] == "Lumentide Privacy Policy"


def test_a_table_that_lays_out_the_page_is_no_data(framed: Callable[[str], str], policy_html: str) -> None:
    policy = extract(framed(f"<table><tr><td>{policy_html}</td></tr></table>").encode(), Page("text/html"))
    assert clause(policy, "We do not sell").kind == "paragraph"


def test_definition_lists_head_their_definitions(read: Read) -> None:
    policy = read("<dl><dt>Lamp</dt><dd>A device that shines.</dd></dl>")
    assert clause(policy, "A device").trail[-1] == "Lamp"


def test_details_keep_summary_and_content(read: Read) -> None:
    policy = read("<details><summary>Do lamps listen?</summary><p>They have no microphone.</p></details>")
    assert clause(policy, "They have no").trail[-1] == "Do lamps listen?"


def test_bold_only_paragraphs_are_headings(read: Read) -> None:
    policy = read("<p><b>5. Children</b></p><p>Lamps are not meant for children.</p>")
    assert (clause(policy, "5. Children").kind, clause(policy, "Lamps are not").trail[-1]) == ("heading", "5. Children")


def test_a_bold_word_in_a_sentence_is_no_heading(read: Read) -> None:
    assert clause(read("<p><b>Lamps</b> are bright.</p><p>So are bulbs.</p>"), "Lamps are").kind == "paragraph"


def test_date_lines_and_titles_before_the_container_are_kept(policy_html: str) -> None:
    body = policy_html.split("<p>Last updated: 4 May 2024</p>")[1]
    page = f"""<html><body><header class=hero><h1>Lumentide Privacy Policy</h1><p>Version of 4 May 2024</p></header>
    <nav><a href=/a>Lamps</a><a href=/b>Bulbs</a></nav><article>{body * 3}</article></body></html>"""
    policy = extract(page.encode(), Page("text/html"))
    assert texts(policy)[:2] == ["Lumentide Privacy Policy", "Version of 4 May 2024"]


def test_a_page_without_a_body_tag_is_read(policy_html: str) -> None:
    policy = extract(f"<html><title>Policy</title><main>{policy_html}</main></html>".encode(), Page("text/html"))
    assert texts(policy)[0] == "Lumentide Privacy Policy"


def test_an_announcement_before_the_title_is_not_the_document(framed: Callable[[str], str], policy_html: str) -> None:
    news = "<div><p>From 1 March 2027 on our lamps are no longer sold in shops. Visit the help centre to learn more about it.</p></div>"
    policy = extract(framed(news + policy_html * 2).encode(), Page("text/html"))
    assert texts(policy)[0] == "Lumentide Privacy Policy"


def test_an_introduction_before_the_first_section_is_kept(framed: Callable[[str], str], policy_html: str) -> None:
    sections = policy_html[policy_html.index("<h2>") :]
    intro = "<p>Lumentide makes lamps for every home, and this text says what they learn about you.</p>"
    policy = extract(framed(intro + sections * 3).encode(), Page("text/html"))
    assert texts(policy)[0].startswith("Lumentide makes lamps")


def test_buttons_that_open_text_are_titles_and_others_are_no_text(read: Read) -> None:
    panel = "<div hidden><p>They do so for a year, and then they forget it all for good.</p></div>"
    policy = read(f"<button>Do lamps remember?</button>{panel}<button>Copy</button><button>Print</button>")
    assert clause(policy, "They do so").trail[-1] == "Do lamps remember?"
    assert not {"Copy", "Print"} & set(texts(policy))


def test_headings_of_menus_after_the_document_are_dropped(read: Read) -> None:
    assert "Explore lamps" not in texts(read("<p>Lamps are yours to keep.</p>" * 9 + "<h3>Explore lamps</h3>"))


def test_a_dialog_about_consent_is_no_part_of_the_document(read: Read) -> None:
    dialog = "<div class='modal main' id='x-consent-info'><h3>How we use cookies</h3><p>We may set cookies on your device.</p></div>"
    assert "set cookies on your device" not in read(dialog).markdown


def test_links_are_kept_apart_from_the_text(framed: Callable[[str], str], policy_html: str) -> None:
    page = framed(policy_html + "<p>See the <a href='/dpa?utm=1'>processing terms</a>.</p>")
    policy = extract(page.encode(), Page("text/html", url="https://lumentide.example/legal/privacy"))
    found = clause(policy, "See the processing terms.")
    assert [(link.text, link.url) for link in found.links] == [
        ("processing terms", "https://lumentide.example/dpa?utm=1")
    ]


def test_links_side_by_side_do_not_run_together(read: Read) -> None:
    assert (
        "Older terms Newer terms of the lamps apply here too."
        in read("<p><a href=/o>Older terms</a><a href=/n>Newer terms</a> of the lamps apply here too.</p>").markdown
    )


def test_hidden_mail_addresses_are_the_same_on_every_visit(read: Read) -> None:
    def hidden(key: int) -> str:
        code = bytes([key, *(byte ^ key for byte in b"dpo@lumentide.example")]).hex()
        link = f"<a class='__cf_email__' href='/cdn-cgi/l/email-protection' data-cfemail='{code}'>[email&#160;protected]</a>"
        return f"<p>Write to {link} now.</p>"

    assert read(hidden(0x5A)).markdown == read(hidden(0x13)).markdown
    assert "Write to dpo@lumentide.example now." in texts(read(hidden(0x5A)))


def test_relative_times_counters_and_questions_are_dropped(read: Read) -> None:
    plain = read("")
    noisy = read("<p>Updated over 2 weeks ago</p><p>Was this article helpful?</p><p>5 min read</p><p>1,204 views</p>")
    assert noisy.markdown == plain.markdown


def test_signup_forms_stay_out_and_a_form_around_the_page_does_not(
    framed: Callable[[str], str], policy_html: str
) -> None:
    signup = "<form><p>Lamp news every week, unsubscribe whenever you like.</p><input type=email></form>"
    page = framed(f"<form>{policy_html}<input type=hidden></form>{signup}")
    policy = extract(page.encode(), Page("text/html"))
    assert "We do not sell" in policy.markdown
    assert "Lamp news" not in policy.markdown


def test_the_same_page_gives_the_same_text_every_time(framed: Callable[[str], str], policy_html: str) -> None:
    page = framed(policy_html + "<p>Lamps may change colour without notice to you.</p>" * 4).encode()
    assert len({extract(page, Page("text/html")).markdown for _ in range(10)}) == 1


def test_repeated_clauses_are_all_kept(read: Read) -> None:
    assert texts(read("<p>No warranty is given for lamps.</p>" * 3)).count("No warranty is given for lamps.") == 3


def test_other_link_targets_do_not_change_the_text(framed: Callable[[str], str], policy_html: str) -> None:
    first, second = (
        extract(framed(policy_html + f"<p>See <a href='/a?session={n}'>lamps</a>.</p>").encode(), Page("text/html"))
        for n in (1, 2)
    )
    assert first.markdown == second.markdown


def test_equal_wording_gives_equal_text_whatever_the_markup(framed: Callable[[str], str]) -> None:
    one = "<h1>Terms of use</h1><p>You may not “resell” lamps — ever.</p><h2>Liability</h2><p>We are liable for lamps.</p>"
    other = (
        "<div class='x1'><h1 id=q><span>Terms of&nbsp;use</span></h1><section><p>You may not \"resell\" lamps\n — ever.</p></section>"
        "<h3>Lia&shy;bility</h3><div>We are <em>liable</em> for\u200b lamps.</div></div>"
    )
    assert (
        extract(framed(one * 3).encode(), Page("text/html")).markdown
        == extract(framed(other * 3).encode(), Page("text/html")).markdown
    )


def test_select_and_remove_win_over_what_is_found(framed: Callable[[str], str], policy_html: str) -> None:
    page = framed(policy_html + "<div id=eu><h2>EU</h2><p>Lamps obey.</p><p class=ad>Buy lamps!</p></div>").encode()
    policy = extract(page, Page("text/html", select=("#eu",), remove=(".ad",)))
    assert texts(policy) == ["EU", "Lamps obey."]


def test_selectors_that_match_nothing_are_as_if_not_set(framed: Callable[[str], str], policy_html: str) -> None:
    page = framed(policy_html).encode()
    assert (
        extract(page, Page("text/html", select=(".gone", "p[["))).markdown == extract(page, Page("text/html")).markdown
    )


def test_start_and_until_headings_cut_one_document_out_of_a_page(
    read: Read, framed: Callable[[str], str], policy_html: str
) -> None:
    policy = extract(framed(policy_html).encode(), Page("text/html", start="2. sharing", until="3. Your Rights"))
    assert [c.text[:14] for c in policy.clauses] == ["2. Sharing", "We do not sell"]


def test_metadata_dates_are_hints_and_not_stated_dates(framed: Callable[[str], str], policy_html: str) -> None:
    meta = """<meta property="article:modified_time" content="2026-01-02T03:04:05Z">
    <script type="application/ld+json">{"@graph": [{"dateModified": "2026-02-03"}]}</script></head>"""
    policy = extract(framed(policy_html).replace("</head>", meta).encode(), Page("text/html"))
    assert policy.hints == {"article:modified_time": "2026-01-02", "json-ld dateModified": "2026-02-03"}
    assert policy.updated_date == "2024-05-04"


@pytest.mark.parametrize("early", ["</body></html>", "</html>", "</BODY>"])
def test_what_comes_after_an_early_end_of_the_page_belongs_to_it(early: str) -> None:
    html = f"""<html><body><h1>Privacy Policy</h1><p>We collect your name when you order from us.</p>{early}
      <h2>Sharing</h2><p>We share your name with those who carry parcels for us.</p></body></html>"""
    assert "those who carry parcels" in extract(html.encode(), Page("text/html")).markdown


def test_elements_side_by_side_state_a_date_and_words_stay_whole(read: Callable[[str], Policy]) -> None:
    policy = read("<p><span>In force since</span><span>June 2, 2025</span></p><p><b>L</b>amps <i>s</i>hine.</p>")
    assert policy.effective_date == "2025-06-02"
    assert policy.clauses[-1].text == "Lamps shine."


@pytest.mark.parametrize("end", ["</body>", "</BODY class=page>", "</html><p>", '</html title=">">', "</body/>"])
def test_words_after_the_end_of_the_page_are_read(end: str) -> None:
    """Browsers show them."""
    policy = extract(
        f"<html><body><h1>Lamp privacy policy</h1><p>We keep data.</p>{end}Worms glow.".encode(), Page("text/html")
    )
    assert policy.clauses[-1].text == "Worms glow."
