import json
from dataclasses import replace

from tracker.model import Clause, Event, Evidence, Link, Outcome, Policy, State
from tracker.rendering.records import change_to_dict, event_to_dict, outcome_to_dict, policy_to_dict


def test_a_change_is_written_with_every_clause_change_most_material_first(change):
    record = change_to_dict(change)
    assert json.loads(json.dumps(record)) == record
    assert [(c["number"], c["op"]) for c in record["clauses"]] == [
        (1, "removed"),
        (2, "modified"),
        (3, "added"),
        (4, "moved"),
    ]
    assert record["counts"] == {"modified": 1, "removed": 1, "added": 1, "moved": 1}


def test_a_written_change_accounts_for_every_clause_of_both_sides(change, old, new):
    record = change_to_dict(change)
    for side, policy in (("old_at", old), ("new_at", new)):
        kept = [pair[side == "new_at"] for pair in record["kept"]]
        changed = [at for c in record["clauses"] for at in c[side]]
        assert sorted(kept + changed) == list(range(len(policy.clauses)))


def test_the_redline_in_a_record_gives_both_texts_back(change):
    modified = change_to_dict(change)["clauses"][1]
    assert "".join(text for op, text in modified["words"] if op != "+") == modified["old"][0]["text"]
    assert "".join(text for op, text in modified["words"] if op != "-") == modified["new"][0]["text"]


def test_a_policy_is_written_with_its_dates_state_and_links():
    policy = Policy(
        (Clause("See here", links=(Link("here", "https://a.example/"),)),),
        state=State.EMPTY,
        evidence=(Evidence("few-words", "9"),),
    )
    record = policy_to_dict(policy)
    assert json.loads(json.dumps(record)) == record
    assert (record["state"], record["evidence"]) == ("empty", [{"cue": "few-words", "words": "9"}])
    assert record["clauses"][0]["links"] == [{"text": "here", "url": "https://a.example/"}]


def test_an_outcome_is_written_with_its_change_and_events(change, at):
    event = Event("e1", "changed", at, "acme/privacy", "high", {"type": "changed"})
    record = outcome_to_dict(Outcome("changed", State.OK, 7, 3, change, (event,), "the text changed"))
    assert json.loads(json.dumps(record)) == record
    assert (record["outcome"], record["version"], record["change"]["id"]) == ("changed", 3, "c0ffee")
    assert record["events"] == [event_to_dict(event)] == [{"type": "changed", "id": "e1"}]


def test_an_outcome_without_change_says_so():
    assert outcome_to_dict(Outcome("failed", State.DNS, 7))["change"] is None


def test_clauses_that_were_split_keep_all_their_parts(change):
    split = replace(change.clauses[0], op="split", new=change.clauses[0].new * 2, new_at=(1, 2))
    record = change_to_dict(replace(change, clauses=(split,)))
    assert len(record["clauses"][0]["new"]) == 2
