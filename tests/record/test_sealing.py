"""The chain has no gaps, skips nothing that is still being written, and has one sealer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from ehr import record
from ehr.record import checkpoints
from ehr.record.checkpoints import Statement, sign_checkpoint
from ehr.record.leaf import SPOKEN, spoken
from ehr.record.merkle import EMPTY_ROOT, Frontier, node
from ehr.record.models import Checkpoint, Event, Seal
from ehr.record.sealing import seal_all, seal_batch
from ehr.record.verifying import verify
from tests.record.facts import TeaServed, serve

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def var(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    return tmp_path


def in_thread(work):
    def run():
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result(60)


def test_a_transaction_that_still_runs_is_waited_for(at):
    """Its event would otherwise end up behind the end of the chain."""
    with transaction.atomic():
        record.emit(TeaServed(note="early"), subject="tests.tea:1", by=None, at=at)
        in_thread(lambda: serve(3, at, note="late"))
        assert in_thread(seal_all) == 0

    assert seal_all() == 4
    first = Seal.objects.select_related("event").get(seq=1)
    assert first.event.payload["note"] == "early"
    assert verify().intact


def test_four_sealers_at_once_make_one_chain(at):
    for _ in range(5):
        serve(40, at)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: in_thread(seal_all), range(4)))
    seal_all()

    assert list(Seal.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 201))
    assert verify().intact


def test_sealing_goes_on_while_people_write(at):
    def write():
        for _ in range(15):
            serve(3, at)

    with ThreadPoolExecutor(2) as pool:
        writers = [pool.submit(in_thread, write) for _ in range(2)]
        while not all(writer.done() for writer in writers):
            seal_batch()
        [writer.result() for writer in writers]
    seal_all()

    assert Event.objects.count() == Seal.objects.count() == 90
    assert verify().intact


def test_work_in_another_database_of_the_server_holds_nothing_up(at):
    """A dump or a migration next door may run for hours."""
    import psycopg2

    there = dict(connection.get_connection_params()) | {"dbname": "postgres"}
    there = {key: there[key] for key in ("dbname", "user", "password", "host", "port") if there.get(key)}
    next_door = psycopg2.connect(**there)
    try:
        next_door.cursor().execute("SELECT pg_current_xact_id()")
        serve(4, at)
        assert seal_all() == 4
    finally:
        next_door.close()


def test_after_a_restore_the_counters_start_again_and_sealing_goes_on(at):
    serve(3, at)
    seal_all()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE record_event SET transaction = transaction + 1000000000")
    serve(2, at)

    assert seal_all() == 2
    assert Seal.objects.count() == 5


WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
PAYLOADS = st.dictionaries(WORDS, WORDS | st.integers() | st.booleans() | st.none() | st.lists(WORDS, max_size=3))


@given(PAYLOADS, st.datetimes(timezones=st.just(UTC), min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)))
def test_python_and_postgresql_say_an_event_in_the_same_words(payload, at):
    event = Event.objects.create(kind="tests.tea.served", subject="x", at=at, mac=b"", payload=payload)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {SPOKEN} FROM record_event e WHERE id = %s", [event.pk])
        assert cursor.fetchone()[0].encode() == spoken(event)


# --- checkpoints ------------------------------------------------------------------------------------------
def test_a_checkpoint_is_a_row_and_a_file_that_say_the_same(at, var):
    serve(5, at)
    seal_all()
    row = sign_checkpoint(at=at)

    kept = Statement.of_json((var / "checkpoints" / "latest.json").read_text())
    assert kept == Statement.of_row(row)
    assert kept.is_signed()
    assert (var / "checkpoints" / "2026-05-18" / "000000000005.json").exists()


def test_checkpoints_follow_one_another(at):
    for minute in range(4):
        serve(3, at)
        seal_all()
        sign_checkpoint(at=at + timedelta(minutes=minute))

    assert list(Checkpoint.objects.order_by("tree_size").values_list("tree_size", flat=True)) == [3, 6, 9, 12]
    assert verify().checkpoints == 4
    assert sign_checkpoint(at=at) is None


@pytest.mark.parametrize(
    ("seconds", "rows", "is_due"), [(59, 1, False), (60, 1, True), (1, 0, False), (600, 0, False), (1, 5, True)]
)
def test_when_one_is_due(at, seconds, rows, is_due, monkeypatch):
    monkeypatch.setattr(checkpoints, "EVERY_ROWS", 5)
    serve(2, at)
    seal_all()
    sign_checkpoint(at=at)
    if rows:
        serve(rows, at)
        seal_all()

    assert checkpoints.is_due(at=at + timedelta(seconds=seconds)) is is_due


@pytest.mark.parametrize("field", ["tree_size", "root", "at"])
def test_a_signature_covers_every_field(at, field):
    serve(2, at)
    seal_all()
    good = Statement.of_row(sign_checkpoint(at=at))
    other = {"tree_size": 3, "root": bytes(32), "at": "2026-05-18T02:00:01.000000Z"}[field]

    assert not Statement(**vars(good) | {field: other}).is_signed()


def recursive_root(leaves):
    """RFC 6962, section 2.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return node(recursive_root(leaves[:k]), recursive_root(leaves[k:]))


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70), st.integers(0, 70))
def test_the_frontier_has_the_root_of_the_rfc(leaves, cut):
    frontier = Frontier()
    for leaf in leaves[:cut]:
        frontier.add(leaf)
    again = Frontier.of_bytes(frontier.size, frontier.to_bytes())
    for leaf in leaves[cut:]:
        again.add(leaf)

    assert again.root() == recursive_root(leaves)


def test_the_empty_tree():
    assert Frontier().root() == EMPTY_ROOT


# --- the command ------------------------------------------------------------------------------------------
def test_the_command_answers_with_its_exit_code(at, var, capsys):
    serve(4, at)
    seal_all()
    sign_checkpoint(at=at)
    path = var / "checkpoints" / "latest.json"

    call_command("audit_verify", checkpoint=path)
    assert capsys.readouterr().out.startswith("intact: 4 sealed")

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE record_event SET role = 'x' WHERE id = (SELECT event_id FROM record_seal WHERE seq = 3)")
    with pytest.raises(SystemExit) as stopped:
        call_command("audit_verify", "--json")
    assert stopped.value.code == 1
    assert '"bad_position": 3' in capsys.readouterr().out


def test_a_file_that_is_no_checkpoint_is_an_error(var: Path):
    from django.core.management import CommandError

    (var / "odd.json").write_text("{}")
    with pytest.raises(CommandError, match="not a checkpoint"):
        call_command("audit_verify", checkpoint=var / "odd.json")
