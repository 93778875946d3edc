import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.paths import PACKAGES, ROOT

PRIVATE = ("rules", "forms", "views", "api", "tasks", "subscribers")


@pytest.mark.slow
def test_it_keeps_the_layers() -> None:
    lint = Path(sys.executable).parent / "lint-imports"

    done = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_it_protects_the_inside_of_every_app() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    protected = {module for contract in contracts for module in contract.get("protected_modules", [])}

    apps = [package for package in PACKAGES if package not in ("ehr", "demo")]
    inside = {f"{app}.{name}" for app in apps for name in PRIVATE if _exists(ROOT / app / name)}

    assert inside <= protected


def _exists(module: Path) -> bool:
    return module.with_suffix(".py").exists() or (module / "__init__.py").exists()
