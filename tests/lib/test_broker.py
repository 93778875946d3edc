"""Both libraries find the same Redis."""

import pytest

from ehr.lib.broker import broker_url


@pytest.mark.parametrize(
    ("redis_url", "kombu_url"),
    [
        ("redis://127.0.0.1:6379/4", "redis://127.0.0.1:6379/4"),
        ("unix:///run/r.sock?db=9", "redis+socket:///run/r.sock?virtual_host=9"),
        ("", ""),
    ],
)
def test_the_address_is_said_in_each_librarys_words(redis_url, kombu_url):
    assert broker_url(redis_url) == kombu_url
