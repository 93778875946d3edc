"""PostgreSQL and Redis out of pip wheels, for the demo and the tests. Production brings its own.

Knows nothing of Django: it is needed before the settings can be read.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from ehr.embedded import postgres, redis
from ehr.embedded.home import Home
from ehr.embedded.lease import Lease


@contextmanager
def services(var: Path, environ: Mapping[str, str], *, durable: bool = True) -> Iterator[dict[str, str]]:
    """The addresses that `environ` does not give, of servers that run at least as long as the block.

    Several processes may share the servers; the last one to leave stops them.
    """
    urls = {}
    with ExitStack() as stack:
        for server in (postgres, redis):
            if not environ.get(server.VARIABLE):
                home = Home.of(var, server.NAME)
                start, stop = partial(server.start, home, durable=durable), partial(server.stop, home)
                stack.enter_context(Lease(home.folder).hold(start=start, stop=stop))
                urls[server.VARIABLE] = server.url(home)
        yield urls


def revive(var: Path, environ: Mapping[str, str]) -> None:
    """Somebody killed the doorbell, and nothing would ring any more until all of it is started anew. PostgreSQL looks
    after its own processes."""
    if not environ.get(redis.VARIABLE):
        home = Home.of(var, redis.NAME)
        Lease(home.folder).take_turn(partial(redis.start, home))


def addresses(var: Path) -> dict[str, str]:
    """Where the servers of this folder are found while they run."""
    return {server.VARIABLE: server.url(Home.of(var, server.NAME)) for server in (postgres, redis)}


def forget(var: Path) -> None:
    """Throws the data of this folder away. Stops a server that somebody left running."""
    home = Home.of(var, postgres.NAME)
    postgres.stop(home)
    shutil.rmtree(home.folder / "data", ignore_errors=True)
