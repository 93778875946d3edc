"""The editor of templates: drafted in form fields, seen as the person will see it, published by a second person."""

from typing import Any

import pytest
from django.urls import reverse

from ehr import deadlines, record
from ehr.errors import Refused, WrongState
from handover import operations
from handover.models import Handover, HandoverItem, Template, TemplateItem
from tests.access.cast import sign_in
from tests.handover.conftest import open_one

pytestmark = pytest.mark.django_db

ITEM = {"title": "陈列道具", "kind": "thing", "hint": "编号和件数", "confirmer": "", "days_before_end": "3"}


def draft(cast: Any, at: Any, *, unit: Any = None, by: Any = None) -> Template:
    return operations.open_draft(job_family="sales", unit=unit, by=by or cast.group_hr, at=at)


def published(cast: Any, at: Any, row: Template) -> Template:
    operations.ask_review(template=row, note="补一项", by=row.edited_by, at=at)
    operations.publish_draft(template=row, by=cast.hr_manager if row.unit else second_hr(cast), at=at)
    return row


def second_hr(cast: Any) -> Any:
    from tests.access.cast import a_user

    return a_user("second.group.hr", group_hr=None)


def url(name: str, row: Template, *more: str) -> str:
    return reverse(f"handover:{name}", args=[row.pk, *more])


def test_a_draft_is_a_copy_of_the_version_in_force(cast: Any, at: Any) -> None:
    row = draft(cast, at)

    before = Template.objects.in_force().get(job_family="sales", unit=None)
    assert row.version == before.version + 1
    assert {i.key: i.plan() for i in row.items.all()} == {i.key: i.plan() for i in before.items.all()}
    assert draft(cast, at) == row


def test_an_item_is_added_changed_and_taken_out_in_the_browser(cast: Any, at: Any) -> None:
    row, browser = draft(cast, at), sign_in(cast.group_hr)

    added = browser.post(url("template_items", row), ITEM)
    key = added.url.rpartition("=")[2]
    browser.post(url("template_item", row, key), ITEM | {"title": "陈列道具和展架", "evidence_required": "on"})
    item = row.items.get(key=key)
    assert (item.title, item.group, item.confirmer, item.evidence_required) == (
        "陈列道具和展架", "physical", "asset_clerk", True,
    )  # fmt: skip

    browser.post(url("template_item_removal", row, key))
    assert not row.items.filter(key=key).exists()


def test_a_field_is_added_with_its_type_and_the_preview_shows_it(cast: Any, at: Any) -> None:
    row, browser = draft(cast, at), sign_in(cast.group_hr)

    browser.post(url("template_fields", row, "customers"), {"label": "合同到期日", "type": "date", "required": "on"})
    browser.post(url("template_fields", row, "customers"), {"require": "special_requests"})

    page = browser.get(f"{row.get_absolute_url()}?item=customers").content.decode()
    assert "合同到期日" in page
    assert 'type="date"' in page
    assert [(f.name, f.required) for f in row.items.get(key="customers").extra] == [
        ("x_1", True), ("special_requests", True),
    ]  # fmt: skip
    browser.post(url("template_fields", row, "customers"), {"remove": "x_1"})
    assert [f.name for f in row.items.get(key="customers").extra] == ["special_requests"]


def test_no_field_asks_for_a_password(cast: Any, at: Any) -> None:
    row = draft(cast, at)

    answer = sign_in(cast.group_hr).post(url("template_fields", row, "crm"), {"label": "登录密码", "type": "text"})

    assert answer.status_code == 422
    assert "不设密码这一格" in answer.content.decode()
    assert row.items.get(key="crm").extra == []


def test_the_editor_cant_publish_a_second_person_can(cast: Any, at: Any) -> None:
    row = draft(cast, at)
    operations.ask_review(template=row, note="新品要交样机", by=cast.group_hr, at=at)
    assert deadlines.Deadline.objects.still_open().filter(kind="handover.template_review").exists()

    with pytest.raises(Refused):
        operations.publish_draft(template=row, by=cast.group_hr, at=at)
    operations.publish_draft(template=row, by=second_hr(cast), at=at)

    assert Template.objects.in_force().get(job_family="sales", unit=None) == row
    assert record.timeline([record.ref(row)]).filter(kind="handover.template.published").exists()
    assert not deadlines.Deadline.objects.still_open().filter(kind="handover.template_review").exists()


def test_a_published_version_is_never_changed(cast: Any, at: Any) -> None:
    row = published(cast, at, draft(cast, at))
    item = row.items.first()

    with pytest.raises(WrongState):
        operations.put_item(template=row, item=item, by=cast.group_hr, at=at)
    assert sign_in(cast.group_hr).post(url("template_item_removal", row, item.key)).status_code == 409


def test_a_unit_tightens_a_locked_item_through_the_form_and_nothing_else(cast: Any, at: Any) -> None:
    row, browser = draft(cast, at, unit=cast.unit["retail"], by=cast.hr_manager), sign_in(cast.hr_manager)

    sent = ITEM | {"title": "不该改", "hint": "门店大客户也算", "removed": "on", "days_before_end": "9"}
    browser.post(url("template_item", row, "customers"), sent)

    own = row.items.get(key="customers")
    assert (own.title, own.hint, own.removed) == ("客户联系人", "门店大客户也算", False)
    page = browser.get(row.get_absolute_url()).content.decode()
    assert "改过" in page


def test_hr_of_a_unit_edits_its_layer_but_not_the_groups(cast: Any, at: Any) -> None:
    browser = sign_in(cast.hr_manager)
    group = Template.objects.in_force().get(job_family="sales", unit=None)

    assert browser.get(group.get_absolute_url()).status_code == 200
    assert browser.post(url("template_draft", group)).status_code == 403
    assert browser.post("/settings/handover-templates/", {"job_family": "sales", "unit": ""}).status_code == 403
    assert browser.post(
        "/settings/handover-templates/", {"job_family": "sales", "unit": cast.unit["east"].pk}
    ).status_code == 302  # fmt: skip


@pytest.mark.slow
def test_fifty_running_handovers_keep_their_version_when_the_template_is_edited(cast: Any, at: Any) -> None:
    first = published(cast, at, draft(cast, at))
    running = [open_in_force(cast, at, number) for number in range(50)]
    before = {h.pk: sorted(h.items.values_list("key", "title")) for h in running}

    second = draft(cast, at)
    operations.remove_item(template=second, key="customers", by=cast.group_hr, at=at)
    item = TemplateItem(key="new", kind="thing", group="physical", title="新的一项", confirmer="head")
    operations.put_item(template=second, item=item, by=cast.group_hr, at=at)
    operations.ask_review(template=second, note="换", by=cast.group_hr, at=at)
    from ehr.identity.models import User

    operations.publish_draft(template=second, by=User.objects.get(username="second.group.hr"), at=at)

    assert {h.pk: sorted(h.items.values_list("key", "title")) for h in running} == before
    assert all(list(h.templates.all()) == [first] for h in running)
    page = sign_in(cast.group_hr).get(second.get_absolute_url()).content.decode()
    assert f"50 份交接按第 {first.version} 版走" in page
    assert open_in_force(cast, at, 99).items.filter(title="新的一项").exists()


def open_in_force(cast: Any, at: Any, number: int) -> Handover:
    from tests.handover.conftest import DUE_AT, LAST_DAY

    return operations.open_handover(
        employment=cast.employment["leaver"], origin=f"offboarding.case:{number}", successor=cast.successor,
        head=cast.head, due_at=DUE_AT, last_working_date=LAST_DAY, by=None, at=at,
    )  # fmt: skip


def test_a_field_of_the_template_reaches_the_leaver_and_is_checked(cast: Any, at: Any) -> None:
    opened = open_one(cast, at)
    item = opened.items.get(key="customers")
    from handover.rules.items import Field, FieldType

    item.extra = [Field(name="x_1", type=FieldType.NUMBER, required=True, label="账期天数")]
    item.save()

    answers = {"contact": "吴总", "status": "正常", "x_1": "很久"}
    answer = sign_in(cast.leaver).post(reverse("handover:submission", args=[opened.pk, item.pk]), answers)
    assert answer.status_code == 422
    assert "“账期天数”要填数字" in answer.content.decode()

    sign_in(cast.leaver).post(reverse("handover:submission", args=[opened.pk, item.pk]), answers | {"x_1": "60"})
    assert HandoverItem.objects.get(pk=item.pk).fields["x_1"] == "60"


def test_trying_a_draft_shows_somebodys_list_and_writes_nothing(cast: Any, at: Any) -> None:
    row, browser = draft(cast, at), sign_in(cast.group_hr)
    browser.post(url("template_items", row), ITEM)

    number = cast.employment["leaver"].employee_number
    page = browser.get(f"{row.get_absolute_url()}?employee_number={number}").content.decode()

    assert page.count("陈列道具") >= 2
    assert not Handover.objects.exists()


def test_the_pages_of_the_editor_cost_twelve_statements(cast: Any, at: Any, django_assert_max_num_queries: Any) -> None:
    row, browser = draft(cast, at, unit=cast.unit["retail"]), sign_in(cast.group_hr)
    for address in ("/settings/handover-templates/", f"{row.get_absolute_url()}?item=customers"):
        browser.get(address)
        with django_assert_max_num_queries(12):
            assert browser.get(address).status_code == 200
