"""What the demo's receivers have got: one file of lines for each, written by them, read by the demo's page."""

import json
import threading
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from ehr.deadlines.demo_clock import as_shown

SHOWN = 30
_lock = threading.Lock()


def addresses_path() -> Path:
    return Path(settings.VAR_DIR) / "demo_receivers.json"


def folder() -> Path:
    path = Path(settings.VAR_DIR) / "demo_receivers"
    path.mkdir(parents=True, exist_ok=True)
    return path


def addresses() -> dict[str, dict[str, Any]]:
    try:
        read: dict[str, dict[str, Any]] = json.loads(addresses_path().read_text())
    except (OSError, ValueError):
        return {}
    return read


def keep_addresses(values: dict[str, dict[str, Any]]) -> None:
    path = addresses_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(values, indent=1))
    draft.chmod(0o600)
    draft.rename(path)


class Journal:
    def __init__(self, name: str) -> None:
        self.path = folder() / f"{name}.jsonl"

    def note(self, what: str, **facts: Any) -> None:
        line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "what": what, **facts}
        with _lock, self.path.open("a") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def refuse_next(name: str) -> None:
    """From the demo's page: the next request that would change something there is answered with 400, once."""
    if name in addresses():
        (folder() / f"{name}.refuses").touch()


def takes_refusal(name: str) -> bool:
    try:
        (folder() / f"{name}.refuses").unlink()
    except FileNotFoundError:
        return False
    return True


@dataclass(frozen=True, kw_only=True)
class Shown:
    name: str
    title: str
    address: str
    entries: list[dict[str, Any]]
    can_refuse: bool


def read_all() -> list[Shown]:
    known = addresses()
    return [
        Shown(
            name=name,
            title=about["title"],
            address=about["address"],
            entries=_last(name),
            can_refuse=about["address"].startswith("http"),
        )
        for name, about in known.items()
    ]


def letters() -> list[dict[str, Any]]:
    return [entry for entry in _last("mail") if entry["what"] == "mail"]


def _last(name: str) -> list[dict[str, Any]]:
    try:
        with (folder() / f"{name}.jsonl").open() as file:
            lines = list(deque(file, maxlen=SHOWN))
    except OSError:
        return []
    entries = [json.loads(line) for line in lines]
    for entry in entries:
        entry["at"] = as_shown(datetime.fromisoformat(entry["at"]))
    return entries[::-1]
