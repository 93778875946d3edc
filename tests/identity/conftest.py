from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nobody_has_knocked_yet() -> Iterator[None]:
    """The counters of tries live in the process's cache."""
    cache.clear()
    yield
    cache.clear()
