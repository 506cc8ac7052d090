import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tracker.model import Change, Clause, ClauseChange
from tracker.rendering.caption import Caption, Side
from tracker.rendering.inks import COLOUR, PLAIN, written
from tracker.rendering.terminal import redline, redline_in_place

CAPTION = Caption(
    vendor="Acme & Söhne",
    document="acme/privacy",
    url="https://acme.example/privacy",
    old=Side(version=1, first_seen=datetime(2026, 1, 1, tzinfo=UTC), updated="2024-01-01"),
    new=Side(version=2, first_seen=datetime(2026, 3, 4, tzinfo=UTC), updated="2024-01-01"),
)


@pytest.fixture
def plain(change):
    return written(redline(change, CAPTION, PLAIN), 100, PLAIN)


@pytest.fixture
def coloured(change):
    return written(redline(change, CAPTION, COLOUR), 100, COLOUR)


def test_without_colour_marks_show_what_was_inserted_and_deleted(plain):
    assert "We keep logs for [-12-][+24+] months." in plain
    assert "[-We never <b>sell</b> your data.-]" in plain
    assert "\x1b" not in plain


def test_with_colour_insertions_are_underlined_and_deletions_struck(coloured):
    assert "\x1b[9;31m12\x1b[0m" in coloured
    assert "\x1b[4;94m24\x1b[0m" in coloured


def test_what_is_copied_out_of_a_coloured_terminal_still_tells_old_from_new(coloured, plain):
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_changes_are_numbered_most_material_first(plain):
    found = re.findall(r"^ +(\d)  (\w+)  (\w+)", plain, re.MULTILINE)
    assert found == [
        ("1", "CRITICAL", "removed"),
        ("2", "HIGH", "modified"),
        ("3", "MEDIUM", "added"),
        ("4", "NONE", "moved"),
    ]


def test_each_change_says_where_it_stands_why_it_matters_and_what_it_is_about(plain):
    assert "Privacy Policy › 3. Sharing" in plain
    assert "data is kept longer — “24 months”" in plain
    assert "Data Retention" in plain


def test_the_heading_says_who_which_versions_and_how_bad(plain):
    heading = plain.split("\n\n")[0]
    for words in (
        "Acme & Söhne",
        "acme/privacy",
        "version 1, first seen 2026-01-01 00:00 UTC, updated 2024-01-01",
        "version 2",
        "CRITICAL",
        "silent",
    ):
        assert words in heading


def test_long_unchanged_words_are_folded_and_unchanged_clauses_counted(plain):
    assert "… " in plain
    assert plain.count("We tell you here") == 0
    assert "2 unchanged" in plain


def test_counts_and_a_legend_end_it(plain):
    counts, legend = plain.splitlines()[-2:]
    assert counts.startswith("1 modified, 1 removed, 1 added, 1 moved")
    assert "[+inserted+]" in legend
    assert "[-deleted-]" in legend


def test_no_line_is_wider_than_the_terminal(change):
    for width in (40, 80, 132):
        lines = written(redline(change, CAPTION, PLAIN), width, PLAIN).splitlines()
        assert max(map(len, lines)) <= width


def test_in_place_every_clause_of_the_new_text_stands_in_its_order(change, new):
    text = written(redline_in_place(change, CAPTION, new, PLAIN), 2000, PLAIN)
    accepted = re.sub(r"\[\+|\+\]|\[>|<\]", "", re.sub(r"\[-.*?-\]|\[<.*?>\]", "", text))
    places = [accepted.index(clause.text, accepted.index("Privacy Policy")) for clause in new.clauses]
    assert places == sorted(places)


def test_in_place_what_is_gone_stands_after_what_was_before_it(change, new):
    text = written(redline_in_place(change, CAPTION, new, PLAIN), 2000, PLAIN)
    assert (
        text.index("[+24+]")
        < text.index("[-We never")
        < text.index("[<Lamps")
        < text.index("Nothing new")
        < text.index("[>Lamps")
    )


def test_a_page_cannot_steer_the_terminal(change):
    hostile = ClauseChange("added", new=(Clause("\x1b[2Jgone\x07", trail=("\x1b]0;title\x07",)),), new_at=(0,))
    text = written(redline(type(change)("x", summary="\x1b[1m", clauses=(hostile,)), CAPTION, PLAIN), 100, PLAIN)
    assert "\x1b" not in text
    assert "\x07" not in text


def test_square_brackets_of_a_page_are_no_markup_of_ours(change):
    brackets = ClauseChange("added", new=(Clause("see [bold]this[/bold] [link=x]y[/link]"),), new_at=(0,))
    text = written(redline(type(change)("x", clauses=(brackets,)), CAPTION, PLAIN), 100, PLAIN)
    assert "[+see [bold]this[/bold] [link=x]y[/link]+]" in text


def test_ends_of_paragraphs_that_came_or_went_can_be_seen(change):
    split = replace(change.clauses[0], op="split", words=(("=", "One."), ("-", " "), ("+", "\n"), ("=", "Two.")))
    merged = replace(split, op="merged", words=(("=", "One."), ("-", "\n"), ("+", " "), ("=", "Two.")))
    text = written(redline(replace(change, clauses=(split, merged)), CAPTION, PLAIN), 100, PLAIN)
    assert "One.[- -][+¶\n    +]Two." in text
    assert "One.[-¶-][+ +]Two." in text


def test_in_place_lists_and_tables_stand_together_and_apart_from_all_else(old):
    kinds = ("heading", "paragraph", "item", "item", "paragraph", "row", "row")
    clauses = tuple(Clause(f"{kind} {at}", kind, depth=int(kind == "heading")) for at, kind in enumerate(kinds))
    still = Change(id="0", kept=tuple((at, at) for at in range(len(kinds))))
    text = written(redline_in_place(still, CAPTION, replace(old, clauses=clauses), PLAIN), 60, PLAIN)
    body = [line.strip() for line in text.splitlines()]
    assert body[body.index("# heading 0") : body.index("| row 6") + 2] == [
        "# heading 0", "", "paragraph 1", "", "• item 2", "• item 3", "", "paragraph 4", "", "| row 5", "| row 6", "",
    ]  # fmt: skip


def test_changes_of_form_take_a_line_each(change):
    quiet = tuple(replace(change.clauses[3], new_at=(at,)) for at in (4, 5, 6))
    text = written(redline(replace(change, clauses=quiet), CAPTION, PLAIN), 60, PLAIN)
    assert text.split("\n\n")[1].splitlines() == [f"  {n}  NONE  moved  Lamps report their light." for n in (1, 2, 3)]
