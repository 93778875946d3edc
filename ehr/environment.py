"""The environment as the settings see it: NAME, else what the file in NAME_FILE holds, else the demo's own values.

python -m ehr.environment: writes the demo's values, with fresh secrets, unless they are there. A new demo starts from
an empty database: what lost keys have encrypted nobody can read.
"""

import base64
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from ehr import embedded

DEMO_FILE = "demo.env"
VAR = Path(os.environ.get("EHR_VAR_DIR", Path(__file__).resolve().parent.parent / "var"))


def read(environ: Mapping[str, str], var: Path) -> dict[str, str]:
    values = {**environ, **_from_files(environ)}
    return {**_demo_values(values, var / DEMO_FILE), **values}


def _from_files(environ: Mapping[str, str]) -> dict[str, str]:
    files = {name.removesuffix("_FILE"): path for name, path in environ.items() if _is_file_variable(name) and path}
    return {name: Path(path).read_text().strip() for name, path in files.items()}


def _is_file_variable(name: str) -> bool:
    ours = name.startswith("EHR_") or name.endswith("_URL_FILE")
    return ours and name.endswith("_FILE")


def _demo_values(values: Mapping[str, str], path: Path) -> dict[str, str]:
    """They never reach an installation that names its own database."""
    is_demo = values.get("EHR_DEMO") == "1" or "DATABASE_URL" not in values
    if not is_demo or not path.exists():
        return {}
    return dict(line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)


def write_demo_values(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    values = {
        "EHR_DEMO": "1",
        "EHR_SECRET_KEY": _key(),
        "EHR_FIELD_KEYS": f"demo:{_key()}",
        "EHR_CHECKPOINT_KEY": _key(),
        **embedded.addresses(path.parent),
    }
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(f"{name}={value}\n" for name, value in values.items())


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


if __name__ == "__main__" and not (VAR / DEMO_FILE).exists():
    embedded.forget(VAR)
    write_demo_values(VAR / DEMO_FILE)
