"""What archives keep of policies, as pieces of history: for each document the looks that somebody took at it.

One module for each kind of archive. None touches the network or the history: `tracker.retelling` brings what they read into the history,
where its source (kept with each look) makes it known again. An archive that cannot be read raises ArchiveError, with a sentence.
"""

from __future__ import annotations

LARGEST = 64_000_000
"""Bytes of a page or a text: what is larger is no policy, or was made to fill memory."""


class ArchiveError(ValueError):
    """An archive is not there, or not what it should be; the message is a sentence for the user."""
