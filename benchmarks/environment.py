"""Servers, settings and a migrated database for a run. Nothing of a demo or an installation is touched."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ehr import embedded

VAR = Path(__file__).resolve().parent.parent / "var" / "bench"


@contextmanager
def prepared() -> Iterator[None]:
    """PostgreSQL is durable here as in production: a number without fsync is no number."""
    with embedded.services(VAR, os.environ, durable=True) as urls:
        os.environ |= urls
        os.environ.setdefault("EHR_TEST_DB", "bench_ehr")
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
        with _database():
            yield


@contextmanager
def _database() -> Iterator[None]:
    import django
    from django.db import connection

    django.setup()
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
