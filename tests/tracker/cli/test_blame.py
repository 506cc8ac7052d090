import json
from datetime import timedelta

import pytest
from bracken import LAST, START, look

from tracker import History


def day(number):
    return (START + timedelta(days=number)).isoformat()


@pytest.fixture
def blamed(run):
    """The clauses that `blame` lists, each found by words of its text."""

    def blamed(line, words):
        clauses = json.loads(run(f"blame {line} --json").stdout)["clauses"]
        [found] = [clause for clause in clauses if words in clause["text"]]
        return found

    return blamed


def test_a_clause_that_no_change_touched_stands_since_the_first_look(blamed):
    found = blamed("bracken", "You may ask us for access")
    assert (found["since"], found["otherwise"], found["change"], found["level"]) == (day(0), None, None, None)


def test_an_added_clause_stands_since_the_change_that_added_it(blamed):
    found = blamed("bracken", "train our AI models")
    assert (found["since"], found["otherwise"], found["change"], found["op"]) == (day(60), day(50), 3, "added")
    assert found["level"] != "none"


def test_a_changed_clause_came_between_the_last_look_that_read_it_otherwise_and_the_first_that_read_it_so(blamed):
    found = blamed("bracken --version 2", "24 months")
    assert (found["since"], found["otherwise"]) == (day(7), day(2))  # nothing was seen on day 5


def test_a_clause_that_is_back_stands_since_it_came_back_and_had_been_there_before(blamed):
    found = blamed("bracken", "12 months")
    assert (found["since"], found["change"]) == (day(40), 2)
    assert found["read_so_before"] == [day(0), day(2)]


def test_a_return_leaves_other_clauses_alone(blamed):
    assert blamed("bracken", "complain to the data protection")["since"] == day(0)


def test_changes_of_form_are_passed_over(blamed):
    assert "THE TIMES" in LAST
    assert blamed("bracken", "THE TIMES")["since"] == day(0)
    assert blamed("bracken", "5. Your rights")["since"] == day(0)


def test_a_stated_date_stands_since_it_was_stated(blamed):
    assert blamed("bracken", "Last updated")["since"] == day(60)


def test_the_text_of_another_day_is_blamed_as_it_was_known_then(blamed):
    assert blamed("bracken --at 2026-01-20", "24 months")["change"] == 1
    assert blamed("bracken --at 2026-01-06", "12 months")["read_so_before"] is None


def test_all_forms_of_a_clause_are_told_with_the_changes_of_form(run):
    clauses = json.loads(run("blame bracken --json").stdout)["clauses"]
    number = next(c["number"] for c in clauses if "12 months" in c["text"])
    record = json.loads(run(f"blame bracken --history {number} --json").stdout)
    assert ["24" if "24" in form["text"] else "12" for form in record["forms"]] == ["12", "24", "12"]
    assert [form["change"] for form in record["forms"]] == [2, 1, None]
    heading = next(c["number"] for c in clauses if c["text"] == "5. Your rights")
    output = run(f"blame bracken --history {heading}").output
    assert "renumbered in change 3" in output
    assert "4. Your rights" in output
    assert "since when is not known" in output


def test_people_see_dates_changes_and_levels_beside_the_text(run):
    lines = run("blame bracken").output.splitlines()
    at = next(i for i, line in enumerate(lines) if "train our AI models" in line)
    assert any("2026-03-06 #3" in line for line in lines[: at + 1])
    assert any("first look" in line for line in lines)


def test_a_split_and_a_merged_clause_are_followed_through(run, watched, blamed):
    sentence = "You may complain to the data protection authority of your country."
    parted = LAST.replace(f" {sentence}", f"\n\n{sentence}")
    with History(watched / "history.db") as history:
        look(history, 70, parted)
        assert blamed("bracken", "You may complain")["since"] == day(0)
        look(history, 80, LAST.replace("one month", "two months"))
    found = blamed("bracken", "You may complain")
    assert (found["since"], found["otherwise"]) == (day(80), day(70))


def test_versions_extracted_anew_are_compared_anew(run, watched, blamed):
    with History(watched / "history.db") as history:
        history.db.execute(
            "UPDATE changes SET old = 2, new = 2, ruleset = id"
        )  # no stored change is of these versions any more
    found = blamed("bracken", "train our AI models")
    assert (found["since"], found["change"], found["op"]) == (day(60), 3, "added")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("blame nobody", 'There is no document "nobody"'),
        ("blame bracken --version 9", "has no version 9; there are: 1, 2, 3"),
        ("blame bracken --at 2020-01-01", "had been seen by 2020-01-01"),
        ("blame bracken --history 99", "has no clause 99"),
        ("blame bracken --version 1 --at 2026-01-20", "not both"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(run, line, expected):
    assert expected in run(line, code=2).stderr
