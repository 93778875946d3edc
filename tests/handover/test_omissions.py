"""Afterwards: what was missing, what the record says about who missed it, and what the next list is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from ehr import record
from ehr.errors import Forbidden, Refused, WrongState
from handover import operations, queries
from handover.models import Handover, HandoverItem, Omission
from tests.access.cast import api_client, sign_in
from tests.handover.conftest import DUE_AT, LAST_DAY, hand_over_everything, item_of, open_one

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def signed(cast: Any, at: Any, opened: Handover) -> Handover:
    hand_over_everything(opened, cast, at)
    operations.state_complete(handover=opened, by=cast.head, at=at)
    operations.sign_handover(handover=opened, by=cast.head, at=at)
    return Handover.objects.for_page().get(pk=opened.pk)


def filed(handover: Handover, title: str, cast: Any, at: Any, **more: Any) -> Omission:
    given = {"kind": "relation", "by": cast.successor} | more
    return operations.file_omission(handover=handover, title=title, at=at, **given)


def test_the_head_called_a_list_complete_that_lacked_what_the_template_lacked_too(
    cast: Any, at: Any, signed: Handover
) -> None:
    omission = filed(signed, "客户的特殊要求", cast, at, text="客户要月结，没人知道")

    assert omission.findings == ["head_confirmed_without", "template_lacked"]
    page = sign_in(cast.hrbp).get(reverse("handover:omissions", args=[signed.pk])).content.decode()
    assert "顾承砚于" in page
    assert "模板里本来就没有" in page
    fact = record.timeline([record.ref(signed)]).get(kind="handover.omission.filed")
    assert "客户" not in str(fact.payload)


def test_the_confirmer_took_an_item_over_that_lacked_something(cast: Any, at: Any, signed: Handover) -> None:
    assert filed(signed, "", cast, at, item=item_of(signed, "crm")).findings == ["confirmed_without"]
    assert filed(signed, "", cast, at, item=item_of(signed, "work")).findings == ["head_confirmed_without"]


def test_the_leaver_said_there_was_nothing_of_this_sort(cast: Any, at: Any, signed: Handover) -> None:
    HandoverItem.objects.filter(pk=item_of(signed, "laptop").pk).update(is_nothing=True)

    assert filed(signed, "", cast, at, item=item_of(signed, "laptop")).findings == ["leaver_never_submitted"]


def test_the_same_thing_named_in_other_words_is_filed_once_and_against_its_item(
    cast: Any, at: Any, signed: Handover
) -> None:
    omission = filed(signed, "客户 联系人。", cast, at)

    assert omission.item == item_of(signed, "customers")
    with pytest.raises(Refused):
        filed(signed, "客户联系人", cast, at)


def test_while_the_list_is_open_it_goes_on_the_list_instead(cast: Any, at: Any, opened: Handover) -> None:
    with pytest.raises(WrongState):
        filed(opened, "客户的特殊要求", cast, at)


def test_the_person_who_left_and_clerks_file_nothing(cast: Any, at: Any, signed: Handover) -> None:
    for who in (cast.leaver, cast.it, cast.auditor, cast.stranger):
        with pytest.raises(Forbidden):
            filed(signed, "客户的特殊要求", cast, at, by=who)


def test_filing_in_the_browser_and_by_the_api(cast: Any, at: Any, signed: Handover) -> None:
    address = reverse("handover:omissions", args=[signed.pk])
    browser = sign_in(cast.head)
    assert browser.post(address, {"title": "", "kind": "thing"}).status_code == 422
    assert browser.post(address, {"title": "备用钥匙", "kind": "thing", "text": ""}).status_code == 302

    api = f"/api/v1/handovers/{signed.pk}/omissions/"
    body = {"title": "对账日", "kind": "relation"}
    assert api_client(cast.successor).post(api, body, format="json", HTTP_IDEMPOTENCY_KEY="o1").status_code == 201
    titles = [row["title"] for row in api_client(cast.auditor).get(api).data["results"]]
    assert titles == ["备用钥匙", "对账日"]


def test_a_heads_figures_are_shown_with_their_arithmetic(cast: Any, at: Any, signed: Handover) -> None:
    filed(signed, "客户的特殊要求", cast, at)
    filed(signed, "", cast, at, item=item_of(signed, "crm"))

    (figures,) = queries.head_figures(cast.hrbp, today=LAST_DAY)

    assert (figures.handovers, figures.items, figures.confirmed, figures.missed) == (1, 5, 5, 1)
    assert (figures.completion, round(figures.omission, 1), figures.misses_little) == (100.0, 16.7, False)
    page = sign_in(cast.head).get("/handovers/figures/").content.decode()
    assert "1 ÷ (5 + 1)" in page
    assert "16.7%" in page


def test_a_head_sees_only_their_own_figures_and_others_none(cast: Any, at: Any, signed: Handover) -> None:
    assert [f.head for f in queries.head_figures(cast.head, today=LAST_DAY)] == ["顾承砚"]
    assert queries.head_figures(cast.gm, today=LAST_DAY) == []
    assert sign_in(cast.successor).get("/handovers/figures/").status_code == 403


def past_sales(cast: Any, at: Any, *, count: int, missed: int, title: str = "客户的特殊要求") -> None:
    """So many signed handovers of sales in the last half year, so many of which missed this."""
    for number in range(count):
        signed_at = at - timedelta(days=60 + number)
        handover = Handover.objects.create(
            origin=f"offboarding.case:past-{number}", employment=cast.employment["successor"], head=cast.head,
            state="signed", last_working_date=signed_at.date(), due_at=signed_at, opened_at=signed_at,
            completed_at=signed_at, signed_at=signed_at, signed_by=cast.head,
        )  # fmt: skip
        if number < missed:
            Omission.objects.create(
                handover=handover, job_family="sales", kind="relation", topic=title, title=title,
                findings=["head_confirmed_without"], filed_by=cast.hrbp, filed_at=signed_at + timedelta(days=9),
            )  # fmt: skip


def test_the_next_list_is_told_what_sixteen_of_the_last_twenty_missed(cast: Any, at: Any) -> None:
    assert not open_one(cast, at, origin="offboarding.case:before").items.filter(source="prediction").exists()
    past_sales(cast, at, count=20, missed=16)

    opened = open_one(cast, at, origin="offboarding.case:after")

    item = opened.items.get(source="prediction")
    assert (item.title, item.kind, item.confirmer) == ("客户的特殊要求", "relation", "successor")
    page = sign_in(cast.leaver).get(item.get_absolute_url()).content.decode()
    assert "过去 20 份销售交接中 16 份漏了这一项" in page


def test_an_item_that_is_listed_anyway_gets_the_warning_and_no_double(cast: Any, at: Any) -> None:
    past_sales(cast, at, count=20, missed=16, title="客户联系人")

    opened = open_one(cast, at)

    assert not opened.items.filter(source="prediction").exists()
    item = item_of(opened, "customers")
    assert item.source == "template"
    assert "过去 20 份销售交接中 16 份漏了这一项" in sign_in(cast.leaver).get(item.get_absolute_url()).content.decode()


def test_it_is_silent_when_support_is_thin(cast: Any, at: Any) -> None:
    past_sales(cast, at, count=10, missed=10)

    assert not open_one(cast, at).items.filter(source="prediction").exists()


def test_the_back_test_is_reported_in_the_product(
    cast: Any, at: Any, monkeypatch: Any, django_assert_max_num_queries: Any
) -> None:
    past_sales(cast, at, count=36, missed=24)
    monkeypatch.setattr("ehr.clock.today", lambda: at.date())
    browser = sign_in(cast.hrbp)
    browser.get("/handovers/figures/")

    with django_assert_max_num_queries(12):
        page = browser.get("/handovers/figures/").content.decode()

    assert "这些提醒有多准" in page
    assert "过去 36 份销售交接中 24 份漏了这一项" in page


def test_generating_many_asks_the_history_once(cast: Any, at: Any, django_assert_max_num_queries: Any) -> None:
    past_sales(cast, at, count=20, missed=16)
    people = [cast.employment[name] for name in ("leaver", "stranger", "it", "hrbp")] * 5
    wanted = [
        operations.Opening(
            employment=person, origin=f"offboarding.case:{n}", successor=None, head=None, due_at=DUE_AT,
            last_working_date=LAST_DAY,
        )
        for n, person in enumerate(people)
    ]  # fmt: skip

    with django_assert_max_num_queries(40):
        operations.open_handovers(wanted, by=None, at=at)

    warned = HandoverItem.objects.filter(why__missed="16")
    assert set(warned.values_list("title", flat=True)) == {"客户的特殊要求"}
    assert warned.count() == 5


def test_no_omission_is_named_after_a_password(cast: Any, at: Any, signed: Handover) -> None:
    with pytest.raises(Refused) as refused:
        operations.file_omission(handover=signed, title="后台 密码：Abc123!", kind="account", by=cast.hrbp, at=at)

    assert (refused.value.code, refused.value.field) == ("secret", "title")
    assert not signed.omissions.exists()
