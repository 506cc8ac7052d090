"""Phrases are looked for by their rarest words, sentence by sentence: what is found is the same as by trying every phrase everywhere."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.comparison.facts import said
from tracker.comparison.lexicon import Lexicon

_WORDS = ["a", "we", "sold", "selling", "data", "partners", "partner"]
_PARTS = ["a", "we", "sold", "sel*", "data", "part*", "we|data"]


def ends(text: list[str], at: int, parts: list[str]) -> set[int]:
    """Every place where these parts can end if they begin at `at`."""
    if not parts:
        return {at}
    first, *rest = parts
    if first == "...":
        return {end for skip in range(5) for end in ends(text, at + skip, rest)}
    if at >= len(text):
        return set()
    word = text[at]
    fits = any(
        one == "_" or word == one or (one.endswith("*") and word.startswith(one[:-1])) for one in first.split("|")
    )
    return ends(text, at + 1, rest) if fits else set()


phrases = st.builds(
    lambda head, between, tail: [head, *between, *tail],
    st.sampled_from(_PARTS),
    st.lists(st.sampled_from([*_PARTS, "_"]), max_size=2),
    st.one_of(
        st.just([]), st.builds(lambda gap, last: [gap, last], st.sampled_from(["_", "..."]), st.sampled_from(_PARTS))
    ),
)


@settings(max_examples=200)
@given(st.lists(phrases, min_size=1, max_size=6), st.lists(st.sampled_from(_WORDS), max_size=14))
def test_each_phrase_is_found_wherever_it_stands_with_its_nearest_end(some: list[list[str]], text: list[str]) -> None:
    found = Lexicon((str(at), " ".join(parts)) for at, parts in enumerate(some)).find(text)
    expected = {
        (str(at), start, min(places))
        for at, parts in enumerate(some)
        for alternative in product(*(part.split("|") for part in parts))
        for start in range(len(text))
        if (places := ends(text, start, list(alternative)))
    }
    assert set(found) == expected
    assert [start for _, start, _ in found] == sorted(start for _, start, _ in found)


def test_a_phrase_does_not_reach_into_the_next_sentence() -> None:
    assert any(fact.value == "health data" for fact in said("We ask for health data."))
    assert not said("We care about your good health. Data centres are cooled.")
