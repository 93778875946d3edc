"""Whoever owns the database can switch its triggers off. What they change then is found all the same."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from ehr.lib.ids import uuid7
from ehr.record.checkpoints import Statement, sign_checkpoint
from ehr.record.leaf import SEALED
from ehr.record.models import Event, Seal
from ehr.record.sealing import GENESIS, link, seal_all
from ehr.record.verifying import verify
from tests.record.facts import serve

pytestmark = pytest.mark.slow

ROWS = 60
SEED = random.SystemRandom().randrange(2**32)
Attack = Callable[[random.Random], None]

EVENT_EDITS = {
    "kind": "kind || 'x'",
    "subject": "subject || '1'",
    "actor_id": "NULL::uuid",
    "on_behalf_of_id": "(SELECT id FROM identity_user LIMIT 1)",
    "role": "role || 'x'",
    "at": "at + interval '1 microsecond'",
    "request_id": "request_id || 'x'",
    "payload": """jsonb_set(payload, '{cups}', '999')""",
    "transaction": "transaction + 1",
    "mac": "sha256(mac)",
    "id": "gen_random_uuid()",
}
SEAL_EDITS = {
    "prev_hash": "sha256(prev_hash)",
    "hash": "sha256(hash)",
    "seq": "seq + 100000",
    "event_id": "gen_random_uuid()",
}


@pytest.fixture
def outside(db_with_record, at: datetime) -> Statement:
    """The checkpoint file as an auditor holds it."""
    return Statement.of_row(db_with_record)


@pytest.fixture
def db_with_record(transactional_db, at, django_user_model, tmp_path, settings):
    settings.VAR_DIR = tmp_path
    actor = django_user_model.objects.create(username="actor")
    serve(ROWS, at)
    with as_owner() as cursor:  # a few events with an actor, so that removing the actor is a change
        cursor.execute("UPDATE record_event SET actor_id = %s", [actor.pk])
        _repair_macs(cursor)
    seal_all()
    return sign_checkpoint(at=at + timedelta(minutes=1))


class as_owner:  # noqa: N801 - reads like a context
    def __enter__(self):
        self.block = transaction.atomic()
        self.block.__enter__()
        self.cursor = connection.cursor()
        self.cursor.execute("SET LOCAL session_replication_role = replica")
        return self.cursor

    def __exit__(self, *error):
        self.cursor.close()
        self.block.__exit__(*error)


def _repair_macs(cursor) -> None:
    from ehr.record.emitting import mac_of

    for event in Event.objects.all():
        cursor.execute("UPDATE record_event SET mac = %s WHERE id = %s", [mac_of(event), event.pk])


# --- what an attacker may do to one row -------------------------------------------------------------------
def edit_event(dice: random.Random) -> None:
    column = dice.choice(sorted(EVENT_EDITS))
    _one("record_event", f"UPDATE record_event SET {column} = {EVENT_EDITS[column]} WHERE id = %s", dice)


def edit_seal(dice: random.Random) -> None:
    column = dice.choice(sorted(SEAL_EDITS))
    _one("record_seal", f"UPDATE record_seal SET {column} = {SEAL_EDITS[column]} WHERE seq = %s", dice)


def remove_event(dice: random.Random) -> None:
    _one("record_event", "DELETE FROM record_event WHERE id = %s", dice)


def remove_seal(dice: random.Random) -> None:
    _one("record_seal", "DELETE FROM record_seal WHERE seq = %s", dice)


def remove_both(dice: random.Random) -> None:
    seq = dice.randrange(1, ROWS)
    with as_owner() as cursor:
        cursor.execute("DELETE FROM record_event WHERE id = (SELECT event_id FROM record_seal WHERE seq = %s)", [seq])
        cursor.execute("DELETE FROM record_seal WHERE seq = %s", [seq])
        cursor.execute("UPDATE record_seal SET seq = -seq WHERE seq > %s", [seq])
        cursor.execute("UPDATE record_seal SET seq = -seq - 1 WHERE seq < 0")


def swap_events(dice: random.Random) -> None:
    first, second = dice.sample(range(1, ROWS + 1), 2)
    with as_owner() as cursor:
        cursor.execute("SELECT event_id FROM record_seal WHERE seq IN (%s, %s) ORDER BY seq", [first, second])
        (one,), (other,) = cursor.fetchall()
        cursor.execute("UPDATE record_seal SET event_id = gen_random_uuid() WHERE event_id = %s", [one])
        cursor.execute("UPDATE record_seal SET event_id = %s WHERE event_id = %s", [one, other])
        cursor.execute("UPDATE record_seal SET event_id = %s WHERE seq = %s", [other, min(first, second)])


def forge_in_the_middle(dice: random.Random) -> None:
    """A well-formed event with a well-formed seal, and everything after it moved up by one."""
    seq = dice.randrange(1, ROWS)
    with as_owner() as cursor:
        forged = _forge(cursor)
        cursor.execute("UPDATE record_seal SET seq = -seq WHERE seq > %s", [seq])
        cursor.execute("UPDATE record_seal SET seq = -seq + 1 WHERE seq < 0")
        previous = bytes(Seal.objects.get(seq=seq).hash)
        cursor.execute(f"SELECT {SEALED} FROM record_event e WHERE id = %s", [forged])
        this = link(cursor.fetchone()[0], previous)
        Seal.objects.create(seq=seq + 1, event_id=forged, prev_hash=previous, hash=this)


def forge_without_seal(dice: random.Random) -> None:
    with as_owner() as cursor:
        _forge(cursor)


# --- what only a checkpoint outside finds -----------------------------------------------------------------
def cut_tail(dice: random.Random) -> None:
    keep = dice.randrange(0, ROWS)
    with as_owner() as cursor:
        cursor.execute("DELETE FROM record_checkpoint")
        cursor.execute("DELETE FROM record_event WHERE id IN (SELECT event_id FROM record_seal WHERE seq > %s)", [keep])
        cursor.execute("DELETE FROM record_seal WHERE seq > %s", [keep])


def rewrite_from_somewhere(dice: random.Random) -> None:
    """Change one event and recompute everything after it, mac included, as if all keys but one were known."""
    seq = dice.randrange(1, ROWS + 1)
    with as_owner() as cursor:
        cursor.execute("DELETE FROM record_checkpoint")
        cursor.execute(
            "UPDATE record_event SET payload = '{\"cups\": 7777}' WHERE id = (SELECT event_id FROM record_seal WHERE seq = %s)",
            [seq],
        )
        _repair_macs(cursor)
        _rechain(cursor)


def _rechain(cursor) -> None:
    previous = GENESIS
    cursor.execute(f"SELECT s.seq, {SEALED} FROM record_seal s JOIN record_event e ON e.id = s.event_id ORDER BY seq")
    for seq, text in cursor.fetchall():
        this = link(text, previous)
        cursor.execute("UPDATE record_seal SET prev_hash = %s, hash = %s WHERE seq = %s", [previous, this, seq])
        previous = this


def _forge(cursor) -> object:
    forged = uuid7()
    cursor.execute(
        "INSERT INTO record_event (id, kind, subject, role, at, request_id, payload, mac)"
        " VALUES (%s, 'tests.tea.served', 'tests.tea:1', '', now(), '', '{}', sha256('guess'))",
        [forged],
    )
    return forged


def _one(table: str, statement: str, dice: random.Random) -> None:
    key = "seq" if table == "record_seal" else "id"
    with as_owner() as cursor:
        cursor.execute(f"SELECT {key} FROM {table} ORDER BY {key}")
        chosen = dice.choice(cursor.fetchall())[0]
        cursor.execute(statement, [chosen])
        assert cursor.rowcount == 1


ATTACKS = {
    attack.__name__: attack
    for attack in (
        edit_event,
        edit_seal,
        remove_event,
        remove_seal,
        remove_both,
        swap_events,
        forge_in_the_middle,
        forge_without_seal,
    )
}
HIDDEN_ATTACKS = {attack.__name__: attack for attack in (cut_tail, rewrite_from_somewhere)}


class Undone(Exception):
    pass


def found(attack: Attack, dice: random.Random, outside: Statement | None) -> bool:
    """Attack, look, and take the attack back."""
    try:
        with transaction.atomic():
            attack(dice)
            verdict = verify(outside)
            raise Undone
    except Undone:
        return not verdict.intact


def rounds(count: int) -> list[random.Random]:
    print(f"seed {SEED}")  # noqa: T201 - shown when it fails
    return [random.Random(SEED + n) for n in range(count)]


def test_the_untouched_record_is_intact(outside):
    verdict = verify(outside)

    assert verdict.reason == ""
    assert (verdict.intact, verdict.sealed, verdict.waiting, verdict.checkpoints) == (True, ROWS, 0, 2)


def test_170_of_170_manipulations_of_single_rows_are_found(outside):
    names = sorted(ATTACKS)

    missed = [
        (n, names[n % len(names)])
        for n, dice in enumerate(rounds(170))
        if not found(ATTACKS[names[n % len(names)]], dice, None)
    ]

    assert missed == []


@pytest.mark.parametrize("name", sorted(HIDDEN_ATTACKS))
def test_85_of_85_cuts_and_rewrites_are_found_with_the_checkpoint(outside, name):
    missed = [n for n, dice in enumerate(rounds(85)) if not found(HIDDEN_ATTACKS[name], dice, outside)]

    assert missed == []


@pytest.mark.parametrize("name", sorted(HIDDEN_ATTACKS))
def test_without_a_checkpoint_they_would_hide(outside, name):
    """Why the file has to leave this machine; a verifier that said otherwise would be broken."""
    assert not found(HIDDEN_ATTACKS[name], random.Random(SEED), None)


@pytest.mark.parametrize("column", ["root", "frontier", "signature", "public_key", "at", "tree_size"])
def test_a_changed_checkpoint_is_found(outside, column):
    change = {"at": "at + interval '1 second'", "tree_size": "tree_size - 1"}.get(
        column, f"set_byte({column}, 3, 255 - get_byte({column}, 3))"
    )

    def attack(dice: random.Random) -> None:
        with as_owner() as cursor:
            cursor.execute(f"UPDATE record_checkpoint SET {column} = {change}")

    assert found(attack, random.Random(SEED), None)


def test_every_single_column_of_an_event_is_under_the_seal(outside):
    columns = {field.column for field in Event._meta.concrete_fields}
    assert columns == set(EVENT_EDITS)

    def edit(column: str) -> Attack:
        return lambda dice: _one(
            "record_event", f"UPDATE record_event SET {column} = {EVENT_EDITS[column]} WHERE id = %s", dice
        )

    missed = [column for column in columns if not found(edit(column), random.Random(SEED), None)]
    assert missed == []


def test_it_names_the_first_bad_position(outside):
    with as_owner() as cursor:
        cursor.execute(
            "UPDATE record_event SET role = 'x' WHERE id IN (SELECT event_id FROM record_seal WHERE seq IN (9, 23))"
        )

    assert verify().bad_position == 9
