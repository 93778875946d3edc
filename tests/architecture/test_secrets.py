import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ehr import environment
from ehr.logs import redact
from tests.architecture.paths import ROOT

NEEDED = {"EHR_SECRET_KEY", "EHR_FIELD_KEYS", "REDIS_URL", "EHR_BASE_URL"}
STARTS = {
    "web": ("import ehr.wsgi", NEEDED),
    "worker": ("from ehr.celery import app; app.Worker()", NEEDED | {"EHR_CHECKPOINT_KEY"}),
    "beat": (
        "import os; from ehr.celery import app; app.Beat(schedule=os.environ['EHR_VAR_DIR'] + '/beat').run()",
        NEEDED,
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("server", STARTS)
def test_it_refuses_to_serve_without_its_secrets(server: str, tmp_path: Path) -> None:
    bare = {"PATH": os.environ["PATH"], "EHR_VAR_DIR": str(tmp_path), "DATABASE_URL": "postgres://elsewhere/ehr"}
    program, needed = STARTS[server]

    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, text=True, check=False, timeout=60)

    assert done.returncode == 1
    assert set(re.findall(r"(?:EHR|REDIS)_\w+", done.stderr.rpartition("Missing: ")[2])) == needed


def test_it_reads_a_secret_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from a file\n")

    values = environment.read({"EHR_SECRET_KEY_FILE": str(tmp_path / "key"), "EHR_SECRET_KEY": "other"}, tmp_path)

    assert values["EHR_SECRET_KEY"] == "from a file"


def test_it_keeps_the_secrets_of_the_demo_to_its_user(tmp_path: Path) -> None:
    path = tmp_path / environment.DEMO_FILE

    environment.write_demo_values(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert environment.read({}, tmp_path)["EHR_DEMO"] == "1"


def test_it_never_gives_demo_values_to_an_installation_with_its_own_database(tmp_path: Path) -> None:
    environment.write_demo_values(tmp_path / environment.DEMO_FILE)

    values = environment.read({"DATABASE_URL": "postgres://own/ehr"}, tmp_path)

    assert values == {"DATABASE_URL": "postgres://own/ehr"}


@pytest.mark.parametrize(
    "text",
    [
        "id 310101199003077715 ok",
        "call 13812345678 now",
        "call +86 13812345678 now",
        "card 6222020200112233445",
        "Authorization: Bearer ehr_0123456789abcdef",
        "/reset?token=abcdef",
        "postgres://ehr:secret@db/ehr",
    ],
)
def test_it_logs_nothing_private(text: str) -> None:
    private = text.split()[1] if text[0] in "ic" else "cdef" if "cdef" in text else "secret"

    assert "[redacted]" in redact(text)
    assert private.removeprefix("+86") == "" or private not in redact(text)


def test_it_logs_no_row_that_a_constraint_refused() -> None:
    text = "IntegrityError: new row violates check\nDETAIL:  Failing row contains (周远航, zhouyuanhang,\nSHKA).\n\nat line 9"

    assert redact(text) == "IntegrityError: new row violates check\nDETAIL:[redacted]\n\nat line 9"


def test_it_logs_what_helps() -> None:
    text = "case LZ-2026-0042 at 2026-05-18T02:00:00Z in 0195f3a2-7c1e-7abc-8def-0123456789ab took 12345 ms"

    assert redact(text) == text
