"""A database with every table, migrated once and copied for whoever needs one: each worker, each fault, each story."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).parent.parent
PREFIX = "ehr_migrated_"
SHIPPED = (
    "*/shipped/*",
    "*/shipped/papers/*",
    "handover/rules/items.py",
    "offboarding/rules/chains.py",
    "offboarding/rules/kinds.py",
)
TURN = 5_472_113
"""The key of the lock under which one worker migrates while the others wait."""


def name() -> str:
    """Made when it is not there. What migrations and the rows they ship are made of decides the name."""
    wanted = PREFIX + _fingerprint()
    with _server() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [PREFIX + "%"])
        there = {row[0] for row in cursor.fetchall()}
        if wanted not in there:
            for old in there:
                cursor.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
            _migrate(cursor, wanted)
    return wanted


def url(database: str) -> str:
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}"))


def _migrate(cursor: Any, wanted: str) -> None:
    """Renamed when whole: an interrupted run leaves nothing that looks finished."""
    draft = f"{PREFIX}draft"
    cursor.execute(f'CREATE DATABASE "{draft}"')
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    environment = {**os.environ, "DATABASE_URL": url(draft), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    cursor.execute(f'ALTER DATABASE "{draft}" RENAME TO "{wanted}"')


def _fingerprint() -> str:
    sources = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("ehr/*/migrations/*.py")]
    sources += [path for part in SHIPPED for path in ROOT.glob(part)] + [ROOT / "requirements" / "base.txt"]
    digest = hashlib.sha256()
    for path in sorted(path for path in sources if path.is_file()):
        digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _server() -> Iterator[Any]:
    connection = psycopg2.connect(url("postgres"))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()
