"""50,000 people in a Chinese file with seven kinds of broken rows, beside COPY of the very rows this wrote."""

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.line import Line

PEOPLE = 50_000
LEAST = {"csv": 2_000, "xlsx": 1_500}
LEAST_OF_COPY = 0.2
MOST_MIB = 300
TABLES = ("crypto_datakey", "employees_person", "employees_employment", "employees_contract", "record_event")
CHILD = "import benchmarks.imports as me, sys; me.child(sys.argv[1])"


def run() -> Iterator[Line]:
    from tests.factories import rosters

    with tempfile.TemporaryDirectory() as folder:
        for kind, write in (("csv", rosters.write_csv), ("xlsx", rosters.write_xlsx)):
            yield from _measure(kind, write(Path(folder) / f"people.{kind}", PEOPLE))


def _measure(kind: str, path: Path) -> Iterator[Line]:
    _empty()
    told = _in_a_process_of_its_own(path)
    rate, copy_rate = PEOPLE / told["seconds"], told["accepted"] / _copy_seconds()
    yield Line(
        name=f"import {kind}", value=rate, unit="people/s", n=PEOPLE, limit_name="least", limit_value=LEAST[kind]
    )
    yield Line(
        name=f"import {kind} against COPY of the same rows",
        value=rate,
        unit="people/s",
        n=PEOPLE,
        limit_name=f"{LEAST_OF_COPY:.0%} of COPY",
        limit_value=LEAST_OF_COPY * copy_rate,
    )
    yield Line(
        name=f"memory of import {kind} above the empty process",
        value=told["mib"],
        unit="MiB",
        n=PEOPLE,
        limit_name="most",
        limit_value=MOST_MIB,
    )


def _in_a_process_of_its_own(path: Path) -> dict[str, float]:
    from django.db import connection

    environment = os.environ | {"EHR_TEST_DB": str(connection.settings_dict["NAME"])}
    answer = subprocess.run(
        [sys.executable, "-c", CHILD, str(path)], env=environment, check=True, capture_output=True, text=True
    )
    return json.loads(answer.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def child(path: str) -> None:
    import django
    from django.conf import settings
    from django.db import connection

    django.setup()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = os.environ["EHR_TEST_DB"]
    from ehr import clock
    from employees.importing.running import Importing, proposed_mapping
    from employees.importing.sources import open_source

    connection.ensure_connection()
    before, started = _peak_mib(), time.monotonic()
    source = open_source(Path(path))
    report = Importing(source, proposed_mapping(source), at=clock.now()).run()
    told = {"seconds": time.monotonic() - started, "mib": _peak_mib() - before, "accepted": report["accepted"]}
    sys.stdout.write(json.dumps(told) + "\n")


def _peak_mib() -> float:
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def _empty() -> None:
    from django.db import connection

    names = ", ".join(TABLES)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # the record refuses to be emptied otherwise
        cursor.execute(f"TRUNCATE {names}, units_orgunit, units_legalentity CASCADE")
        cursor.execute("SET session_replication_role = DEFAULT")


def _copy_seconds() -> float:
    """The rows that were just written, once more by bare COPY into tables with the same indexes and references."""
    from django.db import connection

    seconds = 0.0
    with connection.cursor() as cursor:
        for table in TABLES:
            columns = _plain_columns(cursor, table)
            rows = io.StringIO()
            cursor.copy_expert(f"COPY {table} ({columns}) TO STDOUT", rows)
            cursor.execute(f"CREATE TABLE bench_copy (LIKE {table} INCLUDING ALL)")
            _add_references(cursor, table)
            rows.seek(0)
            started = time.monotonic()
            cursor.copy_expert(f"COPY bench_copy ({columns}) FROM STDIN", rows)
            seconds += time.monotonic() - started
            cursor.execute("DROP TABLE bench_copy")
    return seconds


def _add_references(cursor: Any, table: str) -> None:
    """LIKE leaves them out, and nobody may write these rows without them being checked."""
    cursor.execute(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'", [table]
    )
    for (definition,) in cursor.fetchall():
        cursor.execute(f"ALTER TABLE bench_copy ADD {definition}")


def _plain_columns(cursor: Any, table: str) -> str:
    cursor.execute(
        "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
        [table],
    )
    return str(cursor.fetchone()[0])
