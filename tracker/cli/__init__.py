"""The tracker's commands: what can be asked and said without touching the network. The crawler adds its own to `cli`."""

# ruff: noqa: F401  each module adds its commands
from tracker.cli import (
    blaming,
    diffing,
    examining,
    explaining,
    exporting,
    extracting,
    importing,
    keeping,
    profiling,
    proving,
    quarantine,
    reading,
    reextracting,
    registering,
    triaging,
    watching,
)
from tracker.cli.base import Context, Refusal, cli

__all__ = ["Context", "Refusal", "cli"]
