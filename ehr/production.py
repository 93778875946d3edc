"""What an installation must bring before it serves anybody. Looked at when a server process starts, not before:
commands like `compliance_evaluate` need no secrets."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

REQUIRED = ("DATABASE_URL", "REDIS_URL", "EHR_SECRET_KEY", "EHR_FIELD_KEYS", "EHR_CHECKPOINT_KEY", "EHR_BASE_URL")


def refuse_without_secrets() -> None:
    if settings.EHR_DEMO or settings.DEBUG:
        return
    if missing := [name for name in REQUIRED if not settings.ENVIRONMENT.get(name)]:
        raise ImproperlyConfigured(f"Missing: {', '.join(missing)} (each may also be given as NAME_FILE)")
