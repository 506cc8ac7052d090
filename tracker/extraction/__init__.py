"""Bytes of a page and what is known of it → the policy that it states. Pure: no clock, no network, no files but its own data."""

from tracker.extraction.doubting import doubt
from tracker.extraction.fingerprinting import fingerprint
from tracker.extraction.reading import extract
from tracker.extraction.version import EXTRACTOR

__all__ = ["EXTRACTOR", "doubt", "extract", "fingerprint"]
