"""The tracker's commands: what can be asked and said without touching the network. The crawler adds its own to `cli`."""

from tracker.cli import blaming, diffing, explaining, extracting, keeping, profiling, quarantine, reading, watching  # noqa: F401  each adds its commands
from tracker.cli.base import Context, Refusal, cli

__all__ = ["Context", "Refusal", "cli"]
