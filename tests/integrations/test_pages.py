"""The pages and the API of the edge: works · invisible 404 · forbidden 403 · wrong state 409 · fragment."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from ehr import clock
from integrations.connectors.webhook.signature import sign
from integrations.models import Connection, Effect, Inbox, Probe
from integrations.operations.probing import answer_all
from tests.access.cast import api_client, sign_in
from tests.integrations.conftest import SECRET
from tests.integrations.steps import an_approved_exit, effects, run, the_effect

pytestmark = pytest.mark.slow


@pytest.fixture
def failed(cast: Any, at: datetime, connect: Any, receivers: Any) -> Any:
    connect("crm", receivers(fault=lambda n, key: "400"))
    case = an_approved_exit(cast, at)
    run(at)
    return case


def test_the_case_shows_what_happens_elsewhere(cast: Any, failed: Any):
    answer = sign_in(cast.hrbp).get(f"/cases/{failed.pk}/effects/")

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "CRM" in text
    assert "各系统执行情况" in text
    assert "重试" in text


def test_asked_again_it_says_nothing_new(cast: Any, failed: Any, django_assert_max_num_queries: Any):
    client = sign_in(cast.hrbp)
    address = f"/cases/{failed.pk}/effects/"
    shown = client.get(address).content.decode()
    since = shown.split("?since=")[1].split('"')[0]

    with django_assert_max_num_queries(12):
        assert client.get(f"{address}?since={since}").status_code == 204

    Effect.objects.update(changed_at=clock.now())
    assert client.get(f"{address}?since={since}").status_code == 200


def test_the_step_tells_every_try_in_words(cast: Any, failed: Any):
    page = sign_in(cast.it).get(f"/effects/{the_effect(failed).pk}/").content.decode()

    assert "对方系统拒绝" in page
    assert "rejected" not in page


def test_a_failed_step_is_retried_from_the_page(cast: Any, failed: Any):
    answer = sign_in(cast.it).post(f"/effects/{the_effect(failed).pk}/redrives/")

    assert answer.status_code == 302
    assert the_effect(failed).state in ("pending", "ambiguous")
    assert sign_in(cast.it).post(f"/effects/{the_effect(failed).pk}/redrives/").status_code == 409


def test_the_api_lists_and_retries(cast: Any, failed: Any):
    client = api_client(cast.hrbp)
    listed = client.get(f"/api/v1/cases/{failed.pk}/effects/").json()["results"]
    assert [(row["system"], row["state"], row["actions"]) for row in listed] == [
        ("crm", "failed_needs_human", ["redrive"])
    ]

    answer = client.post(
        f"/api/v1/cases/{failed.pk}/effects/", {"effect": listed[0]["id"]}, format="json", HTTP_IDEMPOTENCY_KEY="k1"
    )

    assert answer.status_code == 200, answer.content
    assert answer.json()["state"] == "pending"


@pytest.mark.parametrize(
    ("who", "status"), [("stranger", 403), ("leaver", 403), ("head", 403), ("auditor", 200), ("it", 200)]
)
def test_who_sees_an_effect(cast: Any, failed: Any, who: str, status: int):
    client = sign_in(getattr(cast, who))

    assert client.get(f"/effects/{the_effect(failed).pk}/").status_code == status


def test_another_units_hr_does_not_see_it(cast: Any, failed: Any):
    from tests.access.cast import a_user

    other = a_user("other.hrbp", hrbp=cast.unit["supply"])

    assert sign_in(other).get(f"/effects/{the_effect(failed).pk}/").status_code == 404
    assert sign_in(other).get(f"/cases/{failed.pk}/effects/").status_code == 404


def test_an_auditor_may_look_and_not_touch(cast: Any, failed: Any):
    assert sign_in(cast.auditor).post(f"/effects/{the_effect(failed).pk}/redrives/").status_code == 403


def test_what_waits_is_one_list(cast: Any, failed: Any):
    text = sign_in(cast.it).get("/effects/").content.decode()

    assert failed.number in text


# --- Connections ------------------------------------------------------------------------------------------
FORM = {
    "title": "销售 CRM", "name": "sales-crm", "unit": "", "mode": "auto", "hour": "18:00", "rate": "5", "bulkhead": "2",
    "config_url": "https://crm.example.com/hooks", "config_sends": ["announce"], "config_receiver": "honours_id",
    "config_track": "business_systems", "config_secret": SECRET, "config_previous_secret": "",
}  # fmt: skip


def test_a_system_is_connected_by_a_form_made_from_its_description(cast: Any):
    client = sign_in(cast.admin)
    page = client.get("/connections/new/webhook/").content.decode()
    assert "签名密钥" in page

    answer = client.post("/connections/new/webhook/", FORM)

    connection = Connection.objects.get(name="sales-crm")
    assert answer.status_code == 302
    assert connection.config["url"] == FORM["config_url"]
    assert connection.secrets == {"secret": SECRET}
    text = client.get(connection.url).content.decode()
    assert SECRET not in text
    assert connection.fingerprints["secret"]["mark"] in text


def test_an_empty_secret_keeps_the_old_one(cast: Any):
    client = sign_in(cast.admin)
    client.post("/connections/new/webhook/", FORM)
    connection = Connection.objects.get(name="sales-crm")

    client.post(connection.url, FORM | {"title": "CRM 二", "config_secret": ""})

    connection = Connection.objects.get(name="sales-crm")
    assert connection.title == "CRM 二"
    assert connection.secrets == {"secret": SECRET}


@pytest.mark.parametrize("url", ["http://user:pw@x.example/", "file:///etc/passwd", "x"])
def test_a_bad_address_comes_back_with_the_form(cast: Any, url: str):
    answer = sign_in(cast.admin).post("/connections/new/webhook/", FORM | {"config_url": url})

    assert answer.status_code == 422
    assert not Connection.objects.exists()


def test_a_test_is_asked_in_the_page_and_answered_by_a_worker(cast: Any, at: datetime, connect: Any, receivers: Any):
    receiver = receivers()
    connection = connect("crm", receiver)
    client = sign_in(cast.it)

    client.post(f"{connection.url}probes/", {"kind": "health"})
    probe = Probe.objects.get()
    assert not receiver.ledger.requests, "no page calls another system"
    assert client.get(f"{connection.url}probes/{probe.pk}/").status_code == 204
    answer_all(at=clock.now())

    assert "都有回应" in client.get(f"{connection.url}probes/{probe.pk}/").content.decode()
    connection.refresh_from_db()
    assert connection.condition == "ok"


def test_a_dry_run_shows_before_and_after_and_changes_nothing(cast: Any, at: datetime, connect: Any, directory: Any):
    from employees.models import Employment

    user = directory.add(f"D{id(cast)}", "zhou.yuanhang-d")
    Employment.objects.filter(pk=cast.employment["leaver"].pk).update(employee_number=f"D{id(cast)}")
    connection = connect("identity", directory)
    case = an_approved_exit(cast, at)
    from tests.access.cast import a_user

    both = a_user("both", admin=None, it=None, hr_manager=None)

    sign_in(both).post(f"{connection.url}probes/", {"kind": "dry_run", "number": case.number})
    answer_all(at=clock.now())

    shown = sign_in(both).get(f"{connection.url}probes/{Probe.objects.get().pk}/").content.decode()
    assert "true" in shown
    assert "false" in shown
    assert directory.user(user)["active"] is True


def test_an_unknown_number_stands_beside_its_field(cast: Any, connect: Any, receivers: Any):
    connection, it = connect("crm", receivers()), sign_in(cast.it)
    said = {"kind": "dry_run", "number": "LZ-1999-0001"}

    whole = it.post(f"{connection.url}probes/", said)
    part = it.post(f"{connection.url}probes/", said, headers={"HX-Request": "true"})

    assert (whole.status_code, part.status_code) == (422, 422)
    assert "没有这个编号的离职单" in whole.content.decode()
    assert (part["HX-Retarget"], "<html" in part.content.decode()) == ("#dry-run", False)
    assert not Probe.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"), [("admin", 200), ("it", 200), ("auditor", 200), ("hrbp", 403), ("leaver", 403)]
)
def test_who_sees_connections(cast: Any, connect: Any, receivers: Any, who: str, status: int):
    connect("crm", receivers())

    assert sign_in(getattr(cast, who)).get("/connections/").status_code == status


def test_it_may_look_but_only_an_administrator_changes(cast: Any, connect: Any, receivers: Any):
    connection = connect("crm", receivers())

    assert sign_in(cast.it).post(connection.url, FORM).status_code == 403
    assert sign_in(cast.it).post(f"{connection.url}switch/").status_code == 403
    assert sign_in(cast.admin).post(f"{connection.url}switch/", {"enabled": "off"}).status_code == 302
    connection.refresh_from_db()
    assert connection.enabled is False


# --- Callbacks --------------------------------------------------------------------------------------------
def callback(key: str, *, message_id: str = "m1", secret: str = SECRET, status: str = "applied") -> Any:
    body = json.dumps({"data": {"effect": key, "status": status}})
    stamp = int(clock.now().timestamp())
    signed = sign(secret, message_id=message_id, timestamp=stamp, body=body.encode())
    return Client().post(
        "/api/v1/connections/crm/callbacks/", body, content_type="application/json",
        headers={"webhook-id": message_id, "webhook-timestamp": str(stamp), "webhook-signature": signed},
    )  # fmt: skip


def test_a_callback_ends_what_nobody_was_sure_of(cast: Any, at: datetime, connect: Any, receivers: Any):
    connect("crm", receivers(fault=lambda n, key: "500_after"))
    case = an_approved_exit(cast, at)
    run(at)
    assert the_effect(case).state == "ambiguous"

    assert callback(the_effect(case).idem_key).status_code == 200

    assert the_effect(case).state == "done"


def test_a_callback_counts_once_and_never_takes_anything_back(cast: Any, at: datetime, connect: Any, receivers: Any):
    connect("crm", receivers())
    case = an_approved_exit(cast, at)
    run(at)

    for status in ("applied", "undone", "applied"):
        assert callback(the_effect(case).idem_key, status=status, message_id=status).status_code == 200

    assert the_effect(case).state == "done"
    assert Inbox.objects.count() == 2


def test_the_same_callback_is_believed_once(cast: Any, at: datetime, connect: Any, receivers: Any):
    connect("crm", receivers(fault=lambda n, key: "500_after"))
    case = an_approved_exit(cast, at)
    run(at)
    callback(the_effect(case).idem_key)
    Effect.objects.update(state="ambiguous")

    callback(the_effect(case).idem_key)

    assert the_effect(case).state == "ambiguous", "the second delivery was not looked at"


def test_a_forged_callback_leaves_no_trace(cast: Any, at: datetime, connect: Any, receivers: Any):
    connect("crm", receivers())
    case = an_approved_exit(cast, at)

    assert callback(effects(case)[0].idem_key, secret="whsec_Zm9yZ2VkLWZvcmdlZC1mb3JnZWQtZm9yZ2Vk").status_code == 401
    assert not Inbox.objects.exists()


def test_an_unknown_system_is_answered_like_a_wrong_key(cast: Any):
    assert callback("e1").status_code == 401
