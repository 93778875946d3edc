"""Apps register what they bring under keys of their choice; a second thing under a taken key is a mistake of the code."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ehr import access, deadlines, documents, error_pages, navigation, notices, panels, record
from ehr.access import table
from ehr.deadlines import kinds as deadline_kinds
from ehr.documents import kinds as document_kinds
from ehr.health import probes
from ehr.identity import codes
from ehr.notices import channels
from ehr.notices import kinds as notice_kinds
from ehr.record import subscriptions
from employees import tabs
from handover import movers
from tests.architecture.paths import name, python_files

KEY = "tests.taken"
SCOPES: dict[str, Any] = {"UNIT": lambda: True, "ALL": lambda: False}


def _nothing(*_: Any) -> Any: ...


REGISTRIES: dict[str, tuple[dict[Any, Any], Callable[[Any], object]]] = {
    "ehr/access/table.py": (
        table._table,
        lambda thing: access.register({access.Role.AUDITOR: {KEY: access.Scope[thing]}}),
    ),
    "ehr/deadlines/kinds.py": (deadline_kinds._kinds, lambda thing: deadlines.register_kind(KEY, title=thing)),
    "ehr/documents/kinds.py": (
        document_kinds._kinds,
        lambda thing: documents.register_kind(
            documents.DocumentKind(code=KEY, template=thing, number_prefix="T", title="")
        ),
    ),
    "ehr/error_pages.py": (error_pages._actions, lambda thing: error_pages.name_actions({KEY: thing})),
    "ehr/health/probes.py": (probes._queues, lambda thing: probes.watch(KEY, oldest=min, seconds=len(thing))),
    "ehr/identity/codes.py": (codes._senders, lambda thing: codes.register_sender(KEY, thing)),
    "ehr/navigation.py": (
        navigation._entries,
        lambda thing: navigation.register(navigation.Entry(key=KEY, label=thing, icon="", url="", section="")),
    ),
    "ehr/notices/channels.py": (
        channels._channels,
        lambda thing: channels.register_channel(channels.Channel(code=KEY, send=_nothing, is_ready=SCOPES[thing])),
    ),
    "ehr/notices/kinds.py": (notice_kinds._kinds, lambda thing: notices.register_kind(KEY, title=thing)),
    "ehr/panels.py": (
        panels._panels,
        lambda thing: panels.register(panels.Panel(page=KEY, slot="a", title=thing, url=str)),
    ),
    "ehr/record/subscriptions.py": (
        subscriptions._subscriptions,
        lambda thing: record.subscribe(f"tests.{thing}", KEY)(repr),
    ),
    "handover/movers.py": (
        movers._movers,
        lambda thing: movers.register(movers.Mover(code=KEY, label=thing, icon="", find=_nothing, move=_nothing)),
    ),
    "employees/tabs.py": (tabs._tabs, lambda thing: tabs.register(tabs.Tab(label=thing, url=KEY, permission=""))),
}


@pytest.fixture(params=REGISTRIES)
def register(request: pytest.FixtureRequest) -> Iterator[Callable[[Any], object]]:
    kept, register = REGISTRIES[request.param]
    before = dict(kept)
    yield register
    kept.clear()
    kept.update(before)
    subscriptions.names_for.cache_clear()


def test_a_taken_key_is_refused_to_another_thing_and_not_to_the_same(register: Callable[[Any], object]) -> None:
    register("UNIT")
    register("UNIT")

    with pytest.raises(ValueError, match=KEY):
        register("ALL")


def test_every_registry_stands_in_the_table() -> None:
    found = {name(path) for path in python_files() if "= Registry(" in path.read_text()}

    assert found == set(REGISTRIES)
