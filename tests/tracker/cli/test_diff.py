import json
from typing import get_args

import pytest
from bracken import FIRST, WEAKER
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from word_reading import text

from tracker.model import LEVELS, ClauseChange, DateNote, DateRole, Direction, Kind, Op


@pytest.fixture
def schema(run):
    return json.loads(run("diff --json-schema").stdout)


def closed(schema):
    """The schema, refusing keys that it does not describe."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    more = {"additionalProperties": False} if "properties" in schema else {}
    return {key: closed(value) for key, value in schema.items()} | more


@pytest.fixture
def files(watched):
    (watched / "old.md").write_text(FIRST, encoding="utf-8")
    (watched / "new.md").write_text(WEAKER, encoding="utf-8")


LINES = ["diff 1", "diff bracken 1 3", "diff bracken 3 1", "diff bracken thistle", "diff old.md new.md"]


@pytest.mark.parametrize("line", LINES)
def test_what_machines_get_is_what_the_schema_says_and_nothing_else(run, files, schema, line):
    Draft202012Validator.check_schema(schema)
    record = json.loads(run(f"{line} --json").stdout)
    Draft202012Validator(closed(schema), format_checker=FormatChecker()).validate(record)


def test_the_schema_refuses_what_is_no_such_record(run, schema):
    record = json.loads(run("diff 1 --json").stdout)
    record["change"]["clauses"][0]["op"] = "rewritten"
    with pytest.raises(ValidationError):
        Draft202012Validator(schema).validate(record)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (("level",), LEVELS),
        (("kind",), get_args(Kind)),
        (("op",), get_args(Op)),
        (("reason", "properties", "direction"), get_args(Direction)),
        (("date_change", "properties", "role"), get_args(DateRole)),
        (("date_change", "properties", "notes", "items"), get_args(DateNote)),
    ],
)
def test_the_schema_knows_the_words_of_the_model(schema, place, words):
    at = schema["$defs"]
    for key in place:
        at = at[key]
    assert at["enum"] == list(words)


def test_the_schema_describes_every_field_of_a_clause_change(schema):
    assert set(ClauseChange.__dataclass_fields__) <= set(schema["$defs"]["clause_change"]["properties"])


def test_versions_are_named_by_number_by_day_or_as_of_today(run):
    first_to_second = run("diff bracken --from 1 --to 2").output
    assert "side by side" not in first_to_second
    assert "[-12-][+24+]" in first_to_second
    assert run("diff bracken --from 2026-01-05 --to 2026-01-20").output == first_to_second
    assert "[-24-][+12+]" in run("diff bracken --from 2026-01-20 --to today").output
    assert run("diff bracken --from 2").output == run("diff bracken 2 3").output


def test_two_documents_are_compared_as_they_are_in_force_or_were(run):
    output = run("diff bracken thistle --from 2").output
    assert output.startswith("Bracken and Thistle  bracken/privacy → thistle/privacy")
    assert "old: bracken/privacy, version 2" in output
    assert "new: thistle/privacy, version 1" in output
    assert "side by side: deleted words stand only in the old one" in output
    assert "[-24-][+6+]" in output


def test_of_two_documents_none_is_called_silent(run):
    assert json.loads(run("diff bracken/privacy thistle/privacy --from 1 --json").stdout)["change"]["silent"] is None


def test_two_files_are_compared_without_a_history(run, files, watched):
    (watched / "history.db").unlink()
    output = run("diff old.md new.md").output
    assert output.startswith("Two files  old.md → new.md")
    assert "[-12-][+24+]" in output


def test_a_word_file_holds_both_texts(run, watched):
    assert "Wrote change.docx." in run("diff 1 --docx change.docx").output
    file = (watched / "change.docx").read_bytes()
    assert any("for 12 months" in words for _, words in text(file, "old"))
    assert any("for 24 months" in words for _, words in text(file, "new"))


def test_files_and_record_can_be_asked_for_at_once(run, watched):
    result = run("diff 1 --html a.html --docx a.docx --json")
    assert json.loads(result.stdout)["change"]["level"] == "critical"
    assert (watched / "a.html").exists()
    assert (watched / "a.docx").exists()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("diff bracken --to 2", "Give a document"),
        ("diff bracken 2", "Give a document"),
        ("diff bracken 1 2 --from 1", "once"),
        ("diff old.md new.md --from 1", "Files have no versions"),
        ("diff old.md nowhere.md", "There is no file nowhere.md"),
        ("diff old.md empty.html", "Nothing can be read in empty.html"),
        ("diff bracken --from 9", "has no version 9"),
        ("diff bracken --from 2020-01-01", "had been seen by 2020-01-01"),
        ("diff thistle", "thistle/privacy has not changed since it is watched"),
        ("diff bracken nobody", 'There is no document "nobody"'),
    ],
)
def test_a_mistake_is_told_in_a_sentence(run, files, watched, line, expected):
    (watched / "empty.html").write_text("<html></html>")
    assert expected in run(line, code=2).stderr
