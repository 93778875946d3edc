"""A role works for the unit it was given for. Two roles in two units are no third one."""

from typing import Any

import pytest

from ehr.access.models import RoleGrant
from ehr.errors import Forbidden
from ehr.identity.models import User
from offboarding import operations as ops
from offboarding.models import Approval, Case, Track
from tests.access.cast import api_client, sign_in
from tests.factories.offboarding import a_resignation, approved, decide, pending

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def case(cast: Any, at: Any) -> Case:
    return approved(a_resignation(cast, at), at)


@pytest.fixture
def clerk(cast: Any) -> User:
    """Asset clerk where the case is, finance of another business unit."""
    RoleGrant.objects.create(user=cast.stranger, role="asset_clerk", unit=cast.unit["east"])
    RoleGrant.objects.create(user=cast.stranger, role="finance", unit=cast.unit["supply"])
    return User.objects.get(pk=cast.stranger.pk)


def track(case: Case, kind: str) -> Track:
    return Track.objects.select_related("case__employment__person__user", "case__unit").get(case=case, kind=kind)


def test_whoever_is_finance_elsewhere_settles_nothing_here(case, clerk, at) -> None:
    with pytest.raises(Forbidden):
        ops.finish_track(track=track(case, "settlement"), note="已结清", by=clerk, at=at)
    ops.finish_track(track=track(case, "assets"), note="已归还", by=clerk, at=at)

    assert (track(case, "settlement").state, track(case, "assets").state) == ("planned", "done")


def test_nor_does_it_show_on_a_page_or_over_the_api(case, clerk) -> None:
    browser, caller = sign_in(clerk), api_client(clerk, HTTP_IDEMPOTENCY_KEY="one")
    said = {"action": "done", "note": "已结清"}

    assert [row.track.kind for row in browser.get(case.url).context["page"].tracks] == ["assets"]
    assert browser.post(track(case, "settlement").url, said).status_code == 404
    assert [each["kind"] for each in caller.get(f"/api/v1/cases/{case.pk}/").json()["tracks"]] == ["assets"]
    assert caller.post(f"/api/v1/cases/{case.pk}/tracks/settlement/", said, format="json").status_code == 404


def test_a_role_of_the_whole_group_works_everywhere(case, cast) -> None:
    assert set(Track.objects.worked_by(cast.it).values_list("kind", flat=True)) == {
        "accounts",
        "business_systems",
        "oa_tasks",
    }


def test_hr_of_another_unit_does_not_decide_what_waits_for_the_pool(cast, at) -> None:
    """Nobody in the whole company was HR when the step opened; the to-do is shown to those of that unit alone."""
    RoleGrant.objects.exclude(role="it").delete()
    case = a_resignation(cast, at)
    decide(case, at, "acknowledge")
    RoleGrant.objects.create(user=cast.stranger, role="group_hr", unit=cast.unit["supply"])
    RoleGrant.objects.create(user=cast.hrbp, role="group_hr", unit=cast.unit["retail"])
    elsewhere, here = User.objects.get(pk=cast.stranger.pk), User.objects.get(pk=cast.hrbp.pk)

    assert not pending(case).is_for(elsewhere)
    assert list(Approval.objects.waiting_for(here)) == [pending(case)]
