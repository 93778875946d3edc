"""How often one caller may ask. Counts in each process alone: it keeps a loop from
hurting and guards no secret, so it is not worth two statements a call."""

from typing import Any

from django.core.cache import caches
from rest_framework.throttling import SimpleRateThrottle


class PerCaller(SimpleRateThrottle):
    scope = "caller"
    cache = caches["local"]

    def get_cache_key(self, request: Any, view: Any) -> str:
        who = request.user.pk if request.user.is_authenticated else request.META.get("REMOTE_ADDR", "")
        return f"throttle:{self.scope}:{who}"
