"""`python -m tests.offboarding.rules.compliance.mutants.run [NAME…]`: each mistake on a copy of the rules, against the tests."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.offboarding.rules.compliance.mutants.changes import CHANGES, Change

ROOT = Path(__file__).parents[5]
TESTS = "tests/offboarding/rules/compliance"
NEEDED = ("ehr/lib", "offboarding/rules", "offboarding/reference", "offboarding/vectors", TESTS)
PACKAGES = ("ehr", "offboarding", "tests", "tests/offboarding", "tests/offboarding/rules")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "test_vectors.py", "test_mutants.py")
FAILED = 1  # pytest's own code for: tests ran, and some failed


def main(names: list[str]) -> int:
    changes = [change for change in CHANGES if not names or change.name in names]
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        caught = dict(zip([change.name for change in changes], pool.map(is_caught, changes), strict=True))
    missed = [name for name, found in caught.items() if not found]
    sys.stdout.write(json.dumps({"mutants": len(caught), "caught": sum(caught.values()), "not_caught": missed}) + "\n")
    return 1 if missed else 0


def is_caught(change: Change) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        _copy(copy)
        source = copy / change.path
        source.write_text(changed(source.read_text(encoding="utf-8"), change), encoding="utf-8")
        return _run(copy, f"{TESTS}/{change.caught_by}") == FAILED


def changed(source: str, change: Change) -> str:
    if source.count(change.old) != 1:
        raise ValueError(f"{change.name}: {change.old!r} stands {source.count(change.old)} times in {change.path}")
    return source.replace(change.old, change.new)


def _copy(target: Path) -> None:
    """The rules and their tests alone: no Django, no services, so that one run takes seconds."""
    for name in NEEDED:
        shutil.copytree(ROOT / name, target / name, ignore=LEFT_OUT)
    for name in PACKAGES:
        shutil.copy(ROOT / name / "__init__.py", target / name)
    shutil.copytree(ROOT / "tests/data", target / "tests/data")
    (target / "empty.ini").write_text("[pytest]\n")


def _run(copy: Path, test: str) -> int:
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-c", "empty.ini", "--rootdir", ".", test]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, check=False)
    sys.stderr.write(f"{test}: {done.returncode}\n")
    return done.returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
