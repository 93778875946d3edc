"""Nothing goes to a system abroad before somebody has recorded on what basis (PIPL 38)."""

from dataclasses import replace
from typing import Any

import pytest

from ehr.errors import Refused
from ehr.record.models import Event
from integrations.connectors.webhook.connector import WebhookConnector
from integrations.engine.permit import Permit, Refusal, permit
from integrations.models import Probe
from integrations.operations import probing
from tests.access.cast import sign_in

pytestmark = pytest.mark.django_db
SAID = {"basis": "contract", "reference": "沪网信合同备〔2026〕18号"}


@pytest.fixture
def abroad(monkeypatch: Any) -> None:
    monkeypatch.setattr(WebhookConnector, "manifest", replace(WebhookConnector.manifest, exports_abroad=True))


@pytest.fixture
def system(abroad: None, connect: Any, receivers: Any) -> Any:
    return connect("crm", receivers())


def test_it_is_set_up_switched_off_and_stays_so(cast: Any, system: Any):
    assert not system.enabled

    page = sign_in(cast.admin).get(system.url).content.decode()
    answer = sign_in(cast.admin).post(f"{system.url}switch/", {"enabled": "on"})

    system.refresh_from_db()
    assert answer.status_code == 422 and not system.enabled
    assert "登记出境依据之前不发送任何数据" in page


def test_nobody_is_asked_about_over_there(cast: Any, system: Any, at: Any):
    with pytest.raises(Refused) as refusal:
        probing.ask(system, kind=Probe.Kind.DRY_RUN, by=cast.admin, at=at)

    assert refusal.value.code == "B_EXPORT_BASIS"
    assert probing.ask(system, kind=Probe.Kind.HEALTH, by=cast.admin, at=at)


def test_with_its_basis_it_is_switched_on(cast: Any, system: Any):
    admin = sign_in(cast.admin)

    assert admin.post(f"{system.url}export-basis/", SAID).status_code == 302
    assert admin.post(f"{system.url}switch/", {"enabled": "on"}).status_code == 302

    system.refresh_from_db()
    assert system.enabled and system.export_recorded_by == cast.admin
    told = Event.objects.get(kind="integrations.connection.export_basis_recorded").payload
    assert {name: told[name] for name in SAID} == SAID
    assert SAID["reference"] in admin.get(system.url).content.decode()


@pytest.mark.parametrize("said", [{"basis": "contract", "reference": ""}, {"basis": "because", "reference": "1"}])
def test_a_basis_without_a_paper_is_none(cast: Any, system: Any, said: Any):
    answer = sign_in(cast.admin).post(f"{system.url}export-basis/", said)

    system.refresh_from_db()
    assert answer.status_code == 422 and not system.export_basis


def test_only_the_administrator_records_it(cast: Any, system: Any):
    assert sign_in(cast.it).post(f"{system.url}export-basis/", SAID).status_code == 403


def test_what_was_switched_on_before_the_connector_said_so_sends_nothing(
    cast: Any, connect: Any, receivers: Any, monkeypatch: Any, at: Any
):
    system = connect("crm", receivers())
    assert system.enabled and isinstance(permit(system), Permit)

    monkeypatch.setattr(WebhookConnector, "manifest", replace(WebhookConnector.manifest, exports_abroad=True))
    assert permit(system) == Refusal("export_basis")

    system.record_export_basis(**SAID, by=cast.admin, at=at)
    assert isinstance(permit(system), Permit)


def test_a_system_at_home_has_no_basis_to_record(cast: Any, connect: Any, receivers: Any):
    system = connect("crm", receivers())

    assert sign_in(cast.admin).post(f"{system.url}export-basis/", SAID).status_code == 404
