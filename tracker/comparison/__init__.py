"""Policy × Policy → Change. Pure."""

from tracker.model import Change, Policy


def compare(old: Policy, new: Policy) -> Change:
    raise NotImplementedError
