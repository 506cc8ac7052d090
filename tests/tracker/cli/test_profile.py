import json
import re

import pytest
from bracken import THISTLE, look

from tracker import History


def test_a_profile_gives_each_fact_with_its_words_and_its_clause(run):
    output = run("profile bracken").output
    assert "version 3, seen from 2026-03-06 09:00 UTC" in output
    assert re.search(r"kept for +12 months +“.*account for 12 months.* +clause \d+, 4\. Retention", output)
    assert re.search(r"e-mail address +“.*your e-mail address", output)


def test_denials_are_facts_and_silence_is_no_denial(run):
    output = run("profile bracken").output
    assert re.search(r"sale +denied: selling data", output)
    assert re.search(r"fees +nothing found", output)
    assert "the text may still say it" in output


def test_of_a_day_the_text_in_force_then_is_told(run):
    assert re.search(r"kept for +24 months", run("profile bracken --at 2026-01-20").output)


def test_several_policies_stand_side_by_side_in_the_order_in_which_they_are_named(run):
    output = run("profile thistle bracken").output
    assert re.search(r"^ +thistle/ +bracken/$", output, re.MULTILINE)
    assert re.search(r"kept for +6 months \[\d+\] +12 months \[\d+\]", output)
    assert re.search(r"AI training +nothing found +AI training", output)


def test_machines_get_every_fact_with_clauses_and_what_was_not_found(run):
    thistle, bracken = json.loads(run("profile thistle bracken --json").stdout)
    [kept] = [fact for fact in bracken["facts"] if fact["kind"] == "retention"]
    assert (kept["topic"], kept["value"]) == ("Data Retention", "365 days")
    assert kept["clauses"][0]["text"].startswith("We keep the data of your account")
    assert kept["clauses"][0]["trail"][-1] == "4. Retention"
    assert "training" in thistle["nothing_found"]
    assert "training" not in bracken["nothing_found"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("profile nobody", 'There is no document "nobody"'),
        ("profile bracken --at 2020-01-01", "had been seen by 2020-01-01"),
        ("profile '*'", "There is room for 4 policies side by side, and these are 6"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(run, watched, line, expected):
    with History(watched / "history.db") as history:
        for kind in ("terms", "cookies", "app", "shop"):
            text = f"# {kind}\n\nWe collect your name and your e-mail address when you write to us about {kind}.\n" * 9
            other = type(THISTLE)(vendor="Thistle", kind=kind, url=f"https://thistle.example/{kind}")
            look(history, 1, f"# Privacy Policy\n\n{text}", other)
    assert expected in run(line, code=2).stderr


def test_a_document_that_had_not_been_seen_yet_is_left_out_with_a_word(run):
    result = run("profile bracken thistle --at 2026-01-06")
    assert "No text of thistle/privacy had been seen by 2026-01-06" in result.stderr
    assert result.stdout.startswith("Bracken")
    assert "thistle" not in result.stdout
