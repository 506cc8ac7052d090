"""Proper names that come and go: products, partners, places that no list holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from tracker.comparison.abbreviations import bracketed, shortened, spelled_out
from tracker.comparison.clauses import same_spelling
from tracker.comparison.context import Context
from tracker.comparison.facts import lowered, mentions, sentences
from tracker.comparison.lexicon import terms
from tracker.comparison.lists import LISTED, leads
from tracker.comparison.prose import cues
from tracker.comparison.rules import Side
from tracker.comparison.signals import begins, reading, signal
from tracker.model import Fact, FactChange, Policy, WordEdit

_LETTERS = 4
"""Letters of a shortened name that hardly stand for another one."""
_NAME = re.compile(r"[A-Z\u00c0-\u00de][\w’'&-]*(?:\s+(?:[A-Z\u00c0-\u00de][\w’'&-]*|\d+))*")
_CAPITALS = re.compile(r"[^\Wa-z\d_]{2}")
_INNER = re.compile(r"[a-z]\w*[A-Z]|[A-Z]{2}")
_OPENS = re.compile(r"(?:^|(?<!\b[A-Z])\.\s*|[:;!?|•(\"“]\s*|\n\s*)$")
_OPENING = frozenset('.:;!?|•("“\n')
"""The marks of which one stands before each opening but the first."""
_NOUNS_HAVE_CAPITALS = frozenset({"de", "lb"})
_EXPLAINED = re.compile(r"\s*(?:[:–—]\s|\s-\s)(?!https?:)")
"""What follows the name that an entry explains: "Quantimetrix: measures visits"."""
_EXPLAINED_WORD = re.compile(r"\b\w+\s*(?:[:–—]\s|\s-\s)")
_POSSESSIVE = re.compile(r"['’]s?$")
_MOST = 4
_MARKS = " .,;:"
_JOINING = frozenset({"and", "or", "und", "oder", "et", "ou", "y", "o", "e", "en", "&", "®", "™"})
_INTRODUCING, _INTRODUCED, _BETWEEN = 160, 12, 1
"""Characters, and words in them, before a name in which stands what makes it a partner's ("partners such as", "provided by"); and words
that may stand between that and the name."""
_INTRODUCTION = "partners such as"
"""What would introduce a partner that is known by other signs."""
_FOLLOWING = 40
"""Characters after a name in which stands what its bearer does: "Quantimetrix receives …"."""
_GLUED = 30
"""Letters from which on a word is several that lost their blanks."""
_SHORT = 3
"""Letters of the words, as "the" and "for", that begin sentences and no names."""
_SHOUTED = 0.6
"""Share of capitals from which on a sentence is set in capitals."""
_TRACKERS = frozenset(
    {"pixel", "pixels", "tag", "tags", "analytics", "ads", "sdk", "tracker", "trackers", "retargeting", "remarketing"}
)
"""What the names of tracking tools end with."""
_PAPERS = frozenset(
    {
        "policy",
        "policies",
        "terms",
        "agreement",
        "notice",
        "statement",
        "act",
        "law",
        "laws",
        "regulation",
        "directive",
        "code",
        "settings",
        "page",
        "center",
        "centre",
        "rights",
        "commission",
        "authority",
        "agency",
        "court",
        "clauses",
        "framework",
        "shield",
        "sdk",
        "api",
        "apis",
        "sdks",
        "section",
        "article",
        "annex",
        "exhibit",
        "appendix",
    }
)


def names(
    old: Sequence[int], new: Sequence[int], edits: Sequence[WordEdit], context: Context
) -> tuple[FactChange, ...]:
    """Names that one side has in the clauses at these positions and the other policy nowhere; one that takes another's place replaces
    it."""
    gained, gone = list(_fresh(new, old, "new", context))[:_MOST], list(_fresh(old, new, "old", context))
    if not gained and not gone:
        return ()
    earlier, later = ("".join(text for sign, text in edits if sign != other) for other in "+-")
    gained = [fact for fact in gained if not _shortens(fact.value, later, earlier)]
    gone = [fact for fact in gone if not _shortens(fact.value, earlier, later)]
    respelled = [pair for pair in _places(edits) if same_spelling(*pair)]
    gone = [fact for fact in gone if not any(before.strip() in fact.value for before, _ in respelled)]
    lost, names_gone = gone[:_MOST], {fact.value for fact in gone}
    out = []
    for before, after in _places(edits):
        fact = next((fact for fact in gained if fact.value in after), None)
        replaced = _capitalised(f"… {before}", strict=False, ordinary=context.ordinary)
        former = next((name for name, _ in replaced if name in names_gone), None)
        if not fact and not former:
            fact, former = next(
                ((fact, name) for fact in gained for name in names_gone if _altered(name, fact.value, before, after)),
                (None, None),
            )
        if fact and not former and fact.kind == "name" and _refers(before) and after.strip(_MARKS) == fact.value:
            former = before.strip(_MARKS)
        if fact and former:
            out.append(FactChange(Fact(fact.kind, former, words=former), fact))
            gained.remove(fact)
            lost = [other for other in lost if other.value not in before and other.value != former]
    shorter = {fact.value: rest for fact in lost if fact.kind == "name" and (rest := _shorter(fact.value, edits))}
    out += [
        FactChange(fact, Fact(fact.kind, shorter[fact.value], words=fact.words))
        for fact in lost
        if fact.value in shorter
    ]
    lost = [fact for fact in lost if fact.value not in shorter]
    gained = [fact for fact in gained if fact.value not in shorter.values()]
    return (*out, *(FactChange(None, fact) for fact in gained), *(FactChange(fact, None) for fact in lost))


def _shortens(name: str, text: str, other: str) -> bool:
    """Whether a name in a text is short for one in another text, or is one in full that the other has short: as brackets in either say, or
    by more letters than chance gives."""
    told = ((short, full) for each in (text, other) for short, full in bracketed(each))
    if any((name == short and full in other) or (name in full and short in shortened(other)) for short, full in told):
        return True
    if len(name) >= _LETTERS and any(spelled_out(shortened(name) & {name}, other)):
        return True
    long = [short for short in shortened(other) if len(short) >= _LETTERS]
    return any(name in text[start:end] for start, end in spelled_out(long, text))


def _refers(text: str) -> bool:
    """Whether a text refers to a thing without its name: "this feature"."""
    spoken = terms(text)
    return 0 < len(spoken) <= _MOST and bool(signal("referring").values(spoken[:1]))


def _shorter(name: str, edits: Sequence[WordEdit]) -> str | None:
    """What is left of a name that an edit takes words out of, "Old Zephyr Hub", "Zephyr Super Hub". Where the last one goes, as of "Zephyr
    Hub Pro", another thing is meant."""
    for at, (sign, text) in enumerate(edits):
        gone, beside = text.strip(), edits[at + 1 : at + 2]
        if sign != "-" or not gone or (beside and beside[0][0] == "+") or any(map(str.isdigit, name)):
            continue
        rest = " ".join(f" {name} ".replace(f" {gone} ", " ", 1).split())
        if rest != name and rest[:1].isupper() and not name.endswith(gone):
            return rest
    return None


def _altered(name: str, other: str, before: str, after: str) -> bool:
    """Whether a name became another by this edit within it: "Zephyr Hub" is now "Zephyr Home". What holds a number is an address."""
    a, b = before.strip(), after.strip()
    return (
        bool(a and b)
        and not any(map(str.isdigit, name + other))
        and f" {name} ".replace(f" {a} ", f" {b} ") == f" {other} "
    )


def _places(edits: Sequence[WordEdit]) -> Iterator[tuple[str, str]]:
    """What gave way to what."""
    for (sign, before), (next_sign, after) in pairwise(edits):
        if (sign, next_sign) == ("-", "+"):
            yield before, after


def _fresh(positions: Sequence[int], across: Sequence[int], side: Side, context: Context) -> Iterator[Fact]:
    """The names in the clauses of a side that the other policy does not know, in sentences that its clauses `across` from them lack."""
    other, own = context.other(side), context.policy(side)
    strict = own.language in _NOUNS_HAVE_CAPITALS
    known = context.names
    there = {sentence for at in across for sentence in sentences(other.clauses[at].text)}
    told = set()
    for at in positions:
        clause = own.clauses[at]
        if clause.kind == "heading":
            continue
        for name, introduced in (
            *_listed(own, at, strict=strict),
            *_found(
                (each for each in sentences(clause.text) if each not in there), strict=strict, ordinary=context.ordinary
            ),
        ):
            if name in told:
                continue
            if (name, side) not in known:
                folded = name.casefold()
                known[name, side] = (
                    name not in other.markdown  # as most names are
                    and folded not in lowered(other.markdown)
                    and not (context.begins(_bare(name)[0]) and f" {folded}" in own.markdown)
                    and _proper(name, context)
                )
            if known[name, side]:
                told.add(name)
                yield Fact(
                    "partner"
                    if context.personal
                    and (_introducing(introduced) or _tracks(name))
                    and _unheard(name, context, lowered(other.markdown))
                    else "name",
                    name,
                    words=name,
                )


def _proper(name: str, context: Context) -> bool:
    """Whether capitals make this a name: not of a country, which is a fact of its own, and not of words that the texts use as words, as a
    defined term or a heading is: "Usage Information"."""
    if name.casefold() in _PAPERS:  # "Section 2.2"
        return False
    return not all(context.ordinary(word) or signal("we").values((word,)) for word in _bare(name)) and not any(
        kind == "country" for kind, *_ in mentions(reading(name))
    )


def _unheard(name: str, context: Context, elsewhere: str) -> bool:
    """Whether somebody is named of whom the other text knows nothing: not "Acme Products", where it speaks of Acme."""
    return any(word not in elsewhere and not context.ordinary(word) for word in _bare(name))


def _tracks(name: str) -> bool:
    """Whether a name is that of somebody's means to follow people: "Quantimetrix Pixel"."""
    return " " in name and name.split()[-1].casefold() in _TRACKERS


def _bare(name: str) -> list[str]:
    return [_POSSESSIVE.sub("", word).casefold() for word in name.replace("-", " ").split()]


def _listed(policy: Policy, at: int, *, strict: bool) -> list[tuple[str, str]]:
    """The name that an entry of a list of third parties, or a cell of it, consists of, or that it explains, and what would introduce it in
    a sentence. Browsers and devices that are listed to say how they are set are none."""
    clause = policy.clauses[at]
    if clause.kind not in LISTED:
        return []
    cells = [cell.strip() for cell in clause.text.split(" | ")]
    explained = _EXPLAINED.search(clause.text)
    if explained:
        cells.append(clause.text[: explained.start()])
    names = [cell for cell in cells if _NAME.fullmatch(cell) and (not strict or _INNER.search(cell))]
    if explained and names[-1:] == cells[-1:] and _repeated(clause.text[: explained.end()], policy.markdown):
        names.pop()  # as "Purpose: ", which entries repeat
    if not names or not any("third" in cues(text) for text in (clause.text, *leads(policy, at))):
        return []
    if any(signal("managing").values(terms(heading)) for heading in clause.trail[-1:]):
        return []
    return [(name, _INTRODUCTION) for name in names]


def _repeated(head: str, markdown: str) -> bool:
    """Whether a text says what is explained in it more than once. Mostly the last word before the explanation tells."""
    last = _EXPLAINED_WORD.findall(head)[-1:]
    if last and _explained_words(markdown)[last[0]] == 1:
        return False
    return markdown.find(head, markdown.find(head) + 1) >= 0


@lru_cache(maxsize=2)
def _explained_words(markdown: str) -> Counter[str]:
    return Counter(_EXPLAINED_WORD.findall(markdown))


def _found(spoken: Iterable[str], *, strict: bool, ordinary: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Capitalised words inside sentences, and what stands before them where the sentence speaks of third parties.

    At the head of a sentence, and where the language gives all nouns capitals, only words with inner ones are names, and what follows
    a noun that is named by it ("die Firma Taubenpost"). What is said to be somebody's ("our Website") is a term and no name.
    """
    for sentence in spoken:
        if not _NAME.search(sentence) or _shouts(sentence):
            continue
        for name, before in _capitalised(sentence, strict=strict, ordinary=ordinary):
            if " " in name or not signal("owning").values(terms("".join(before.rsplit(maxsplit=1)[-1:]))):
                partner = "third" in cues(sentence) and name.split()[-1].casefold() not in _PAPERS
                after = sentence[len(before) + len(name) :][:_FOLLOWING]
                yield name, "" if not partner else _INTRODUCTION if begins(after, "acting") else before
        if strict:
            yield from _apposed(sentence)


def _apposed(sentence: str) -> Iterator[tuple[str, str]]:
    """The names that follow at once a noun for somebody who bears one, and that noun."""
    for match in _NAME.finditer(sentence):
        words = match[0].split()
        at = next((i for i, word in enumerate(words[:-1]) if signal("apposed").values(terms(word))), None)
        if at is not None:
            yield " ".join(words[at + 1 :]), words[at].casefold()


def _introducing(before: str) -> bool:
    """Whether the last words before a name, or before the list of names that it stands in, make it somebody's who does something."""
    spoken = before[-_INTRODUCING:].split()
    while spoken and (spoken[-1].strip("(,/")[:1].isupper() or spoken[-1].strip("(,/") in _JOINING):
        spoken.pop()
    last = terms(" ".join(spoken[-_INTRODUCED:]))
    return any(end >= len(last) - _BETWEEN for _, _, end in signal("introducing").find(last))


def _shouts(sentence: str) -> bool:
    """Whether a sentence is set in capitals, which tell no name then."""
    return (
        bool(_CAPITALS.search(sentence))
        and len(sentence.split()) > _MOST
        and sum(map(str.isupper, sentence)) > _SHOUTED * sum(map(str.isalpha, sentence))
    )


def _spelled(words: Sequence[str]) -> bool:
    """Whether words are words, and no post code or several that lost their blanks."""
    coded = len(words) > 1 and all(any(map(str.isdigit, word)) for word in words)
    return max(map(len, words)) <= _GLUED and not coded


def _beginning(word: str, ordinary: Callable[[str], bool]) -> bool:
    """Whether a word has its capital from standing at the head of a sentence."""
    return len(word) <= _SHORT or ordinary(word) or bool(signal("owning").values((word,)))


@lru_cache(maxsize=4096)
def _calendar(word: str) -> bool:
    """Whether a word names a day or a month."""
    return bool(signal("calendar").values(terms(word)))


def _capitalised(text: str, *, strict: bool, ordinary: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """The names in a text, each with what stands before it. The first word of a sentence is part of one unless it is an `ordinary` word."""
    for match in _NAME.finditer(text):
        beside = text[max(0, match.start() - 4) : match.start()]
        opens = not beside or (not _OPENING.isdisjoint(beside) and bool(_OPENS.search(beside)))
        if opens and match[0].isalpha() and match[0][1:].islower():  # as most are
            continue
        words, before = match[0].split(), text[: match.start()]
        if opens and not _INNER.search(words[0]) and (len(words) == 1 or _beginning(words[0].casefold(), ordinary)):
            before, words = f"{before}{words[0]} ", words[1:]
        if strict:
            words = [word for word in words if _INNER.search(word)]
        while words and words[-1].isdigit():
            words.pop()
        if words and len(words[0]) > 1 and not _calendar(words[0]) and _spelled(words):
            yield " ".join(words).rstrip("'’&-"), before
