"""The language that a text is written in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# The languages that policies of the web are written in; rarer ones only attract short and mixed texts.
PLAUSIBLE = frozenset(
    """ar bg ca cs da de el en es et eu fa fi fr gl he hi hr hu id it ja ko lt lv ms nl no pl pt ro ru sk sl sq sr sv th tr uk
    vi zh""".split()
)
_SHORTEST = 60
"""Below so many letters a guess says less than what the page declares."""
_SAMPLES, _SAMPLE = 4, 400
"""A long text is judged by pieces from all over it: English addresses and names at the head of a German text must not decide."""


@lru_cache(maxsize=1)
def _identifier() -> Any:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in identifier.labels if code in PLAUSIBLE])
    return identifier


def primary(tag: str | None) -> str | None:
    """The language of a tag such as "pt-BR" or "zh_Hans_CN"."""
    code = (tag or "").replace("_", "-").split("-")[0].strip().lower()
    if not (2 <= len(code) <= 3 and code.isascii() and code.isalpha()):
        return None
    return "no" if code in ("nb", "nn") else code


def country(tag: str | None) -> str | None:
    """The country of a tag such as "pt-BR" or "zh_Hans_CN"."""
    parts = (tag or "").replace("_", "-").split("-")[1:]
    return next((part.upper() for part in parts if len(part) == 2 and part.isascii() and part.isalpha()), None)


def language(text: str, *declared: str | None) -> str | None:
    """The language of a text as an ISO 639-1 code; for a tiny text, the first of what is `declared`, if anything is."""
    fallback = next(filter(None, map(primary, declared)), None)
    sample = _sampled(text)
    letters = sum(map(str.isalpha, sample))
    if letters == 0 or (letters < _SHORTEST and fallback):
        return fallback
    return str(_identifier().classify(sample)[0])


def _sampled(text: str) -> str:
    if len(text) <= _SAMPLES * _SAMPLE:
        return text
    step = (len(text) - _SAMPLE) // (_SAMPLES - 1)
    return "\n".join(text[i * step : i * step + _SAMPLE] for i in range(_SAMPLES))
