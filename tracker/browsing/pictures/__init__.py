"""Geometry of the pages' pictures: pure numbers, drawn as SVG by the templates. Units are those of the SVG's viewBox."""

from tracker.browsing.pictures.lengths import Lengths, lengths
from tracker.browsing.pictures.timeline import NAMES, NUMBERS, Timeline, of_documents, of_versions
from tracker.browsing.pictures.weeks import WEEKS, Weeks, weeks

__all__ = [
    "NAMES",
    "NUMBERS",
    "WEEKS",
    "Lengths",
    "Timeline",
    "Weeks",
    "lengths",
    "of_documents",
    "of_versions",
    "weeks",
]
