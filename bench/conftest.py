from __future__ import annotations

import pytest

from bench import material

MOST = 40


@pytest.fixture(scope="session")
def pages() -> list[bytes]:
    return material.pages(MOST)
