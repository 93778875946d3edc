"""How often one caller may ask. Counts in the process's own cache, so a broker that is down changes nothing."""

from typing import Any

from rest_framework.throttling import SimpleRateThrottle


class PerCaller(SimpleRateThrottle):
    scope = "caller"

    def get_cache_key(self, request: Any, view: Any) -> str:
        who = request.user.pk if request.user.is_authenticated else request.META.get("REMOTE_ADDR", "")
        return f"throttle:{self.scope}:{who}"
