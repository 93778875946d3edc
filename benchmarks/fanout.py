"""From approval to verified, 100 cases × 4 effects on loopback, against a bare claim-call-update loop with the same calls.

Both arms have the same number of processes, kept-alive connections, SKIP LOCKED and a receiver that takes 5 ms per call.
The bare loop runs before and after, so that a machine that gets busier in between is no one's advantage.
"""

import json
import multiprocessing
import os
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.line import Line

CASES, SYSTEMS, PROCESSES, THREADS = 100, 4, 2, 4
STEADY = 0.005
SECRET = "whsec_c2VjcmV0LW9mLXRoZS10ZXN0cy0yNC1ieXRlcw=="  # noqa: S105 - opens a receiver of this run only


def run() -> Iterator[Line]:
    from integrations.receivers.webhook import Behaviour, Receiver

    _lead_children_here()
    receivers = [Receiver(Behaviour(arm="look_up", secret=SECRET, steady=STEADY)).start() for _ in range(SYSTEMS)]
    urls, effects = [receiver.url for receiver in receivers], CASES * SYSTEMS
    in_child(seed, urls)
    before = _bare_seconds(urls, effects)
    ours = effects / timed(engine_loop)
    if any(set(receiver.ledger.applications.values()) != {1} for receiver in receivers):
        raise RuntimeError("an effect was not applied exactly once")
    bare = 2 * effects / (before + _bare_seconds(urls, effects))
    for receiver in receivers:
        receiver.stop()
    yield Line(name="fanout", value=ours, unit="effects/s", n=effects, limit_name="bare loop", limit_value=bare)


def _bare_seconds(urls: list[str], effects: int) -> float:
    in_child(prepare_bare, effects)
    return timed(bare_loop, urls)


def _lead_children_here() -> None:
    """To the database of this run, which has a name of its own."""
    from urllib.parse import quote

    from django.db import connection

    at = connection.settings_dict
    host, user = str(at["HOST"] or at["OPTIONS"].get("host", "")), at["USER"]
    secret = f":{quote(str(at['PASSWORD']))}" if at["PASSWORD"] else ""
    place = (
        f"{user}{secret}@/{at['NAME']}?host={host}"
        if host.startswith("/")
        else f"{user}{secret}@{host}:{at['PORT']}/{at['NAME']}"
    )
    os.environ |= {"DATABASE_URL": f"postgres://{place}", "EHR_EGRESS_LOOPBACK": "1"}


def in_child(work: Any, *arguments: Any) -> None:
    child = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    child.start()
    child.join()
    if child.exitcode:
        raise RuntimeError(work.__name__)


def timed(work: Any, *arguments: Any) -> float:
    """Seconds of the slowest process, counted from when all of them are ready."""
    context = multiprocessing.get_context("spawn")
    ready, clock = context.Barrier(PROCESSES), context.Queue()
    children = [context.Process(target=_timed, args=(work, ready, clock, arguments)) for _ in range(PROCESSES)]
    for child in children:
        child.start()
    times = [clock.get(timeout=300) for _ in children]
    for child in children:
        child.join()
    return max(end for _, end in times) - min(begin for begin, _ in times)


def _timed(work: Any, ready: Any, clock: Any, arguments: tuple[Any, ...]) -> None:
    import django

    django.setup()
    from django.db import connection

    connection.ensure_connection()
    ready.wait()
    begin = time.monotonic()
    work(*arguments)
    clock.put((begin, time.monotonic()))


def engine_loop() -> None:
    from ehr import clock
    from integrations.engine import loop
    from integrations.models import Effect

    while Effect.objects.open().filter(case__isnull=False).exists():
        loop.run_due_in_threads(clock=clock.now)


def seed(urls: list[str]) -> None:
    """In a child of its own, so that no database connection is shared."""
    import django

    django.setup()
    from ehr import clock, record
    from integrations.models import Connection
    from tests.factories.cast import assemble
    from tests.factories.offboarding import approved
    from tests.faults.script import exit_of

    at, cast = clock.now(), assemble()
    for n, url in enumerate(urls):
        config = {"url": url, "sends": ["announce"], "receiver": "look_up"}
        Connection.set_up(
            name=f"system{n}", title=f"system {n}", connector="webhook", unit=cast.unit["group"], config=config,
            secrets={"secret": SECRET}, by=None, at=at, rate=100_000.0, bulkhead=PROCESSES * THREADS,
        )  # fmt: skip
    for n in range(CASES):
        approved(exit_of(cast, n, at), at)
    record.deliver_all()


def prepare_bare(n: int) -> None:
    import django

    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare")
        cursor.execute("CREATE TABLE bare (id serial PRIMARY KEY, key text, state text NOT NULL DEFAULT 'pending')")
        cursor.execute("INSERT INTO bare (key) SELECT 'bare' || n FROM generate_series(1, %s) n", [n])


CLAIM = """UPDATE bare SET state = 'sending' WHERE id = (
    SELECT id FROM bare WHERE state = 'pending' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, key"""


def bare_loop(urls: list[str]) -> None:
    """What anybody would write who does not care about crashes: claim, call, look, update."""
    import http.client
    from urllib.parse import urlsplit

    from django.db import connection

    kept = [http.client.HTTPConnection(urlsplit(url).netloc) for url in urls]
    for each in kept:
        each.connect()
    with connection.cursor() as cursor:
        while True:
            cursor.execute(CLAIM)
            row = cursor.fetchone()
            if row is None:
                return
            _bare_call(kept[row[0] % len(kept)], row[1])
            cursor.execute("UPDATE bare SET state = 'done' WHERE id = %s", [row[0]])


def _bare_call(peer: Any, key: str) -> None:
    from integrations.connectors.webhook.signature import sign

    stamp, body = int(time.time()), json.dumps({"id": key, "type": "x", "subject": key}).encode()
    for method, content in (("POST", body), ("GET", b"")):
        signed = sign(SECRET, message_id=key, timestamp=stamp, body=content)
        headers = {"webhook-id": key, "webhook-timestamp": str(stamp), "webhook-signature": signed}
        peer.request(method, f"/hooks?effect={key}", body=content or None, headers=headers)
        peer.getresponse().read()
