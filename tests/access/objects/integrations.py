"""A connection, an effect that failed, and the exit it belongs to."""

from typing import Any

from integrations.models import Connection, Effect, Probe
from offboarding.models import Case
from tests.access.world import World


def _connection(world: World, side: str) -> Connection:
    return world.once("connection", side, lambda: _set_up(world, side))


def _set_up(world: World, side: str) -> Connection:
    return Connection.set_up(
        name=f"crm-{side}", title="CRM", connector="webhook", unit=world.unit(side),
        config={"url": "https://crm.example/", "sends": ["announce"], "receiver": "honours_id"},
        secrets={"secret": "whsec_c2VjcmV0LW9mLXRoZS10ZXN0cy0yNC1ieXRlcw=="}, by=None, at=world.at,
    )  # fmt: skip


def _case(world: World, side: str) -> Case:
    return world.once("case_with_effects", side, lambda: _approved(world, side))


def _approved(world: World, side: str) -> Case:
    case = Case.start(kind="resignation", employment=world.cast.employment[world.about(side)], by=None, at=world.at)
    Case.objects.filter(pk=case.pk).update(state="approved", filed_at=world.at, last_working_date=world.at.date())
    case.refresh_from_db()
    return case


def _effect(world: World, side: str) -> Effect:
    return world.once("effect", side, lambda: _failed(world, side))


def _failed(world: World, side: str) -> Effect:
    case = _case(world, side)
    return Effect.objects.create(
        spec="crm:announce", case=case, connection=_connection(world, side), action="announce", target="HC1",
        data_key=case.data_key, payload={"type": "x", "data": {}}, payload_hash="0" * 64, idem_key=f"e{side:x<32}",
        state="failed_needs_human", reason="http_400", scheduled_at=world.at,
    )  # fmt: skip


def connector(world: World, side: str) -> dict[str, Any]:
    return {"connector": "webhook"}


def connection(world: World, side: str) -> dict[str, Any]:
    return {"pk": _connection(world, side).pk}


def connection_name(world: World, side: str) -> dict[str, Any]:
    return {"name": _connection(world, side).name}


def probe(world: World, side: str) -> dict[str, Any]:
    asked_by = world.user["admin"] if side == "own" else None
    fields = {"kind": "health", "asked_by": asked_by, "asked_at": world.at, "done_at": world.at}
    asked = Probe.objects.create(connection=_connection(world, side), result={"condition": "ok", "ms": 3}, **fields)
    return {"pk": asked.connection_id, "probe": asked.pk}


def effect(world: World, side: str) -> dict[str, Any]:
    return {"pk": _effect(world, side).pk}


def case_with_effects(world: World, side: str) -> dict[str, Any]:
    return {"pk": _case(world, side).pk}
