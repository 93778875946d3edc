"""The demo's company: its people before the first page, its history by the worker afterwards."""

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import OutputWrapper


def seed(out: OutputWrapper) -> None:
    """`--background`: the cast at once, the history rung for the worker; prints who may sign in. Safe to repeat."""
    if settings.EHR_DEMO and "seed_demo" in get_commands():
        call_command("seed_demo", "--background", stdout=out)
