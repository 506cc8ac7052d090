"""How the watching is done: everything under [settings] in the registry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from tracker.registry import checks
from tracker.registry.reading import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`contact` tells the owners of the sites whom to write to; crawling the real net needs one. `delay` is the pause in seconds
    between two requests to a host, `timeout` the longest a request may take, `max_bytes` the largest body. `allow_networks` lists the
    private networks that may be reached, `resolve` addresses of host names that no name server knows; both are for tests, demos and
    intranets. `history` is the database, `schedule` how often a document is looked at that does not say so itself."""

    contact: str | None = None
    user_agent: str = ""
    delay: float = 1.0
    timeout: float = 30.0
    max_bytes: int = 5 * 1024 * 1024
    allow_networks: tuple[str, ...] = ()
    resolve: Mapping[str, str] = field(default_factory=dict)
    history: Path = Path("history.db")
    schedule: str = "1 day"

    def __post_init__(self) -> None:
        if not self.user_agent:
            contact = f" (+{self.contact})" if self.contact else ""
            object.__setattr__(self, "user_agent", f"clausewatch/{_version()}{contact}")


CHECKS: dict[str, Check] = {
    "contact": checks.contact,
    "user_agent": checks.text,
    "delay": checks.seconds,
    "timeout": checks.seconds,
    "max_bytes": checks.size,
    "allow_networks": checks.networks,
    "resolve": checks.resolutions,
    "history": lambda value: Path(checks.text(value)),
    "schedule": checks.schedule,
}


def _version() -> str:
    try:
        return metadata.version("clausewatch")
    except metadata.PackageNotFoundError:  # run from a checkout that is not installed
        return "0"
