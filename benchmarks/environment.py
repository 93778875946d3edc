"""Servers and settings for a run, a migrated database for each part of it. Nothing of a demo or an installation is touched."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ehr import embedded

VAR = Path(__file__).resolve().parent.parent / "var" / "bench"


@contextmanager
def servers() -> Iterator[None]:
    """PostgreSQL is durable here as in production: a number without fsync is no number."""
    with embedded.services(VAR, os.environ, durable=True) as urls:
        os.environ |= urls
        os.environ.setdefault("EHR_TEST_DB", "bench_ehr")
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
        yield


@contextmanager
def database() -> Iterator[None]:
    """Empty and migrated, so that no part meets the rows of another."""
    import django
    from django.core.cache import cache
    from django.db import connection

    django.setup()
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    cache.clear()
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
