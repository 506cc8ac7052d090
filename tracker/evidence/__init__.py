"""A change as a bundle that proves it to others: what was received, when, what follows from it, and how to verify all of it."""

from tracker.evidence.bundle import Bundle, bundle
from tracker.evidence.checking import Finding, check
from tracker.evidence.storing import read, write

__all__ = ["Bundle", "Finding", "bundle", "check", "read", "write"]
