"""The embedded Redis: a doorbell, so nothing of it is kept on disk."""

import time

from ehr.embedded.binaries import redis_server
from ehr.embedded.home import Home

NAME = "redis"
VARIABLE = "REDIS_URL"
START_SECONDS = 5.0


def url(home: Home) -> str:
    return f"unix://{home.sockets}/redis.sock?db=0"


def start(home: Home, *, durable: bool = True) -> None:
    if is_running(home):
        return
    home.run(
        redis_server(home), "--daemonize", "yes", "--port", "0",
        "--unixsocket", home.sockets / "redis.sock", "--unixsocketperm", "700",
        "--dir", home.folder, "--logfile", home.folder / "log", "--save", "", "--appendonly", "no",
    )  # fmt: skip
    deadline = time.monotonic() + START_SECONDS
    while not is_running(home):
        if time.monotonic() > deadline:
            raise RuntimeError(f"Redis does not answer; see {home.folder / 'log'}")
        time.sleep(0.02)


def stop(home: Home) -> None:
    import redis

    try:
        with redis.Redis.from_url(url(home)) as client:
            client.shutdown(nosave=True)
    except redis.ConnectionError:
        pass  # it was gone already


def is_running(home: Home) -> bool:
    import redis

    try:
        with redis.Redis.from_url(url(home), socket_timeout=2) as client:
            return bool(client.ping())
    except redis.TimeoutError:
        return True  # it is there, only slow
    except redis.ConnectionError:
        return False
