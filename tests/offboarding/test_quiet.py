"""Before the person was told in person, nothing shows (decisions 6)."""

import pytest

from ehr.deadlines.models import Deadline
from ehr.errors import Forbidden, Refused, WrongState
from ehr.notices.models import Notice
from handover.models import Handover
from offboarding import operations as ops
from offboarding.models import Case, Track
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_dismissal, approved, done, proven, served

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def secret(cast, at):
    return approved(a_dismissal(cast, at), at)


def test_the_leaver_gets_nothing(cast, at, secret) -> None:
    assert not Notice.objects.filter(user=cast.leaver).exists()
    assert not Deadline.objects.filter(owner=cast.leaver).exists()
    assert not Case.objects.visible_to(cast.leaver).exists()
    assert not Track.objects.visible_to(cast.leaver).exists()
    assert not Handover.objects.visible_to(cast.leaver).exists()
    cast.employment["leaver"].refresh_from_db()
    assert cast.employment["leaver"].status == "active"


def test_no_page_and_no_resource_shows_it(cast, at, secret) -> None:
    browser, caller = sign_in(cast.leaver), api_client(cast.leaver)

    assert secret.number not in browser.get("/me/").content.decode()
    for path in ("", "timeline/", "tracks/settlement/"):
        assert browser.get(f"/cases/{secret.pk}/{path}").status_code == 404
    for path in ("", "timeline/", "tracks/", "documents/"):
        assert caller.get(f"/api/v1/cases/{secret.pk}/{path}").status_code == 404
    assert caller.get("/api/v1/cases/").json()["results"] == []


def test_an_own_role_over_the_unit_shows_it_neither(cast, at) -> None:
    from ehr.access.models import RoleGrant

    RoleGrant.objects.create(user=cast.leaver, role="hr_manager", unit=cast.unit["retail"])
    case = a_dismissal(cast, at)

    assert case not in Case.objects.visible_to(cast.leaver)


def test_leaver_facing_tracks_are_held_and_the_others_run(cast, at, secret) -> None:
    states = dict(secret.tracks.values_list("kind", "state"))

    assert {kind for kind, state in states.items() if state == "held"} == {"handover", "assets", "oa_tasks"}
    assert states["settlement"] == states["union_notice"] == "planned"
    assert Handover.objects.get(origin=secret.ref).state == "held"


def test_telling_releases_everything(cast, at, secret) -> None:
    ops.tell_in_person(case=secret, by=cast.hr_manager, at=at)

    assert not secret.tracks.filter(state="held").exists()
    assert Handover.objects.get(origin=secret.ref).state == "open"
    assert Notice.objects.filter(user=cast.leaver, kind="offboarding.told").exists()
    assert secret in Case.objects.visible_to(cast.leaver)
    cast.employment["leaver"].refresh_from_db()
    assert cast.employment["leaver"].status == "leaving"


def test_telling_twice_is_refused(cast, at, secret) -> None:
    ops.tell_in_person(case=secret, by=cast.hr_manager, at=at)

    with pytest.raises(WrongState):
        ops.tell_in_person(case=secret, by=cast.hr_manager, at=at)


def test_the_leaver_cannot_tell_themself(cast, at, secret) -> None:
    with pytest.raises(Forbidden):
        ops.tell_in_person(case=secret, by=cast.leaver, at=at)


def test_service_waits_for_the_union_and_then_tells(cast, at, secret) -> None:
    with pytest.raises(Refused) as refusal:
        served(secret, cast, at)
    assert (refusal.value.code, refusal.value.article) == ("B_NO_UNION_NOTICE", "LCL 43")

    done(secret, cast, at, "union_notice")
    served(secret, cast, at)

    secret.refresh_from_db()
    assert secret.told_at == at


@pytest.mark.parametrize("role", ["stranger", "successor"])
def test_colleagues_see_nothing(cast, at, secret, role) -> None:
    assert secret not in Case.objects.visible_to(getattr(cast, role))


def test_a_preparation_is_for_hr_alone(cast, at) -> None:
    case = ops.prepare_exit(
        employment=cast.employment["leaver"], expected_last_working_date=at.date(), reason="传闻", by=cast.hrbp, at=at
    )

    for user in (cast.hrbp, cast.hr_manager, cast.group_hr):
        assert case in Case.objects.visible_to(user)
    for user in (cast.leaver, cast.head, cast.gm, cast.finance, cast.it, cast.stranger):
        assert case not in Case.objects.visible_to(user)
    assert not Deadline.objects.exists()


def test_a_preparation_becomes_a_formal_case_and_keeps_its_tracks(cast, at) -> None:
    case = ops.prepare_exit(
        employment=cast.employment["leaver"], expected_last_working_date=at.date(), reason="传闻", by=cast.hrbp, at=at
    )
    kept = set(case.tracks.values_list("pk", flat=True))
    ops.convert_case(case=case, kind="dismissal", ground="LCL39_2", by=cast.hrbp, at=at)
    ops.submit_case(case=proven(case, at), by=cast.hrbp, at=at)

    approved(case, at)

    assert kept <= set(case.tracks.values_list("pk", flat=True))
    assert case.tracks.get(kind="settlement").state == "planned"
    assert case.tracks.get(kind="handover").state == "held"


def test_a_preparation_stands_down(cast, at) -> None:
    case = ops.prepare_exit(
        employment=cast.employment["leaver"], expected_last_working_date=at.date(), reason="传闻", by=cast.hrbp, at=at
    )

    ops.stand_down(case=case, reason="没有这回事", by=cast.hrbp, at=at)

    assert case.state == "cancelled"
    assert set(case.tracks.values_list("state", flat=True)) == {"cancelled"}
