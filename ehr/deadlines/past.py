"""While a demo's past is being played, the sweeps of the present wait: to them every answer of last year is late."""

from contextlib import AbstractContextManager

from django.conf import settings

from ehr.alone import alone, is_taken

KEY = 0x9A57


def played() -> AbstractContextManager[bool]:
    """False when another process plays it already."""
    return alone(KEY)


def is_played() -> bool:
    return bool(settings.EHR_DEMO) and is_taken(KEY)
