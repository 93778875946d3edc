"""What an installation must bring before it serves anybody. Looked at when a server process starts, not before:
commands like `compliance_evaluate` need no secrets."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

REQUIRED = ("DATABASE_URL", "REDIS_URL", "EHR_SECRET_KEY", "EHR_FIELD_KEYS", "EHR_BASE_URL")
OF_THE_WORKER = (*REQUIRED, "EHR_CHECKPOINT_KEY")
"""Who answers requests from outside is not the one who can sign the record."""


def refuse_without_secrets(names: tuple[str, ...] = REQUIRED) -> None:
    if settings.EHR_DEMO or settings.DEBUG:
        return
    if missing := [name for name in names if not settings.ENVIRONMENT.get(name)]:
        raise ImproperlyConfigured(f"Missing: {', '.join(missing)} (each may also be given as NAME_FILE)")
