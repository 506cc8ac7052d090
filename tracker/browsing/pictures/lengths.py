"""How long documents are, over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.browsing.pictures.scale import AXIS, LANES, Row, Scale, Tick, moment_of, scale

_TALL = 90.0
"""Height of a curve that stands alone; one of several has half."""


@dataclass(frozen=True, slots=True)
class Dot:
    """The length of a text when it was first seen."""

    x: float
    y: float
    words: int
    title: str


@dataclass(frozen=True, slots=True)
class Curve:
    """The length of a document over time: `line` and the `area` below it as SVG paths, between `top` and `foot`."""

    key: str
    top: float
    foot: float
    line: str
    area: str
    dots: tuple[Dot, ...]
    most: int
    now: int


@dataclass(frozen=True, slots=True)
class Lengths:
    """Curves from the top down, each with a scale of its own from zero to its most words."""

    height: float
    left: int
    curves: tuple[Curve, ...]
    ticks: tuple[Tick, ...]
    left_out: int


def lengths(reigns: Sequence[Row], until: str | None, left: int) -> Lengths | None:
    """The length of each document in words over time, by name, with `left` room for labels. None where nothing was ever seen."""
    if not reigns:
        return None
    names = sorted({row["document"] for row in reigns})
    across = scale(reigns, until, left)
    tall = _TALL if len(names) == 1 else _TALL / 2
    curves = tuple(
        _curve(name, [row for row in reigns if row["document"] == name], place * tall, tall, across)
        for place, name in enumerate(names[:LANES])
    )
    return Lengths(tall * len(curves) + AXIS, across.left, curves, across.ticks, len(names) - len(curves))


def _curve(name: str, reigns: Sequence[Row], y: float, tall: float, scale: Scale) -> Curve:
    top, foot = y + 8, y + tall - 4
    most = max(row["words"] for row in reigns)
    in_time = sorted(reigns, key=lambda row: str(row["first_seen"]))
    points, dots = [], []
    before: int | None = None
    for row in in_time:
        height = round(foot - row["words"] / max(most, 1) * (foot - top), 1)
        x = scale.across(moment_of(row["first_seen"]))
        points += [f"{x} {height}", f"{scale.across(moment_of(row['last_seen']))} {height}"]
        dots.append(Dot(x, height, row["words"], _length(row, before)))
        before = row["words"]
    line = "M " + " L ".join(points)
    ends = points[-1].split()[0], points[0].split()[0]
    area = f"{line} L {ends[0]} {foot} L {ends[1]} {foot} Z"
    return Curve(name, top, foot, line, area, tuple(dots), most, in_time[-1]["words"])


def _length(row: Row, before: int | None) -> str:
    differs = f" ({row['words'] - before:+,})" if before is not None else ""
    return f"{row['first_seen'][:10]}, version {row['number']}: {row['words']:,} words{differs}"
