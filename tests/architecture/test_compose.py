"""No container engine runs here, so every command, variable and address in the two files is looked up instead."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands
from django.urls import resolve

from ehr.production import OF_THE_WORKER, REQUIRED
from ehr.up import processes
from tests.architecture.paths import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
DOCKERFILE = re.sub(r"\\\n\s*", " ", (ROOT / "Dockerfile").read_text())
OURS = ("web", "worker", "beat", "migrate")
CONTRACT = {
    "DATABASE_URL", "REDIS_URL", "EHR_SECRET_KEY", "EHR_FIELD_KEYS", "EHR_BASE_URL", "EHR_DEBUG", "EHR_ALLOWED_HOSTS",
    "EMAIL_URL", "EHR_CHECKPOINT_KEY", "EHR_DEMO", "EHR_MEDIA_URL",
}  # fmt: skip


def _image(instruction: str) -> list[str]:
    return re.findall(rf"^{instruction} (.+)$", DOCKERFILE, re.MULTILINE)


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_it_runs_what_make_run_runs(name: str, settings: Any) -> None:
    settings.VAR_DIR = Path("/var/lib/ehr")
    program, *arguments = getattr(processes, name)()

    assert SERVICES[name]["command"] == [Path(program).name, *arguments]


def test_it_serves_as_make_run_serves() -> None:
    program, *arguments = processes.web("0.0.0.0:8000")

    given = yaml.safe_load(_image("CMD")[0])

    assert (given[0], sorted(given)) == (Path(program).name, sorted([Path(program).name, *arguments]))
    assert "command" not in SERVICES["web"]


def test_it_migrates_before_it_serves() -> None:
    assert SERVICES["migrate"]["command"][:2] == ["python", "manage.py"]
    assert SERVICES["migrate"]["command"][2] in get_commands()
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


@pytest.mark.parametrize("name", OURS)
def test_it_gives_every_variable_production_asks_for(name: str) -> None:
    given = {variable.removesuffix("_FILE") for variable in SERVICES[name]["environment"]}

    assert set(OF_THE_WORKER if name == "worker" else REQUIRED) <= given <= CONTRACT


@pytest.mark.parametrize("name", OURS)
def test_only_the_worker_can_sign_the_record(name: str) -> None:
    holds_key = "EHR_CHECKPOINT_KEY_FILE" in SERVICES[name]["environment"]

    assert (holds_key, "checkpoint_key" in SERVICES[name]["secrets"]) == (name == "worker", name == "worker")


@pytest.mark.parametrize("name", OURS)
def test_its_user_may_write_where_a_volume_is_mounted(name: str) -> None:
    """A new volume takes its owner from the folder in the image; a folder that is not there belongs to root."""
    mounted = {volume.split(":")[1] for volume in SERVICES[name]["volumes"]}

    assert mounted <= set(_image("RUN mkdir")[0].split())
    assert DOCKERFILE.index("USER ehr") < DOCKERFILE.index("RUN mkdir")


@pytest.mark.parametrize("name", SERVICES)
def test_it_mounts_every_secret_it_reads(name: str) -> None:
    read = [Path(v).name for k, v in SERVICES[name].get("environment", {}).items() if k.endswith("_FILE")]

    assert set(read) == set(SERVICES[name].get("secrets", []))
    assert set(read) <= set(COMPOSE["secrets"])


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "migrate"])
def test_it_looks_after_the_health_of_every_server(name: str) -> None:
    kind, program, *_ = SERVICES[name]["healthcheck"]["test"]

    assert kind == "CMD"
    assert program in {"python", "celery", "pg_isready", "redis-cli"}
    assert shutil.which(program, path=str(Path(sys.executable).parent)) or name in ("postgres", "redis")


def test_it_asks_addresses_that_exist() -> None:
    asked = re.findall(r"http://(127\.0\.0\.1|\w+):8000(/[\w/]*)", str(SERVICES))

    assert {path for _, path in asked} == {"/healthz", "/readyz"}
    assert {host for host, _ in asked} <= {"127.0.0.1", *SERVICES}
    assert all(resolve(path) for _, path in asked)


def test_its_health_checks_are_let_in() -> None:
    """They ask by the container's name or by 127.0.0.1, while the company allows its own host only."""
    script = "import ehr.settings; print(*ehr.settings.ALLOWED_HOSTS)"
    environ = {**os.environ, "EHR_ALLOWED_HOSTS": "exit.example.com"}
    allowed = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environ, capture_output=True, text=True, check=True
    ).stdout.split()

    for service in SERVICES.values():
        for host in re.findall(r"http://([\w.]+):8000", str(service.get("healthcheck"))):
            said = re.search(r"'Host': '(\w+)'", str(service["healthcheck"]))
            assert (said[1] if said else host) in allowed


def test_it_names_only_volumes_and_services_there_are() -> None:
    mounted = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    needed = {name for service in SERVICES.values() for name in service.get("depends_on", {})}

    assert mounted == set(COMPOSE["volumes"])
    assert needed <= set(SERVICES)


def test_it_has_the_database_the_product_is_tested_on() -> None:
    from ehr.embedded import postgres  # noqa: F401 - the embedded one is 18 too: tests/architecture/test_database.py

    assert SERVICES["postgres"]["image"] == "postgres:18"


def test_it_copies_only_what_is_there() -> None:
    copied = [part for line in _image("COPY") if "--from" not in line for part in line.split()[:-1]]

    assert [part for part in copied if not (ROOT / part).exists()] == []


def test_it_runs_only_programs_and_commands_there_are() -> None:
    managed = re.findall(r"python manage\.py (\w+)", DOCKERFILE)
    modules = re.findall(r"python -m ([\w.]+)", DOCKERFILE)

    assert set(managed) <= set(get_commands())
    for module in modules:
        subprocess.run(
            [sys.executable, "-c", f"import importlib.util as u; assert u.find_spec({module!r})"], check=True
        )


def test_it_installs_the_packages_make_run_installs() -> None:
    wanted = re.search(r"run\)(.*?);;", (ROOT / "bin" / "system-packages").read_text(), re.DOTALL)
    assert wanted
    needed = {word for line in re.findall(r"need (.+)", wanted[1]) for word in shlex.split(line)}

    provided_by_base_images = {"nodejs", "npm", "python3.11-venv"}

    assert needed - provided_by_base_images <= set(DOCKERFILE.split())


def test_it_does_not_run_as_root() -> None:
    assert _image("USER")[-1] == "ehr"
