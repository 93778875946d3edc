"""One list with something from everywhere; each source that is emptied takes its items from the next list, and no other's."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from ehr import deadlines
from employees.models import Employment, Holding
from handover.models import Handover, Omission, Template
from performance.models import Task
from performance.operations import open_task
from tests.access.cast import sign_in
from tests.handover.conftest import DUE_AT, open_one

pytestmark = pytest.mark.django_db
FORGOTTEN = "客户的特殊要求"


def fill_every_source(cast: Any, at: Any) -> None:
    leaver = cast.employment["leaver"]
    open_task(employment=leaver, title="催回尾款", by=cast.head, at=at)
    for kind, title in (("repository", "报价仓库"), ("asset", "样品箱")):
        Holding.objects.create(
            employment=leaver, system="系统", kind=kind, ref=kind, title=title, presence="has", observed_at=at
        )
    Employment.objects.filter(pk=cast.employment["stranger"].pk).update(line_manager=leaver)
    deadlines.open_deadline(
        kind="offboarding.approval", subject="offboarding.case:x", owner=cast.leaver, due_at=DUE_AT, by=None, at=at
    )
    for number in range(20):
        signed_at = at - timedelta(days=60 + number)
        past = Handover.objects.create(
            origin=f"offboarding.case:past-{number}", employment=cast.employment["successor"], head=cast.head,
            state="signed", last_working_date=signed_at.date(), due_at=signed_at, opened_at=signed_at,
            completed_at=signed_at, signed_at=signed_at, signed_by=cast.head,
        )  # fmt: skip
        Omission.objects.create(
            handover=past, job_family="sales", kind="relation", topic=FORGOTTEN, title=FORGOTTEN, findings=[],
            filed_by=cast.hrbp, filed_at=signed_at + timedelta(days=9),
        )  # fmt: skip


SHOWN = {
    "template": "客户联系人",
    "performance": "催回尾款",
    "system": "报价仓库",
    "asset": "样品箱",
    "subordinate": "唐景行",
    "approval": "审批",
    "prediction": FORGOTTEN,
}
EMPTY: dict[str, Callable[[], Any]] = {
    "template": lambda: Template.objects.filter(job_family__in=["sales", "general"]).update(state="retired"),
    "performance": lambda: Task.objects.all().delete(),
    "system": lambda: Holding.objects.filter(kind="repository").update(presence="has_not"),
    "asset": lambda: Holding.objects.filter(kind="asset").update(presence="has_not"),
    "subordinate": lambda: Employment.objects.filter(line_manager__isnull=False).update(line_manager=None),
    "approval": lambda: deadlines.Deadline.objects.all().delete(),
    "prediction": lambda: Omission.objects.all().delete(),
}


def shown_list(cast: Any, at: Any, origin: str) -> tuple[set[str], str]:
    """Its sources, and the page as the leaver sees it."""
    opened = open_one(cast, at, origin=f"offboarding.case:{origin}")
    page = sign_in(cast.leaver).get(opened.get_absolute_url()).content.decode()
    return set(opened.items.values_list("source", flat=True)), page


def test_a_list_shows_an_item_of_every_source_and_loses_it_when_that_source_is_empty(cast: Any, at: Any) -> None:
    fill_every_source(cast, at)

    sources, page = shown_list(cast, at, "full")

    assert sources == set(SHOWN)
    assert [title for title in SHOWN.values() if title not in page] == []
    for emptied, source in enumerate(SHOWN, start=1):
        deadlines.Deadline.objects.exclude(kind="offboarding.approval").delete()  # of the list before
        EMPTY[source]()
        sources, page = shown_list(cast, at, source)
        assert sources == set(list(SHOWN)[emptied:])
        assert SHOWN[source] not in page or source == "approval"
