"""Scrapy's own command works, as Scrapy users expect, with every guard on."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def scrapy(watching):
    import os

    def run(*arguments):
        environment = {**os.environ, "CLAUSEWATCH_REGISTRY": str(watching.registry)}
        return subprocess.run(
            [sys.executable, "-m", "scrapy", *arguments],
            capture_output=True, text=True, cwd=ROOT, env=environment, timeout=120,
        )  # fmt: skip

    return run


def test_the_spider_is_listed(scrapy):
    assert "policies" in scrapy("list").stdout.split()


def test_it_crawls_what_is_named(scrapy, site, pages, policy, watching):
    urls = {name: site.put(f"{name}.scrapy.test", page=pages.Reply(policy())) for name in ("acme", "bolt")}
    watching.watch({f"{name}/privacy": url for name, url in urls.items()})
    done = scrapy("crawl", "policies", "-a", "only=acme")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert [look.outcome for look in watching.looks("acme/privacy")] == ["first"]
    assert watching.looks("bolt/privacy") == []
    assert site.requests("acme.scrapy.test", "/privacy")[0].headers["user-agent"].startswith("clausewatch/")


def test_an_invalid_registry_is_a_sentence(scrapy, watching):
    watching.registry.write_text("[settings]\nspeed = 1\n")
    done = scrapy("crawl", "policies")
    assert done.returncode != 0
    assert "settings.speed" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
