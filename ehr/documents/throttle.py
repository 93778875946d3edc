"""Ten public checks a minute for one address. The code itself can't be guessed; this keeps scanners away."""

from django.core.cache import cache
from django.http import HttpRequest

PER_MINUTE = 10
SECONDS = 60


def is_too_often(request: HttpRequest) -> bool:
    key = f"verify:{request.META.get('REMOTE_ADDR', '')}"
    if cache.add(key, 1, timeout=SECONDS):
        return False
    try:
        return bool(cache.incr(key) > PER_MINUTE)
    except ValueError:  # it ran out between the two calls
        return False
