"""One JSON object per line on standard output, without what belongs to a person."""

import re
from typing import Any

import structlog

# An ID number, a phone, an account or card, a bearer token, a secret in an address: longest first.
PRIVATE = re.compile(
    r"""(?<![\w])(?:
        [1-9]\d{5}(?:18|19|20)\d{9}[\dXx]      # ID number
      | \d{12,24}                              # bank account
      | (?:\+?86[- ]?)?1[3-9]\d{9}             # mobile phone
    )(?![\w])
    | (?i:bearer|token)\s+[\w.~+/=-]{8,}
    | (?i:(?<=token=)|(?<=key=)|(?<=code=)|(?<=password=)|(?<=secret=))[^\s&"']+
    | (?<=://)[^\s/@:]*:[^\s/@]+(?=@)          # user:password@host
    | (?<=DETAIL:)(?s:.*?)(?=\n\n|\Z)         # PostgreSQL shows the whole failing row there
    """,
    re.VERBOSE,
)
PRIVATE_NAMES = frozenset(
    {"password", "token", "secret", "id_number", "phone", "bank_account", "authorization", "cookie"}
)


def redact(value: Any) -> Any:
    if isinstance(value, str):
        return PRIVATE.sub("[redacted]", value)
    if isinstance(value, dict):
        return {key: "[redacted]" if str(key).lower() in PRIVATE_NAMES else redact(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [redact(part) for part in value]
    return value


def _redacted(_logger: Any, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return {key: part if key.startswith("_") else redact({key: part})[key] for key, part in event.items()}


COMMON: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
]
LAST: list[structlog.typing.Processor] = [
    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
    structlog.processors.format_exc_info,
    _redacted,
    structlog.processors.JSONRenderer(ensure_ascii=False),
]


def configuration(level: str) -> dict[str, Any]:
    structlog.configure(
        processors=[*COMMON, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    formatter = {"()": structlog.stdlib.ProcessorFormatter, "foreign_pre_chain": COMMON, "processors": LAST}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": formatter},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["out"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["out"], "propagate": False},
            "mail.log": {"level": "WARNING"},  # the demo's mail server, line by line
        },
    }
