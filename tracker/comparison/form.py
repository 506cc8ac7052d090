"""Changes of form: what differs between two clauses though no reader would say that they are worded differently."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from tracker.comparison import linking
from tracker.comparison.alignment import Match
from tracker.comparison.boxes import boxable, is_right
from tracker.comparison.clauses import (
    asks,
    owner,
    same_but_broken,
    same_mail,
    same_spelling,
    undated,
    unlabelled,
    unnumbered,
    wording,
)
from tracker.comparison.context import Context
from tracker.comparison.evidence import crossed
from tracker.comparison.facts import sentences
from tracker.comparison.noise import STUCK, noise, unstuck
from tracker.comparison.pointing import points
from tracker.comparison.proper import names
from tracker.comparison.rules import Side
from tracker.comparison.signals import vital
from tracker.comparison.surroundings import HEAD
from tracker.model import Clause, Kind, Op, Policy, WordEdit
from tracker.wording import words

_HOSTED = re.compile(r"https?://(?:www\.)?([^\s/?#\"”)]+)[^\s\"”)]*")
"""An address of a page; only its host names somebody, the rest is where a link leads."""
_ASIDE = re.compile(r"\([^()]*?https?://(?:www\.)?([^\s/?#\"”)]+)[^\s\"”)]*\)")
"""An address that brackets add to what a text says."""
_ENUMERATED = re.compile(
    r"(?i)(?:(?<=\A)|(?<=[.;:,]\s)|(?<=[.;:,]\s(?:and|und)\s)|(?<=[.;:,]\s(?:or|et|ou)\s))\(?([a-z]|[ivx]{1,4}|\d{1,2})\)(?=\s)"
)
"""What counts the entries of a list that is set as a sentence."""
_ENTRIES = 2
_ORDERS = (
    "abcdefghijklmnopqrstuvwxyz",
    [str(n) for n in range(1, 30)],
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"],
)
_SCHEME = re.compile(r"(?i)\bhttps?[.:;]{0,2}//|\bwww\.(?=\w)")
"""What an address may begin with or not."""
_HALF_HIDDEN = re.compile(r"((?:(?<![\w.+-])[\w.+-]{1,64})?)\[email[\s\xa0]protected\]((?:[^\s,;()\[\]]*\w)?)")
"""A mail address that is hidden from harvesters, with what of it is left before and after."""
_DOUBLED = re.compile(r"\b([A-Za-z]{2,})(?:\s+\1)+\b")
"""A word that stands twice in a row, with its case: "sie Sie" are two people."""
_DATE_LINE = 8
"""Words besides the date that a line stating it may have."""
_DATED = 12
"""Words of such a line, the date's own among them; a longer text says more than a date."""
_LINE = 250
"""Characters that an entry of a menu, a question of a survey or a notice within a text may have."""
_TITLE_AT = 3
"""Positions at the head of a policy where a heading is its title."""
_REPLACED = ("consent", "related", "menu", "around")
"""Furniture of which one may stand for another: a button, the name of an article, an entry of a menu."""
_ANSWER = 2
"""Words that say no more than yes or no, or a number."""
_TYPED = 4
"""Letters that a word must have to be told as mistyped."""
_ENDINGS = frozenset(("s", "es", "e", "d", "ed", "en", "r", "er", "ly", "al"))
"""What makes another form of a word in the languages that are read, so that it is no slip."""


@dataclass(frozen=True, slots=True)
class Form:
    """A change of form: the rule that found it, in words, what kind it makes the change, and the operation where it names one."""

    rule: str
    text: str
    kind: Kind = "cosmetic"
    op: Op | None = None


def form(
    old: Sequence[Clause], new: Sequence[Clause], match: Match, edits: Sequence[WordEdit], context: Context
) -> Form | None:
    """The change of form that explains a match wholly, or None where wording differs."""
    if old and new and (same := _same_text(old, new, match, context)):
        return same
    if context.translated and context.says_the_same(match.old, match.new):
        return Form("form.language", "in another language", kind="editorial")
    if old and new:
        return _same_wording(old, new, match, edits, context)
    side: Side = "new" if new else "old"
    return _one_sided((*old, *new)[0], (*match.old, *match.new)[0], side, context)


def _same_text(old: Sequence[Clause], new: Sequence[Clause], match: Match, context: Context) -> Form | None:
    before, after = old[0], new[0]
    if len(old) != len(new) or before.text != after.text:
        return None
    if match.moved:
        if crossed(context.old, match.old[0], context.new, match.new[0]):
            return Form(
                "form.moved-across",
                "stands among what is denied or given away no longer, or only now",
                "substantive",
                "moved",
            )
        return Form("form.moved", "stands in another place", op="moved")
    if (before.kind, before.depth) != (after.kind, after.depth):
        return Form("form.structure", "set in another form", op="reformatted")
    return Form("form.links", "only links differ", kind="none", op="links")


def _same_wording(
    old: Sequence[Clause], new: Sequence[Clause], match: Match, edits: Sequence[WordEdit], context: Context
) -> Form | None:
    before, after = (" ".join(clause.text for clause in side) for side in (old, new))
    op: Op | None = "reformatted" if len(match.old) == len(match.new) else None
    dates = (context.dates("old", match.old), context.dates("new", match.new))
    if op is None and wording(_unlisted(before)) == wording(_unlisted(after)):
        return Form("form.structure", "the same words in more or fewer paragraphs")
    if _unblanked(before) == _unblanked(after) and wording(before) == wording(after):
        return Form("form.blanks", "only blanks differ", kind="none", op=op)
    plain_before, plain_after = same_mail(before, after)
    if plain_before != before or plain_after != after:
        if wording(plain_before) == wording(plain_after):
            return Form("form.hidden-mail", "a mail address is hidden from harvesters", kind="none", op=op)
        before, after = plain_before, plain_after
    if _same_hidden(before, after):
        return Form("form.noise", "more or less of a mail address is hidden from harvesters")
    if wording(before) == wording(after):
        return Form("form.marks", "only case, punctuation or quotation marks differ", op=op)
    if _addressed(before, after) and wording(_SCHEME.sub("", before)) == wording(_SCHEME.sub("", after)):
        return Form("form.links", "only the beginning of an address differs", op="links")
    if "://" in before + after and wording(_HOSTED.sub(r"\1", before)) == wording(_HOSTED.sub(r"\1", after)):
        return Form("form.links", "only the path of an address differs", op="links")
    if "://" in before and _leads_to_whom_is_named(before, after, context):
        return Form("form.links", "an address leads to whom the clause names")
    if any(dates) and undated(before, dates[0]) == undated(after, dates[1]):
        return Form("form.date", "only the stated date differs", op="date")
    if len(old) == len(new) and all(unnumbered(a) == unnumbered(b) for a, b in zip(old, new, strict=True)):
        return _renumbered(old, new, context)
    if same_spelling(before, after):
        return Form("form.spelling", "only spelling differs")
    if all(_noise(clause, context) for clause in (*old, *new)):
        return Form("form.noise", "no part of the policy")
    brief = _changed(edits) <= _LINE  # what follows tells small edits alone
    if brief and (_stuck(before, after, edits) or _noticed(before, after, context) or _furnished(match, context)):
        return Form("form.noise", "no part of the policy")
    if same_but_broken(before, after):
        return Form("form.marks", "broken characters on one side")
    if brief and (_doubled(before, after, edits) or _mistyped(edits, context)):
        return Form("form.typing", "a typing error", op=None)
    if linking.renamed(old, new, edits):
        return Form("form.link-name", "a link is called otherwise", kind="editorial")
    if context.renames and same_spelling(context.renamed(before), after) and not _of_others(match, edits, context):
        return Form("term.renamed", "a term renamed throughout", kind="editorial")
    return None


def _unlisted(text: str) -> str:
    """A text without what counts the entries that it lists, from the first on; a letter of a law or of another place is no such thing."""
    counted = [match[1].casefold() for match in _ENUMERATED.finditer(text)]
    if len(counted) < _ENTRIES or not any(counted == list(order[: len(counted)]) for order in _ORDERS):
        return text
    return _ENUMERATED.sub(" ", text)


def _same_hidden(before: str, after: str) -> bool:
    """Whether texts differ in nothing but how much of a mail address is hidden: what both show of it is the same."""
    if "protected]" not in before or wording(before) == wording(after):
        return False
    old, new = ([part for shown in _HALF_HIDDEN.findall(text) for part in shown] for text in (before, after))
    if len(old) != len(new) or any(a != b and a and b for a, b in zip(old, new, strict=True)):
        return False
    return wording(_HALF_HIDDEN.sub("@", before)) == wording(_HALF_HIDDEN.sub("@", after))


def _renumbered(old: Sequence[Clause], new: Sequence[Clause], context: Context) -> Form:
    """Numbers of clauses differ. Where no clause was renumbered, a reference leads elsewhere than before, and that is wording."""
    own = any(unlabelled(a) != a.text or unlabelled(b) != b.text for a, b in zip(old, new, strict=True))
    if own or not context.numbered:
        return Form("form.numbering", "only numbering differs", op="renumbered")
    return Form("form.reference", "a reference leads to another clause", kind="editorial", op="renumbered")


def _one_sided(clause: Clause, at: int, side: Side, context: Context) -> Form | None:
    dates = context.dates(side, (at,))
    dated = bool(dates) and len(undated(clause.text, dates).split()) <= _DATE_LINE
    kind = None if dated and len(clause.text.split()) <= _DATED else _noise(clause, context)
    if kind and not _answers(at, side, context):
        return Form(f"form.noise.{kind}", "no part of the policy")
    where = context.furniture(side, at) if len(clause.text) <= _LINE else None
    if where:
        return Form(f"form.noise.{where}", "no part of the policy")
    if dated:
        return Form("form.date", "only the stated date differs", op="date")
    if context.repeats(side, at):
        return Form("form.repeated", "the other version says it as well")
    if clause.kind == "heading" and at < _TITLE_AT:
        return Form("form.title", "the title")
    if points(clause, context.familiar):
        return Form("form.pointer", "says only where to read on", kind="editorial")
    return None


def _noise(clause: Clause, context: Context) -> str | None:
    return noise(clause, context.familiar)


def _stuck(before: str, after: str, edits: Sequence[WordEdit]) -> bool:
    """Whether texts differ in nothing but what is stuck to them."""
    return _changed(edits) <= STUCK and same_spelling(unstuck(before), unstuck(after))


def _addressed(before: str, after: str) -> bool:
    """Whether an address stands in one of two texts."""
    return any(sign in text for sign in ("//", "www.") for text in (before, after))


def _leads_to_whom_is_named(before: str, after: str, context: Context) -> bool:
    """Whether texts differ in nothing but addresses, of which the new ones lead to whom both texts name, and those before to somebody whom
    the new policy still names elsewhere: so nobody came and nobody left."""
    told = wording(_ASIDE.sub(" ", after))
    old, new = (_ASIDE.findall(text) for text in (before, after))
    if len(old) != len(new) or old == new or wording(_ASIDE.sub(" ", before)) != told:
        return False
    if is_right(told.split()):
        return False
    named = {word for word in told.split() if len(word) >= _TYPED}
    return all(
        a == b or (owner(b) in named and owner(a) not in named and context.holds(owner(a), "new"))
        for a, b in zip(old, new, strict=True)
    )


def _doubled(before: str, after: str, edits: Sequence[WordEdit]) -> bool:
    """Whether texts differ in nothing but words that stand twice in a row on one side."""
    return len({sign for sign, _ in edits} - {"="}) == 1 and wording(_DOUBLED.sub(r"\1", before)) == wording(
        _DOUBLED.sub(r"\1", after)
    )


def _noticed(before: str, after: str, context: Context) -> bool:
    """Whether texts that say something differ in nothing but sentences that only tell which version it is."""
    said_before, said_after = set(sentences(before)), set(sentences(after))
    if all(len(words(each)) <= _ANSWER for each in said_before & said_after):
        return False
    return all(_noise(Clause(each), context) == "announcement" for each in said_before ^ said_after)


def _furnished(match: Match, context: Context) -> bool:
    """Whether all of it is furniture of the site on either side."""
    sides: tuple[tuple[Side, Policy, Sequence[int]], ...] = (
        ("old", context.old, match.old),
        ("new", context.new, match.new),
    )
    return all(
        len(policy.clauses[at].text) <= STUCK
        and (at < HEAD or boxable(policy.clauses[at]))
        and context.furniture(side, at) in _REPLACED
        for side, policy, positions in sides
        for at in positions
    )


def _changed(edits: Sequence[WordEdit]) -> int:
    """The characters that an edit brings and takes."""
    return sum(len(text) for sign, text in edits if sign != "=")


def _answers(at: int, side: Side, context: Context) -> bool:
    """Whether the clause at a position may be all the answer to a question before it."""
    clauses = context.policy(side).clauses
    return at > 0 and asks(clauses[at - 1]) and len(words(clauses[at].text)) <= _ANSWER


def _of_others(match: Match, edits: Sequence[WordEdit], context: Context) -> bool:
    """Whether an edit names somebody else who gets what is the person's."""
    return any(fact.new and fact.new.kind == "partner" for fact in names(match.old, match.new, edits, context))


def _unblanked(text: str) -> str:
    return "".join(text.split())


def _mistyped(edits: Sequence[WordEdit], context: Context) -> bool:
    """Whether all that differs are words one slip apart, of which one form is at home in both texts and the other in neither."""
    signs = "".join(sign for sign, _ in edits)
    if "-" not in signs or signs.replace("-+", "").strip("="):  # what goes at one place and comes at another was moved
        return False
    pairs = ((edits[at][1], edits[at + 1][1]) for at, sign in enumerate(signs) if sign == "-")
    return all(_slip(words(old), words(new), context) for old, new in pairs)


def _slip(old: Sequence[str], new: Sequence[str], context: Context) -> bool:
    if old == new:
        return True
    if len(old) != len(new) or sum(a != b for a, b in zip(old, new, strict=True)) != 1:
        return False
    a, b = next((a, b) for a, b in zip(old, new, strict=True) if a != b)
    if min(len(a), len(b)) < _TYPED or vital(a) or vital(b) or "@" in a + b or "://" in a + b:
        return False
    if (a[0] != b[0] and len(a) == len(b)) or OSA.distance(a, b) > (1 if min(len(a), len(b)) < 2 * _TYPED else 2):
        return False
    if _inflected(*sorted((a, b), key=len)):
        return False
    corrected = context.ordinary(b) and context.holds(b, "old") and not context.holds(a, "new")
    spoiled = context.ordinary(a) and context.holds(a, "new") and not context.holds(b, "old")
    return corrected or spoiled


def _inflected(short: str, long: str) -> bool:
    """Whether one word is a form of the other, and not a slip for it: "partner" and "partners"."""
    return long.startswith(short) and long[len(short) :] in _ENDINGS
