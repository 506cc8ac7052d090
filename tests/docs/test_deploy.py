"""What stands in deploy/ and docs/operating.md is about this product, as it is."""

from __future__ import annotations

import re
import tomllib
from configparser import ConfigParser
from pathlib import Path

import click

import crawler.cli  # noqa: F401  adds its commands
from tracker.cli import cli

ROOT = Path(__file__).resolve().parents[2]
OPERATING = (ROOT / "docs/operating.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    return cli.list_commands(click.Context(cli))


def test_the_unit_starts_the_daemon_and_gives_it_time_to_finish() -> None:
    unit = ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(ROOT / "deploy/clausewatch.service")
    program, command = unit["Service"]["ExecStart"].split()
    assert (Path(program).name, command) == ("clausewatch", "daemon")
    assert int(unit["Service"]["TimeoutStopSec"]) > 60
    assert unit["Service"]["Restart"] == "always"


def test_the_container_installs_what_is_pinned_and_runs_as_nobody_special() -> None:
    steps = (ROOT / "deploy/Containerfile").read_text(encoding="utf-8")
    python = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    image = re.search(r"python:(3\.\d+)", steps)
    assert image
    assert python == f">={image[1]}"
    assert "-c /src/constraints.txt" in steps
    assert (ROOT / "constraints.txt").exists()
    assert "USER clausewatch" in steps
    assert 'CMD ["daemon"]' in steps


def test_every_command_in_the_operating_guide_exists() -> None:
    named = set(re.findall(r"(?:^|`|exec clausewatch |\* )clausewatch ([a-z]+)", OPERATING, re.MULTILINE))
    assert {"backup", "restore", "verify", "roots", "status", "doctor"} <= named
    assert named <= set(commands())


def test_every_figure_in_the_operating_guide_is_one_that_is_served() -> None:
    served = (ROOT / "tracker/browsing/monitoring.py").read_text(encoding="utf-8")
    for name in re.findall(r"`clausewatch_([a-z_]+)", OPERATING):
        assert f'"{name}"' in served
