"""The product's own settings, with the environment of a test: embedded servers when no addresses are given."""

import atexit
import os
import re
from contextlib import ExitStack
from pathlib import Path

from ehr import embedded

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
"""gw0, gw1 …: a process that shares the servers of the one that started it, with files and a doorbell of its own."""
VAR = Path(__file__).resolve().parent.parent / "var" / "test" / WORKER

os.environ |= {
    "EHR_VAR_DIR": str(VAR),
    "EHR_DEMO": "0",
    "EHR_DEBUG": "0",
    "EHR_SECRET_KEY": "a key that opens nothing outside the tests",
    "EHR_FIELD_KEYS": "test:dGhpcnR5LXR3by1ieXRlcy1vZi1hLXRlc3Qta2V5ISE=",
    "EHR_CHECKPOINT_KEY": "dGhpcnR5LXR3by1ieXRlcy1vZi1hLXRlc3Qta2V5ISE=",
    "EHR_ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
    "EHR_BASE_URL": "http://127.0.0.1:8000",
    "EMAIL_URL": "memorymail://",
}

_running = ExitStack()
atexit.register(_running.close)
os.environ |= _running.enter_context(embedded.services(VAR, os.environ, durable=False))
if WORKER:
    os.environ["REDIS_URL"] = re.sub(r"0$", str(int(WORKER.removeprefix("gw")) + 1), os.environ["REDIS_URL"])

from ehr.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405 - a live server's threads leave no connection that holds the database
