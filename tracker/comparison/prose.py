"""What came and went in a clause, read from its redline: small words that turn its meaning, numbers, whole statements."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain

from tracker.comparison.abbreviations import shortened as abbreviated
from tracker.comparison.abbreviations import spelled_out
from tracker.comparison.clauses import unenumerated, unreferenced
from tracker.comparison.facts import said, sentences
from tracker.comparison.lexicon import Lexicon, data, terms
from tracker.comparison.measures import days
from tracker.comparison.promises import acts, consents, narrowed, shortened, softened, unbound, unmasked
from tracker.comparison.quoting import clip, inset, swap
from tracker.comparison.restated import denied, places, same_ban, same_consent, same_exception, times
from tracker.comparison.rules import Side, Sign
from tracker.comparison.scales import turns
from tracker.comparison.signals import begins, parties, reading, shared, signal
from tracker.model import Clause, WordEdit

STATEMENT = 6
"""Content words that a run must bring in, or take away, to count as a statement."""
_ALONE, _ENTRY = 5, 2
"""The same where nothing gives way to the run, and where that is an entry in a list of what is done."""
_ENTERED = frozenset({"handling", "covering"})
"""Cues of lists of which every entry says something: what is done, and what the text applies to."""
_PRACTICE = 3
"""The same where the run says what is done with the person's things: "records your pulse"."""
_GAIN, _SENTENCE = 9, 3
"""Words that a run in the midst of a sentence, and one that ends it, must have to say of a clause that a statement was added to it."""
_STOPS = (".", "!", "?", "。", "！", "？")
_JOINING = 4
"""How many times the words must be that are changed besides, to join it to what is there."""
_OTHER = {"+": "-", "-": "+"}
_PHRASE = 6
"""Words up to which a run is a turn of phrase, in which a modal verb or a limit is the point of the edit."""
_AND = frozenset({"and", "or", "et", "ou", "und", "oder", "y", "o"})
_CLOSING = (",", ".", ";", ")")
"""What an entry of an enumeration is joined by, and what stands after the last one."""
_RECALLED = 3
"""Words that a summary may have of its own: "in short", "apart from these cases"."""
_RIVAL = 3
"""How many times the words of a condition must be those that take its place: "for residents of Norway" says it in other words."""
_FRAGMENT = 3
"""Words up to which a run is told with those around it."""
_UNSPACED_STATEMENT = 14
_FAMILY = 5
"""Letters by which words are forms of one: "provide" and "provides"."""
_ROOT = 6
"""Letters of a small word that tell it: "exceed" and "exceeds" set the same bound."""
_NUMBER = re.compile(r"[\d$€£¥₹₩]")
_NAMED = re.compile(r"\b[^\W\d_a-z][\w.]*\s+\d+(?:\.\d+)*\b(?!\s*(?:%|(?!lit\b)[a-z]))|[^\W\d_]+\d+\w*")


def near(clauses: Sequence[Clause]) -> frozenset[str]:
    """The cues (of measures.toml) in clauses and their headings."""
    texts = {*(clause.text for clause in clauses), *(heading for clause in clauses for heading in clause.trail[-2:])}
    return frozenset(cue for text in texts for cue in cues(text))


@lru_cache(maxsize=16_384)
def cues(text: str) -> frozenset[str]:
    """The cues in one text."""
    return shared(frozenset(cue for sentence in sentences(text) for cue in reading(sentence).values("cues")))


def signals(edits: Sequence[WordEdit]) -> Iterator[Sign]:
    """The small words and numbers that an edit brings or takes."""
    old, new = ("".join(text for sign, text in edits if sign != other) for other in "+-")
    lost, gained = denied(old), denied(new)
    if lost != gained and not same_ban(old, new):
        yield _sign("negation", ("negation",), "old" if lost > gained else "new", edits)
    short_lost, short_gained = _short_runs(edits, "-"), _short_runs(edits, "+")
    for name in ("must", "limit", "bound", "hedge", "may-will"):
        names = tuple(name.split("-"))
        before, after = _small(short_lost, names), _small(short_gained, names)
        if before == after and not (before and _shifted(old, new, names)):
            continue
        offered = before != after and before["may"] - after["may"] == times("offer", old) - times("offer", new)
        if name == "may-will" and offered:
            continue
        if name == "limit" and (same_consent(old, new) or same_exception(old, new)):
            continue
        if before == after or _whole(old, names) != _whole(new, names):
            yield _sign(name, names, "new" if after else "old", edits)
    for turn, at in turns(edits):
        yield Sign(turn, "new", edits[at][1].strip(), swap(edits, at))
    for name in ("off", "local", "free"):
        if times(name, old) > times(name, new):
            yield _sign(name, (name,), "old", edits)
    yield from (
        Sign("condition", side, edits[at][1].strip(), swap(edits, at)) for at, side in _conditions(edits, old, new)
    )
    before_numbers, after_numbers = _numbers(old), _numbers(new)
    if before_numbers != after_numbers:
        lost_numbers = before_numbers - after_numbers - (_spelled(new) - _spelled(old))
        new_numbers = after_numbers - before_numbers - (_spelled(old) - _spelled(new))
        if lost_numbers or (new_numbers and _short(edits)):
            side: Side = "new" if new_numbers else "old"
            number = next(iter(new_numbers or lost_numbers))
            at = _where(edits, side, lambda run: number in run)
            yield Sign("number", side, number, swap(edits, at))
    for firm, soft in softened(old, new):
        yield Sign("softened", "new", soft, f"“{clip(firm)}” becomes “{clip(soft)}”")
    for whole, part in narrowed(old, new):
        yield Sign("narrowed", "new", part, f"“{clip(whole)}” becomes “{clip(part)}”")
    for _, part in shortened(old, new):
        yield Sign("shortened", "new", part, swap(edits, _where(edits, "old", lambda _run: True)))
    if times("leaving-out", old) > times("leaving-out", new) and places("defining", old) and places("defining", new):
        yield _sign("widened", ("leaving-out",), "old", edits)
    for veiled, plain in unmasked(old, new):
        yield Sign("unmasked", "old", veiled, f"“{clip(veiled)}” becomes “{clip(plain)}”")
    unasked = list(consents(old, new))
    for name, asked, free in unasked or (("unbound", *pair) for pair in unbound(old, new)):
        yield Sign(name, "old", asked, f"“{clip(asked)}” becomes “{clip(free)}”")


def _sign(name: str, names: tuple[str, ...], side: Side, edits: Sequence[WordEdit]) -> Sign:
    at = _where(edits, side, lambda run: any(_finds(signal(kind), run) for kind in names))
    return Sign(name, side, edits[at][1].strip(), swap(edits, at))


def _where(edits: Sequence[WordEdit], side: Side, holds: Callable[[Sequence[str]], bool]) -> int:
    """The run of a side that holds something, else the first one of it, else the first that is edited."""
    runs = [at for at, (sign, _) in enumerate(edits) if sign == ("-" if side == "old" else "+")]
    edited = [at for at, (sign, _) in enumerate(edits) if sign != "="]
    return next((at for at in runs if holds(terms(edits[at][1]))), (runs or edited)[0])


def _finds(lexicon: Lexicon[str], run: Sequence[str]) -> bool:
    return bool(lexicon.find(run))


def _short_runs(edits: Sequence[WordEdit], sign: str) -> list[Sequence[str]]:
    """The words of the short runs of one sign."""
    return [run for run in (terms(text) for s, text in edits if s == sign) if len(run) <= _PHRASE]


def _whole(text: str, names: tuple[str, ...]) -> Counter[str]:
    """The small words of a whole text: what only moved within it is no change."""
    return _small([terms(text)], names)


def _small(runs: Sequence[Sequence[str]], names: tuple[str, ...]) -> Counter[str]:
    """The small words in runs. Modal verbs count by their kind: "may" for "can" changes nothing."""
    places = ((name, run, {at[1:] for at in signal(name).find(run)}) for run in runs for name in names)
    found = ((name, run[start:end]) for name, run, spans in places for start, end in sorted(spans))
    return Counter(
        " ".join(word[:_ROOT] for word in words) if name in ("limit", "bound") else name for name, words in found
    )


def _conditions(edits: Sequence[WordEdit], old: str, new: str) -> Iterator[tuple[int, Side]]:
    """The runs that set a condition where there was none, or lift one: "if you live in Norway, …"; not those that are sentences, stand at
    another place or only begin one."""
    more = times("conditional", new) - times("conditional", old)
    for at, (sign, text) in enumerate(edits if more else ()):
        run = terms(text) if sign == ("+" if more > 0 else "-") else ()
        if len(run) <= _FRAGMENT or text.rstrip().endswith(_STOPS) or len(sentences(text)) > 1:
            continue
        beside = [edits[by] for by in (at - 1, at + 1) if 0 <= by < len(edits)]
        against = sum(len(terms(text)) for other, text in beside if other == _OTHER[sign])
        ended = not text.lstrip()[:1].isupper() or "," in text or any(rest.startswith(",") for _, rest in beside)
        if ended and begins(text, "conditional") and not begins(text, "unconditional") and against * _RIVAL <= len(run):
            yield at, "new" if sign == "+" else "old"


def _shifted(old: str, new: str, names: tuple[str, ...]) -> bool:
    """Whether small words left one sentence for another: "we will … we may" becomes "we may … we will"."""
    before, after = sentences(old), sentences(new)
    if len(before) != len(after) or len(before) == 1 or _whole(old, names) != _whole(new, names):
        return False
    return any(_whole(a, names) != _whole(b, names) for a, b in zip(before, after, strict=True))


def _spelled(text: str) -> Counter[str]:
    """The numbers that a text spells out, as digits."""
    known = data("measures")["numbers"]
    return Counter(f"{known[word]:g}" for word in terms(text) if word in known)


def _numbers(text: str) -> Counter[str]:
    """The numbers and currencies of a text, without those of clauses, those that belong to names ("Model 5", "June 27"), and
    telephone numbers and periods: they are facts."""
    if not _NUMBER.search(text):
        return Counter()
    for fact in said(text):
        if fact.kind == "phone":
            text = text.replace(fact.words, " ")
    text = unreferenced("\n".join(map(unenumerated, text.split("\n"))))
    spoken = terms(_NAMED.sub(" ", text))
    return Counter(word for at, word in enumerate(spoken) if _NUMBER.match(word) and days(spoken, at + 1) is None)


def _short(edits: Sequence[WordEdit]) -> bool:
    return all(len(terms(text)) <= _PHRASE for sign, text in edits if sign != "=")


def prose(edits: Sequence[WordEdit], clauses: Sequence[Clause], told: frozenset[str]) -> Iterator[Sign]:
    """Whole statements about the person or the vendor that an edit brings or takes: "gained" or "lost"."""
    entered = not _ENTERED.isdisjoint(told)
    listed = entered and all(clause.kind in ("item", "row") for clause in clauses)
    if not (listed or any(parties(reading(sentence)) for clause in clauses for sentence in sentences(clause.text))):
        return
    for name, side, sign, against in (("gained", "new", "+", "-"), ("lost", "old", "-", "+")):
        runs = [
            text for s, text in edits if s == sign and not all(reading(sentence).points for sentence in sentences(text))
        ]
        if not runs:
            continue
        known = {_root(word) for s, text in edits if s == against for word in terms(text)}
        fresh = [word for run in runs for word in _content(_telling(run) if known else run) if _root(word) not in known]
        least = STATEMENT if known else _ENTRY if listed else _ALONE
        if any(acts(run) for run in runs):
            least = min(least, _PRACTICE)
        if fresh and _weight(fresh) >= least:
            short = abbreviated("".join(text for s, text in edits if s != sign))
            named = {word for run in runs for start, end in spelled_out(short, run) for word in terms(run[start:end])}
            fresh = [word for word in fresh if word not in named]
        if _weight(fresh) >= least or (entered and _enumerated(edits, sign, fresh)):
            longest = max(runs, key=len).strip()
            quoted = f"“{clip(max(sentences(longest), key=len))}”"
            if len(terms(longest)) <= _FRAGMENT:
                quoted += inset(edits, next(at for at, edit in enumerate(edits) if edit[1].strip() == longest))
            yield Sign(name, "new" if side == "new" else "old", longest, quoted)


def recapped(edits: Sequence[WordEdit]) -> tuple[WordEdit, ...]:
    """An edit without the sentences that it brings or takes to sum up what stays: "in short: we do not read it"."""
    kept = "".join(text for sign, text in edits if sign == "=")
    return tuple(edit for edit in edits if edit[0] == "=" or not _sums_up(edit[1], kept))


def _sums_up(run: str, kept: str) -> bool:
    """Whether a run does nothing but say again what one of the sentences that stay says: that nothing is done, or what is done without
    a condition."""
    summed = sentences(run)
    return bool(summed) and all(
        begins(each, "recap") and any(_repeats(each, sentence) for sentence in sentences(kept)) for each in summed
    )


def _repeats(short: str, long: str) -> bool:
    known = set(map(_root, terms(long)))
    facts = {(fact.kind, fact.value, fact.negated) for fact in said(long)}
    fresh = [word for word in _content(short) if _root(word) not in known]
    denies = bool(reading(short).denials)
    bound = not denies and any(places(name, long) for name in ("limit", "only-if", "conditional", "hedge"))
    return (
        len(fresh) <= _RECALLED
        and denies == bool(reading(long).denials)
        and not bound
        and not _NUMBER.search(short)
        and all((fact.kind, fact.value, fact.negated) in facts for fact in said(short))
    )


def _telling(run: str) -> str:
    """The sentences of a run that do more than say where to read on. Where nothing gives way to it all of it counts."""
    return " ".join(sentence for sentence in sentences(run) if not reading(sentence).points)


def _enumerated(edits: Sequence[WordEdit], sign: str, fresh: Sequence[str]) -> bool:
    """Whether an edit brings (+) or takes (-) an entry of an enumeration that nothing gives way to: ", polls within articles"."""
    for at, (kind, text) in enumerate(edits):
        before, after = (edits[beside] if 0 <= beside < len(edits) else ("=", "") for beside in (at - 1, at + 1))
        if kind != sign or before[0] != "=" or after[0] != "=" or len(terms(text)) > _PHRASE:
            continue
        inner, rest = text.strip(), after[1].lstrip()
        parted = inner.startswith(",") or before[1].rstrip().endswith(",")
        closed = inner.endswith(",") or rest[:1] in _CLOSING or _joins(rest)
        if ((parted and closed) or (_joins(inner) and rest[:1] in _CLOSING)) and not set(fresh).isdisjoint(
            _content(text)
        ):
            return True
    return False


def _joins(text: str) -> bool:
    return not _AND.isdisjoint(terms(text)[:1])


def mostly(edits: Sequence[WordEdit], sign: str) -> bool:
    """Whether an edit brings (+) or takes (-) a statement, in place of nothing, and does next to nothing else to the wording."""
    if not any(s == sign for s, _ in edits):
        return False
    sizes = [0 if s == "=" else len(terms(text)) for s, text in edits]
    own = [at for at, (s, _) in enumerate(edits) if s == sign and not _gives_way(edits, sizes, at)]
    if not any(sizes[at] >= (_SENTENCE if edits[at][1].rstrip().endswith(_STOPS) else _GAIN) for at in own):
        return False
    others = sum(size for size, (s, _) in zip(sizes, edits, strict=True) if s == _OTHER[sign])
    if sum(sizes[at] for at in own) < _JOINING * others:
        return False
    return not others or others <= sum(len(terms(text)) for s, text in edits if s == "=")


def _gives_way(edits: Sequence[WordEdit], sizes: Sequence[int], at: int) -> bool:
    """Whether the words of a run give way to others, or others to them."""
    beside = at - 1 if edits[at][0] == "+" else at + 1
    return 0 <= beside < len(edits) and edits[beside][0] != "=" and sizes[beside] > 0


def _content(text: str) -> list[str]:
    """The words that carry meaning by themselves: long ones, and the characters of unspaced scripts."""
    hollow = _hollow()
    return [word for word in terms(text) if (len(word) > 3 or not word.isascii()) and word not in hollow]


def _weight(content: Sequence[str]) -> float:
    return sum(STATEMENT / _UNSPACED_STATEMENT if len(word) == 1 else 1.0 for word in content)


@cache
def _hollow() -> frozenset[str]:
    return frozenset(chain(*data("signals")["hollow"].values()))


@lru_cache(maxsize=65_536)
def _root(word: str) -> str:
    """What tells the meaning of a word: the beginning of it, or of the first of those that say the same."""
    return _alike().get(_beginning(word), _beginning(word))


@cache
def _alike() -> dict[str, str]:
    """Groups that share a word are of different languages mostly: the first to hold it keeps it."""
    out: dict[str, str] = {}
    for group in (group.split() for group in chain(*data("signals")["alike"].values())):
        head = out.get(_beginning(group[0]), _beginning(group[0]))
        for word in group:
            out.setdefault(_beginning(word), head)
    return out


def _beginning(word: str) -> str:
    """The first letters of a word, without the endings of short ones."""
    return word[:_FAMILY] if len(word) > _FAMILY else word.rstrip("s")
