"""The demo's company: its people before the first page, its history by the worker afterwards."""

from django.conf import settings
from django.core.management import call_command, get_commands


def seed_cast() -> None:
    if _has_seed():
        call_command("seed_demo", "--cast-only")


def seed_history() -> None:
    """Rung and not called: the history takes a minute, and people may look around meanwhile."""
    if _has_seed():
        from demo.tasks import seed_history

        seed_history.delay()


def welcome(port: int) -> str:
    lines = [f"\n  离职协同  http://127.0.0.1:{port}/"]
    if settings.EHR_DEMO and _has_seed():
        from demo.company import logins

        lines += [f"    {login}" for login in logins()]
    return "\n".join([*lines, "  Ctrl-C stops everything.\n"])


def _has_seed() -> bool:
    return settings.EHR_DEMO and "seed_demo" in get_commands()
