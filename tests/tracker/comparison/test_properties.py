"""What holds for every comparison, on policies of many shapes and languages put together at random."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tracker.comparison import compare, rebuild
from tracker.model import Change, Clause, Link, Policy

QUIET = ("none", "cosmetic")
often = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)

HEADINGS = (
    "What we write down",
    "Whom we tell",
    "How long things are kept",
    "What you can ask for",
    "Wie lange wir etwas behalten",
    "Ce que vous pouvez demander",
    "我们收集的信息",
    "保存期間について",
    "حقوقك",
)
SENTENCES = (
    "When a lamp is registered, we note its serial number, the shop and the day of purchase.",
    "The courier sees the address on the parcel; nobody else at the depot does.",
    "Photos of a broken lamp are erased 30 days after the claim is settled.",
    "We may ask a workshop in Norway to look at the fault report.",
    "You can write to desk@lampwright.example whenever you want a copy.",
    "Invoices stay in our books for 10 years, because tax law asks for that.",
    'In this notice, "lamp" means every device that bears our mark - also the old ones.',
    "We do not sell the list of our customers to anybody.",
    "Some rooms of the museum are watched by cameras (see the plan at the door).",
    "Wir geben die Messwerte Ihrer Leuchte nicht an Versicherer weiter.",
    "Die Größe des Zimmers fragen wir nur, wenn Sie ein Angebot wünschen.",
    "Nous n'enregistrons pas le son de l'atelier pendant les visites.",
    "Vous pouvez demander l'effacement de vos photos à tout moment.",
    "Guardamos el número de serie durante cinco años después de la compra.",
    "我们会在您登记灯具时记录序列号和购买日期。",
    "未经您的同意,我们不会将照片提供给第三方。",
    "修理のためにお預かりした写真は、三十日後に消去します。",
    "お客様はいつでも記録の写しを請求できます。",
    "نحتفظ بعنوان التسليم لمدة سنتين بعد الشراء.",
    "يمكنك أن تطلب منا نسخة من بياناتك في أي وقت.",
    "เราเก็บหมายเลขเครื่องไว้สามปีหลังการซื้อ",
)
BOILERPLATE = ("Back to the top of this list of rooms", "Each lamp is tested by hand before it leaves our house.")
FRESH = (
    "From next spring on, a microphone at the gate counts how many bicycles pass by each morning.",
    "Ab dem Frühjahr zählt ein Mikrofon am Tor, wie viele Fahrräder jeden Morgen vorbeifahren.",
    "从明年春天起,门口的麦克风会统计每天早晨经过的自行车数量。",
    "ابتداء من الربيع القادم يحصي ميكروفون عند البوابة عدد الدراجات كل صباح.",
)
NEGATIONS = (
    ("We keep the voice recordings of visitors.", "We do not keep the voice recordings of visitors."),
    ("The workshop will see your photos.", "The workshop will never see your photos."),
    ("Wir speichern die Stimmen der Gäste.", "Wir speichern die Stimmen der Gäste nicht."),
    ("Nous gardons vos photos.", "Nous ne gardons pas vos photos."),
    ("Guardamos las voces de los visitantes.", "No guardamos las voces de los visitantes."),
    ("我们保存访客的录音。", "我们不保存访客的录音。"),
    ("当館は来館者の音声を保存します。", "当館は来館者の音声を保存しません。"),
)


@st.composite
def policies(draw: st.DrawFn, least: int = 1) -> Policy:
    """Sections of paragraphs, nested lists and tables; some clauses stand in it more than once."""
    headings = draw(st.lists(st.sampled_from(HEADINGS), min_size=least, max_size=5, unique=True))
    texts = draw(st.permutations(SENTENCES))
    clauses: list[Clause] = []
    for number, heading in enumerate(headings):
        trail = (heading,)
        clauses.append(Clause(heading, "heading", depth=2))
        own = texts[4 * number : 4 * number + draw(st.integers(1, 4))]
        shape = draw(st.sampled_from(["paragraphs", "list", "nested", "table", "numbered"]))
        for at, text in enumerate(own):
            clauses.append(shaped(shape, text, trail, at))
        if draw(st.booleans()):
            clauses.append(Clause(draw(st.sampled_from(BOILERPLATE)), trail=trail))
    return Policy(tuple(clauses), language="en")


def shaped(shape: str, text: str, trail: tuple[str, ...], at: int) -> Clause:
    if shape == "table":
        return Clause(f"{text} | yes", "row", trail)
    if shape == "numbered":
        return Clause(f"{at + 1}. {text}", trail=trail, label=f"{at + 1}.")
    if shape == "paragraphs":
        return Clause(text, trail=trail)
    return Clause(text, "item", trail, depth=at % 2 if shape == "nested" else 0)


def edited(draw: st.DrawFn, policy: Policy) -> Policy:
    """The policy with clauses dropped, reworded, repeated and put elsewhere."""
    clauses = list(policy.clauses)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(clauses) - 1))
        what = draw(st.sampled_from(["drop", "reword", "add", "move", "repeat"]))
        if what == "drop" and len(clauses) > 1:
            del clauses[at]
        elif what == "reword":
            words = clauses[at].text.split(" ")
            words.insert(
                draw(st.integers(0, len(words))), draw(st.sampled_from(["perhaps", "12", "not", "Leuchte", "您"]))
            )
            clauses[at] = replace(clauses[at], text=" ".join(words))
        elif what == "add":
            clauses.insert(at, Clause(draw(st.sampled_from(FRESH))))
        elif what == "move":
            clauses.insert(draw(st.integers(0, len(clauses) - 1)), clauses.pop(at))
        elif what == "repeat":
            clauses.insert(at, clauses[at])
    return replace(policy, clauses=tuple(clauses))


@st.composite
def versions(draw: st.DrawFn) -> tuple[Policy, Policy]:
    """A policy and what became of it, or two that have little in common."""
    old = draw(policies())
    return old, edited(draw, old) if draw(st.integers(0, 3)) else draw(policies())


def positions(change: Change) -> tuple[list[int], list[int]]:
    old = [i for i, _ in change.kept] + [i for c in change.clauses for i in c.old_at]
    new = [j for _, j in change.kept] + [j for c in change.clauses for j in c.new_at]
    return sorted(old), sorted(new)


@often
@given(policies())
def test_a_policy_does_not_differ_from_itself(policy: Policy) -> None:
    change = compare(policy, policy)
    assert (change.kind, change.level, change.clauses, change.reasons) == ("none", "none", (), ())


@often
@given(versions())
def test_every_clause_of_both_sides_is_accounted_for_once_and_the_new_text_follows(pair: tuple[Policy, Policy]) -> None:
    old, new = pair
    change = compare(old, new)
    assert positions(change) == (list(range(len(old.clauses))), list(range(len(new.clauses))))
    assert rebuild(change, old) == tuple(clause.text for clause in new.clauses)


@often
@given(versions())
def test_the_same_texts_give_the_same_change_whatever_objects_hold_them(pair: tuple[Policy, Policy]) -> None:
    copies = [Policy(tuple(replace(clause) for clause in policy.clauses), policy.language) for policy in pair]
    assert compare(*copies) == compare(*pair)


MIRRORED = {"added": "removed", "removed": "added", "split": "merged", "merged": "split"}


@often
@given(versions())
def test_swapping_old_and_new_mirrors_the_operations(pair: tuple[Policy, Policy]) -> None:
    there, back = compare(*pair), compare(*reversed(pair))
    mirrored = {(new, old): MIRRORED.get(op, op) for (old, new), op in operations(there).items()}
    assert mirrored == operations(back)
    assert (there.kind in QUIET) == (back.kind in QUIET)


def operations(change: Change) -> dict[tuple[tuple[int, ...], tuple[int, ...]], str]:
    """What became of which clauses. Of two that change places either may be said to have stayed."""
    kept = {((i,), (j,)): "same" for i, j in change.kept}
    return kept | {(c.old_at, c.new_at): "same" if c.op == "moved" else c.op for c in change.clauses}


@pytest.mark.parametrize(
    ("weak", "strong"),
    [
        ("We may sell your data.", "We do not sell your data."),
        ("Logs are kept for 24 months.", "Logs are kept for 12 months."),
        ("We share your location with advertisers.", "We share your location with advertisers only with your consent."),
        ("Wir verkaufen Ihre Daten.", "Wir verkaufen Ihre Daten nicht."),
    ],
)
def test_swapping_old_and_new_mirrors_the_direction(weak: str, strong: str) -> None:
    old, new = (Policy((Clause(text),), language="en") for text in (weak, strong))
    assert "stronger" in {reason.direction for reason in compare(old, new).reasons}
    assert "weaker" in {reason.direction for reason in compare(new, old).reasons}
    assert "weaker" not in {reason.direction for reason in compare(old, new).reasons}


# --- forms -----------------------------------------------------------------------------------------------------------------


def upper(clause: Clause) -> Clause:
    return clause if "@" in clause.text else replace(clause, text=clause.text.upper())


def titled(clause: Clause) -> Clause:
    return (
        clause
        if "@" in clause.text
        else replace(clause, text=re.sub(r"(?<!['’\w])[a-z]", lambda m: m[0].upper(), clause.text))
    )


def curled(clause: Clause) -> Clause:
    return replace(clause, text=re.sub(r'"([^"]*)"', "“\\1”", clause.text).replace("'", "’"))


def dashed(clause: Clause) -> Clause:
    return replace(clause, text=clause.text.replace(" - ", " — ").replace("-", "‑"))


def blanked(clause: Clause) -> Clause:
    return replace(clause, text=clause.text.replace(" ", "\u00a0 "))


def wrapped(clause: Clause) -> Clause:
    return replace(clause, text=clause.text.replace(", ", ",\n"))


def bare(clause: Clause) -> Clause:
    return replace(clause, text=clause.text.rstrip(".。"))


def renumbered(clause: Clause) -> Clause:
    text = clause.text.removeprefix(clause.label).strip() if clause.label else clause.text
    return replace(clause, text=f"7.3 {text}", label="7.3")


def lettered(clause: Clause) -> Clause:
    return replace(renumbered(clause), text=renumbered(clause).text.replace("7.3", "(b)", 1), label="(b)")


def linked(clause: Clause) -> Clause:
    return replace(clause, links=(Link(clause.text[:6], "https://lampwright.example/elsewhere"),))


def set_otherwise(clause: Clause) -> Clause:
    return replace(clause, kind={"item": "paragraph", "paragraph": "item"}.get(clause.kind, clause.kind))


FORMS = (upper, titled, curled, dashed, blanked, wrapped, bare, renumbered, lettered, linked, set_otherwise)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
@settings(often, max_examples=25)
@given(policy=policies())
def test_another_form_is_no_other_wording(form: Callable[[Clause], Clause], policy: Policy) -> None:
    reformed = replace(policy, clauses=tuple(form(clause) for clause in policy.clauses))
    assert compare(policy, reformed).kind in QUIET
    assert compare(reformed, policy).kind in QUIET


@often
@given(policies(), st.data())
def test_another_form_of_single_clauses_is_no_other_wording(policy: Policy, data: st.DataObject) -> None:
    reformed = tuple(data.draw(st.sampled_from(FORMS))(clause) for clause in policy.clauses)
    assert compare(policy, replace(policy, clauses=reformed)).kind in QUIET


# --- edits -----------------------------------------------------------------------------------------------------------------


@often
@given(policies(least=2), st.data())
def test_swapped_sections_give_moves_only(policy: Policy, data: st.DataObject) -> None:
    starts = [at for at, clause in enumerate(policy.clauses) if clause.kind == "heading"]
    sections = [policy.clauses[a:b] for a, b in zip(starts, [*starts[1:], len(policy.clauses)], strict=True)]
    first, second = sorted(data.draw(st.lists(st.integers(0, len(sections) - 1), min_size=2, max_size=2, unique=True)))
    sections[first], sections[second] = sections[second], sections[first]
    change = compare(policy, replace(policy, clauses=tuple(clause for section in sections for clause in section)))
    assert {clause.op for clause in change.clauses} == {"moved"}
    assert change.kind == "cosmetic"


@often
@given(policies(), st.sampled_from(FRESH), st.data())
def test_an_inserted_clause_is_exactly_one_change(policy: Policy, sentence: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(policy.clauses)))
    grown = (*policy.clauses[:at], Clause(sentence), *policy.clauses[at:])
    (change,) = compare(policy, replace(policy, clauses=grown)).clauses
    assert (change.op, change.old_at, change.new_at) == ("added", (), (at,))


@often
@given(policies(), st.sampled_from(FRESH), st.booleans(), st.data())
def test_a_sentence_in_a_clause_is_exactly_one_change(
    policy: Policy, sentence: str, first: bool, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(policy.clauses) - 1))
    clause = policy.clauses[at]
    assume(clause.kind in ("paragraph", "item") and clause.label is None)
    text = f"{sentence} {clause.text}" if first else f"{clause.text} {sentence}"
    grown = (*policy.clauses[:at], replace(clause, text=text), *policy.clauses[at + 1 :])
    (change,) = compare(policy, replace(policy, clauses=grown)).clauses
    assert (change.op, change.old_at, change.new_at) == ("added", (at,), (at,))


@often
@given(policies(), st.sampled_from(NEGATIONS), st.booleans(), st.data())
def test_a_negation_that_comes_or_goes_is_substantive(
    policy: Policy, pair: tuple[str, str], comes: bool, data: st.DataObject
) -> None:
    at = data.draw(st.integers(1, len(policy.clauses)))
    old, new = (
        replace(
            policy, clauses=(*policy.clauses[:at], Clause(text, trail=(policy.clauses[0].text,)), *policy.clauses[at:])
        )
        for text in (pair if comes else pair[::-1])
    )
    assert compare(old, new).kind == "substantive"
