"""One address of Redis for two libraries: redis-py says unix://…?db=N where kombu says redis+socket://…?virtual_host=N."""

import re


def broker_url(redis_url: str) -> str:
    if not redis_url.startswith("unix://"):
        return redis_url
    return re.sub(r"\bdb=", "virtual_host=", "redis+socket://" + redis_url.removeprefix("unix://"))
