"""How each process of the product is started; the same commands stand in docker-compose.yml."""

import sys
from pathlib import Path

from django.conf import settings

BIN = Path(sys.executable).parent


def commands(port: int) -> dict[str, list[str]]:
    started = {"web": web(f"127.0.0.1:{port}"), "worker": worker(), "beat": beat()}
    return started | ({"receivers": receivers()} if settings.EHR_DEMO else {})


def web(address: str) -> list[str]:
    """A connection stays open for longer than a page waits until it asks again."""
    threads = ["--worker-class", "gthread", "--workers", "1", "--threads", "4"]
    seconds = ["--graceful-timeout", "5", "--keep-alive", "5"]
    return [str(BIN / "gunicorn"), "ehr.wsgi", "--bind", address, *threads, *seconds, "--log-level", "warning"]


def worker() -> list[str]:
    options = ["--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
    return [str(BIN / "celery"), "--app", "ehr", "--quiet", "worker", *options]


def beat() -> list[str]:
    schedule = settings.VAR_DIR / "beat-schedule"
    options = ["--schedule", str(schedule), "--pidfile", "", "--loglevel", "WARNING"]
    return [str(BIN / "celery"), "--app", "ehr", "--quiet", "beat", *options]


def receivers() -> list[str]:
    """The demo's own SCIM, mail and webhook systems, so that what it does out there is real."""
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "demo_receivers"]
