"""`python -m tests.faults.mutants.run [NAME…]`: each mutant on a copy of the tree, against the test that must catch it."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ehr import embedded
from tests.faults.mutants.caught_by import CAUGHT_BY

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "node_modules", "var", "__pycache__", ".*_cache", ".hypothesis")
FAILED = 1  # pytest's own code for: tests ran, and some failed


def main(names: list[str]) -> int:
    """On one pair of servers for all; each mutant's name is said when its test has run."""
    with embedded.services(ROOT / "var" / "test", os.environ, durable=False) as addresses:
        os.environ |= addresses
        caught = {name: is_caught(name) for name in names or sorted(CAUGHT_BY)}
    sys.stdout.write(
        json.dumps({"mutants": len(caught), "caught": sum(caught.values()), "not_caught": _missed(caught)}) + "\n"
    )
    return 0 if all(caught.values()) else 1


def is_caught(name: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT, symlinks=True)
        (copy / ".venv").symlink_to(ROOT / ".venv")
        subprocess.run(["patch", "-p1", "--quiet", "-i", HERE / f"{name}.patch"], cwd=copy, check=True)
        return _fails(copy, CAUGHT_BY[name])


def _fails(copy: Path, test: str) -> bool:
    """The test itself, and not what it stands on."""
    environment = {**os.environ, "EHR_TEST_DB": os.environ.get("EHR_TEST_DB", "test_ehr") + "_mutants"}
    command = [ROOT / ".venv/bin/python", "-m", "pytest", "-q", "-x", "-p", "no:randomly", "--reuse-db", test]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    fails = done.returncode == FAILED and "\nFAILED " in done.stdout and "\nERROR " not in done.stdout
    sys.stderr.write(f"{test}: {'caught' if fails else done.stdout[-3000:]}\n")
    return fails


def _missed(caught: dict[str, bool]) -> list[str]:
    return [name for name, found in caught.items() if not found]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
