"""Where an embedded server keeps its data, and as which user of the operating system it runs."""

import hashlib
import os
import pwd
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SYSTEM_USER = "ehr-offboarding"
SYSTEM_FOLDER = Path("/var/lib/ehr-offboarding")


@dataclass(frozen=True, kw_only=True)
class Home:
    folder: Path  # data and logs
    sockets: Path  # short (a socket path holds 107 bytes) and 0700
    shared: Path | None  # where binaries are copied to, for the user below cannot read a virtualenv of root's
    user: str | None  # None: the one we are

    @classmethod
    def of(cls, var: Path, name: str) -> "Home":
        """PostgreSQL refuses to run as root, so root gives it a user and a folder that this user can reach."""
        var = var.resolve()
        key = hashlib.sha256(f"{var}".encode()).hexdigest()[:10]
        if os.geteuid() == 0:
            _ensure_system_user()
            folder = SYSTEM_FOLDER / key / name
            home = cls(folder=folder, sockets=folder / "s", shared=SYSTEM_FOLDER, user=SYSTEM_USER)
        else:
            sockets = Path(tempfile.gettempdir()) / f"ehr-{os.geteuid()}-{key}" / name
            home = cls(folder=var / name, sockets=sockets, shared=None, user=None)
        home._create()
        return home

    def _create(self) -> None:
        for folder in (self.folder, self.sockets):
            folder.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
            self.own(folder)

    def own(self, folder: Path) -> None:
        """Creates a folder that only the server's user may enter. Parents keep the mode they have."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.user:
            os.chown(folder, pwd.getpwnam(self.user).pw_uid, pwd.getpwnam(self.user).pw_gid)
        elif folder.stat().st_uid != os.geteuid():
            raise PermissionError(f"{folder} belongs to somebody else")
        folder.chmod(0o700)

    def run(self, *command: str | Path) -> None:
        """Runs a program as the server's user; its output is shown only when it fails."""
        done = subprocess.run(  # noqa: S603 - our own binaries
            [str(part) for part in command], cwd=self.folder, env=self._environment(),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True, check=False, **self._identity(),
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{command[0]} ended with {done.returncode}\n{done.stdout.decode(errors='replace')}")

    def _identity(self) -> dict[str, Any]:
        return {"user": self.user, "group": self.user, "extra_groups": []} if self.user else {}

    def _environment(self) -> dict[str, str]:
        return {"PATH": os.defpath, "LC_ALL": "C", "HOME": str(self.folder)}


def _ensure_system_user() -> None:
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", str(SYSTEM_FOLDER)]
        # exit code 9: somebody else was faster
        done = subprocess.run([*command, "--shell", "/usr/sbin/nologin", SYSTEM_USER], check=False)  # noqa: S603
        if done.returncode not in (0, 9):
            raise
