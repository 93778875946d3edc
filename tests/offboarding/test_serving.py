"""Service of the notice: way after way, each with its proof; only a proven arrival lets an ending take effect."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ehr import documents, record
from ehr.errors import Forbidden, Refused, WrongState
from ehr.record.models import Event
from offboarding import operations as ops
from offboarding.models import Case, ServiceProof
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_dismissal, a_resignation, approved, done, duties_of, on, proofs_of, served

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PDF = b"%PDF-1.7 a receipt"
DUTY = "offboarding.service"
ADDRESS = "杭州市余杭区文一西路 969 号"


@pytest.fixture(autouse=True)
def today(monkeypatch, at):
    monkeypatch.setattr("ehr.clock.now", lambda: at)


@pytest.fixture
def case(cast, at) -> Case:
    """Decided, the union told, the notice sealed: it can be served."""
    case = approved(a_dismissal(cast, at), at)
    done(case, cast, at, "union_notice")
    notice = ops.issue_notice(case=case, by=cast.hr_manager, at=at)
    documents.release(notice, by=cast.document_clerk, at=at)
    return case


def sent(case: Case, cast: Any, at: Any, method: str, **fields: Any) -> ServiceProof:
    sending = ops.Sending(method=method, sent_date=at.date(), **fields)
    return ops.send_notice(case=case, sending=sending, by=cast.hr_manager, at=at)


def followed(
    service: ServiceProof, cast: Any, at: Any, result: str = "", *proofs: str, day: date | None = None
) -> None:
    who = {"by": cast.hr_manager, "at": at}
    day = day or at.date()
    ops.follow_service(service=service, result=result, day=day, proofs=proofs_of(*proofs), **who)


def effect_codes(case: Case, at: Any, last_day: date | None = None) -> list[str]:
    return [found.code for found in case.stopping("effect", at=at, last_day=last_day)]


def step_of(user: Any) -> list[str]:
    return [duty.params["step"] for duty in duties_of(user, DUTY)]


def test_sent_is_not_served(cast, at, case) -> None:
    sent(case, cast, at, "ems", recipient=ADDRESS, reference="EMS 1234")

    assert "B_NO_SERVICE_PROOF" in effect_codes(case, at)
    assert step_of(cast.hr_manager) == ["Say what came of the service"]


def test_the_sealed_notice_asks_to_be_served(cast, at, case) -> None:
    record.deliver_all()
    asked = step_of(cast.hr_manager)
    sent(case, cast, at, "in_person")

    assert asked == ["Serve the notice"]
    assert step_of(cast.hr_manager) == ["Say what came of the service"]


def test_told_late_of_the_seal_nobody_is_asked_any_more(cast, at, case) -> None:
    served(case, cast, at)

    record.deliver_all()

    assert step_of(cast.hr_manager) == []


def test_two_ways_side_by_side_each_keep_their_own_step(cast, at, case) -> None:
    sent(case, cast, at, "in_person")
    post = sent(case, cast, at, "ems")

    followed(post, cast, at, "delivered")

    assert sorted(step_of(cast.hr_manager)) == ["Add the proof of service", "Say what came of the service"]


def test_received_without_a_paper_is_not_served_either(cast, at, case) -> None:
    service = sent(case, cast, at, "in_person")

    followed(service, cast, at, "delivered")

    service.refresh_from_db()
    assert service.delivered_date is None
    assert "B_NO_SERVICE_PROOF" in effect_codes(case, at)
    assert step_of(cast.hr_manager) == ["Add the proof of service"]


def test_the_paper_that_comes_later_proves_it(cast, at, case) -> None:
    service = sent(case, cast, at, "in_person")
    followed(service, cast, at, "delivered")

    followed(service, cast, at, "", "signed_receipt")

    service.refresh_from_db()
    assert service.delivered_date == at.date()
    assert effect_codes(case, at) == []
    assert step_of(cast.hr_manager) == []
    event = Event.objects.get(kind="offboarding.case.service_recorded")
    assert (event.payload["method"], event.payload["delivered_date"]) == ("in_person", at.date().isoformat())


def test_half_a_proof_needs_a_written_reason(cast, at, case) -> None:
    """A screenshot alone is a weak proof: a warning, answered in writing."""
    served(case, cast, at, method="messenger", proofs=proofs_of("screenshot"))

    assert effect_codes(case, at) == ["W_WEAK_PROOF"]
    ops.explain_finding(
        case=case, gate="effect", code="W_WEAK_PROOF", reason="本人已书面回复", by=cast.hr_manager, at=at
    )
    assert effect_codes(case, at) == []


def test_one_way_with_all_its_papers_is_only_advised_against(cast, at, case) -> None:
    served(case, cast, at)
    weak = [found for found in case.findings("effect", at=at) if found.code == "W_WEAK_PROOF"]
    served(case, cast, at, method="ems")

    assert [found.is_advice for found in weak] == [True]
    assert "W_WEAK_PROOF" not in [found.code for found in case.findings("effect", at=at)]


def test_who_refuses_face_to_face_is_served_by_the_record_of_it(cast, at, case) -> None:
    service = sent(case, cast, at, "in_person")

    followed(service, cast, at, "refused", "refusal_record", "video")

    service.refresh_from_db()
    assert service.delivered_date == at.date()


@pytest.mark.parametrize(("is_agreed", "arrives"), [(True, True), (False, False)])
def test_what_comes_back_counts_from_an_agreed_address_only(cast, at, case, is_agreed, arrives) -> None:
    service = sent(case, cast, at, "ems", recipient=ADDRESS, is_agreed=is_agreed)

    followed(service, cast, at, "returned", "waybill_naming_the_paper", "postal_tracking")

    service.refresh_from_db()
    assert (service.delivered_date is not None) == arrives
    assert step_of(cast.hr_manager) == ([] if arrives else ["Serve the notice the next way"])


def test_public_notice_comes_last(cast, at, case) -> None:
    with pytest.raises(Refused) as refusal:
        sent(case, cast, at, "public")
    assert (refusal.value.code, refusal.value.article) == ("B_PUBLIC_TOO_EARLY", "劳办发〔1995〕179号")

    followed(sent(case, cast, at, "in_person"), cast, at, "unknown", "refusal_record")
    followed(sent(case, cast, at, "ems"), cast, at, "returned")
    with pytest.raises(Refused):
        sent(case, cast, at, "public")  # that the post failed is said and not proven


def test_public_notice_arrives_after_thirty_days_by_the_clock(cast, at, case) -> None:
    followed(sent(case, cast, at, "in_person"), cast, at, "unknown", "refusal_record")
    followed(sent(case, cast, at, "ems"), cast, at, "returned", "postal_tracking")
    notice = sent(case, cast, at, "public", reference="浙江日报 2026-05-18")
    followed(notice, cast, at, "delivered", "publication")

    assert ops.keep_clock(at=on(at.date() + timedelta(days=29)))["served"] == 0
    assert "B_NO_SERVICE_PROOF" in effect_codes(case, at)
    assert ops.keep_clock(at=on(at.date() + timedelta(days=30)))["served"] == 1
    notice.refresh_from_db()
    assert notice.delivered_date == at.date() + timedelta(days=30)
    assert Event.objects.get(kind="offboarding.case.service_recorded").actor is None


def test_an_ending_with_a_notice_still_in_the_newspaper_does_not_take_effect(cast, at, case) -> None:
    followed(sent(case, cast, at, "in_person"), cast, at, "unknown", "refusal_record")
    followed(sent(case, cast, at, "ems"), cast, at, "returned", "postal_tracking")
    later = at + timedelta(days=5)
    notice = ops.send_notice(
        case=case, sending=ops.Sending(method="public", sent_date=later.date()), by=cast.hr_manager, at=later
    )
    followed(notice, cast, later, "delivered", "publication", day=later.date())

    assert ops.keep_clock(at=on(case.termination_date + timedelta(days=1)))["ended"] == 0
    case.refresh_from_db()
    assert case.employment_ended_at is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"day": date(2999, 1, 1)}, "B_FUTURE_DATE"),
        ({"day": date(2026, 1, 1)}, "B_BEFORE_SENDING"),
        ({"day": None}, "B_DATE_MISSING"),
        ({"proofs": ["publication"]}, "B_PAPER_UNKNOWN"),
    ],
)
def test_it_refuses(cast, at, case, given, code) -> None:
    service = sent(case, cast, at, "in_person")
    said = {"day": at.date(), "proofs": []} | given

    with pytest.raises(Refused) as refusal:
        ops.follow_service(
            service=service,
            result="delivered",
            day=said["day"],
            proofs=proofs_of(*said["proofs"]),
            by=cast.hr_manager,
            at=at,
        )

    assert refusal.value.code == code


def test_what_came_of_it_is_said_once(cast, at, case) -> None:
    service = sent(case, cast, at, "ems")
    followed(service, cast, at, "returned")

    with pytest.raises(WrongState):
        followed(service, cast, at, "delivered")


def test_its_person_serves_nothing(cast, at, case) -> None:
    with pytest.raises(Forbidden):
        ops.send_notice(case=case, sending=ops.Sending(method="in_person", sent_date=at.date()), by=cast.leaver, at=at)


def test_the_address_is_neither_in_the_table_nor_in_the_record(cast, at, case) -> None:
    from django.db import connection

    service = sent(case, cast, at, "ems", recipient=ADDRESS)

    with connection.cursor() as cursor:
        cursor.execute("SELECT recipient FROM offboarding_serviceproof")
        assert ADDRESS.encode() not in bytes(cursor.fetchone()[0])
    assert not [event for event in Event.objects.all() if ADDRESS in str(event.payload)]
    service.refresh_from_db()
    assert service.recipient == ADDRESS


def test_on_the_page_in_one_go(cast, at, case) -> None:
    browser = sign_in(cast.hr_manager)
    said = {"method": "in_person", "sent_date": at.date(), "result": "delivered", "day": at.date()}
    said |= {"proof": "signed_receipt", "file": SimpleUploadedFile("回执.pdf", PDF)}

    answer = browser.post(f"{case.url}service-proofs/", said)

    assert answer.status_code == 302, answer.content.decode()[-2000:]
    service = case.service_proofs.get()
    assert service.delivered_date == at.date()
    page = browser.get(f"{case.url}service-proofs/").content.decode()
    assert "当面签收" in page and service.files.get().url in page
    file = browser.get(service.files.get().url)
    assert b"".join(file.streaming_content) == PDF


def test_on_the_page_step_by_step(cast, at, case) -> None:
    browser = sign_in(cast.hr_manager)
    browser.post(f"{case.url}service-proofs/", {"method": "ems", "sent_date": at.date(), "recipient": ADDRESS})
    path = f"{case.url}service-proofs/{case.service_proofs.get().pk}/result/"

    wrong = browser.post(path, {"result": "returned", "day": "2999-01-01"})
    right = browser.post(path, {"result": "returned", "day": at.date()})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert ADDRESS in browser.get(f"{case.url}service-proofs/").content.decode()
    assert browser.post(path, {"result": "delivered", "day": at.date()}).status_code == 409


def test_a_file_without_what_it_proves_is_sent_back(cast, at, case) -> None:
    said = {"method": "ems", "sent_date": at.date(), "file": SimpleUploadedFile("回执.pdf", PDF)}

    assert sign_in(cast.hr_manager).post(f"{case.url}service-proofs/", said).status_code == 422
    assert not case.service_proofs.exists()


def test_nothing_was_served_before_the_notice_had_its_seal(cast, at, case) -> None:
    sending = ops.Sending(method="in_person", sent_date=at.date() - timedelta(days=30))

    with pytest.raises(Refused) as refused:
        ops.send_notice(case=case, sending=sending, by=cast.hr_manager, at=at)

    assert (refused.value.code, refused.value.field) == ("B_BEFORE_SEAL", "sent_date")


def test_what_is_refused_leaves_no_half_of_it(cast, at, case) -> None:
    """Sent in one go with a result that can't be: nothing was sent either."""
    sending = ops.Sending(method="ems", sent_date=at.date())
    before = at.date() - timedelta(days=1)

    with pytest.raises(Refused):
        ops.send_notice(case=case, sending=sending, result="delivered", day=before, by=cast.hr_manager, at=at)

    assert not ServiceProof.objects.exists()


def test_an_exit_without_a_notice_has_nothing_to_serve(cast, at) -> None:
    case = a_resignation(cast, at)

    assert sign_in(cast.hr_manager).get(f"{case.url}service-proofs/").status_code == 404
    assert api_client(cast.hr_manager).get(f"/api/v1/cases/{case.pk}/service-proofs/").status_code == 404


def test_legal_looks_and_the_head_does_not(cast, at, case) -> None:
    assert sign_in(cast.legal).get(f"{case.url}service-proofs/").status_code == 200
    assert sign_in(cast.head).get(f"{case.url}service-proofs/").status_code == 403


def test_the_page_costs_the_same_however_many_ways_were_gone(cast, at, case, django_assert_max_num_queries) -> None:
    for way in ("in_person", "ems", "email"):
        followed(sent(case, cast, at, way, recipient=ADDRESS), cast, at, "unknown")
    browser = sign_in(cast.hr_manager)
    browser.get(f"{case.url}service-proofs/")

    with django_assert_max_num_queries(12):
        browser.get(f"{case.url}service-proofs/")


def test_the_same_by_api(cast, at, case) -> None:
    path, api = f"/api/v1/cases/{case.pk}/service-proofs/", api_client(cast.hr_manager)
    said = {"method": "ems", "sent_date": str(at.date()), "reference": "EMS 1", "is_agreed": True}

    made = api.post(path, said, format="json", HTTP_IDEMPOTENCY_KEY="a")
    more = {"result": "returned", "day": str(at.date()), "proof": "postal_tracking"}
    followed_up = api.post(
        f"{path}{made.json()['id']}/result/",
        more | {"file": SimpleUploadedFile("轨迹.pdf", PDF)},
        format="multipart",
        HTTP_IDEMPOTENCY_KEY="b",
    )

    assert (made.status_code, made.json()["result"], made.json()["delivered_date"]) == (201, "waiting", None)
    assert followed_up.json()["delivered_date"] == str(at.date())
    listed = api.get(path).json()["results"]
    assert "recipient" not in listed[0]
    file = api.get(f"{path}{made.json()['id']}/files/{listed[0]['files'][0]['id']}/")
    assert b"".join(file.streaming_content) == PDF
