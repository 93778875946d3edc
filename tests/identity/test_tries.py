"""Tries are counted for all processes together: two of them share what neither could count alone."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ehr.once.models import Tally
from ehr.once.tally import count_try
from tests.architecture.paths import ROOT

OTHER = """
import django; django.setup()
from django.core.cache import cache
from ehr.once.tally import count_try
print(count_try("door", "10.9.9.9", seconds=900), cache.add("totp-used", "y"))
"""


def in_another_process(code: str) -> str:
    address = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}"))
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "ehr.settings", "DATABASE_URL": address}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_another_process_goes_on_counting_and_knows_a_used_code() -> None:
    assert count_try("door", "10.9.9.9", seconds=900) == 1
    assert cache.add("totp-used", "y")
    try:
        assert in_another_process(OTHER) == "2 False"
        assert count_try("door", "10.9.9.9", seconds=900) == 3
    finally:
        cache.clear()


@pytest.mark.django_db(transaction=True)
def test_none_is_lost_when_many_try_at_once() -> None:
    def knock(_: int) -> int:
        try:
            return count_try("door", "10.9.9.9", seconds=900)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        counted = sorted(pool.map(knock, range(40)))

    assert counted == list(range(1, 41))


@pytest.mark.django_db
def test_after_its_time_it_begins_anew_and_the_old_one_is_forgotten() -> None:
    from ehr.once.tasks import forget

    count_try("door", "10.9.9.9", seconds=900)
    Tally.objects.update(ends_at="2020-01-01T00:00:00Z")

    assert count_try("door", "10.9.9.9", seconds=900) == 1
    Tally.objects.update(ends_at="2020-01-01T00:00:00Z")
    forget()
    assert not Tally.objects.exists()


@pytest.mark.django_db
def test_the_address_itself_is_not_kept() -> None:
    Client(REMOTE_ADDR="10.9.9.9").post("/door/", {"contact": "nobody@example.com"})

    assert "10.9.9.9" not in Tally.objects.get().key


@pytest.mark.django_db
def test_an_ordinary_page_asks_the_cache_nothing(cast: Any) -> None:
    from tests.access.cast import sign_in

    browser = sign_in(cast.stranger)
    browser.get("/notices/")
    with CaptureQueriesContext(connection) as asked:
        browser.get("/notices/")

    assert not [one for one in asked.captured_queries if "once_cache" in one["sql"] or "once_tally" in one["sql"]]
