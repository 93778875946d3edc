"""The leaver's handover to the successor, opened as an approved exit opens it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from handover import operations
from handover.models import Handover, HandoverItem, Template
from handover.operations import publish

LAST_DAY = date(2026, 6, 17)
DUE_AT = datetime(2026, 6, 17, 10, 0, tzinfo=UTC)

SHORT = [
    {"key": "work", "kind": "work_item", "title": "在谈的商机", "days_before_end": 3},
    {"key": "customers", "kind": "relation", "title": "客户联系人"},
    {"key": "files", "kind": "document", "title": "合同原件", "evidence_required": True},
    {"key": "crm", "kind": "account", "title": "客户系统账号"},
    {"key": "laptop", "kind": "thing", "title": "电脑"},
]
ANSWERS = {
    "work_item": {"progress": "80%", "next_step": "周五回访"},
    "relation": {"contact": "邱工", "status": "正常"},
    "document": {"place": "共享盘/合同"},
    "account": {"system": "CRM", "account": "zhou.yuanhang"},
    "thing": {"whereabouts": "工位"},
}


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def opened(cast: Any, at: datetime) -> Handover:
    return open_one(cast, at)


def open_one(cast: Any, at: datetime, **changes: Any) -> Handover:
    if not Template.objects.filter(job_family="sales", title="短").exists():
        publish(job_family="sales", title="短", items=SHORT, at=at)
    given = {
        "employment": cast.employment["leaver"],
        "origin": "offboarding.case:1",
        "successor": cast.successor,
        "head": cast.head,
        "due_at": DUE_AT,
        "last_working_date": LAST_DAY,
        "by": None,
        "at": at,
    } | changes
    return operations.open_handover(**given)


def item_of(handover: Handover, key: str) -> HandoverItem:
    return handover.items.select_related("handover").get(key=key)


def submit(item: HandoverItem, cast: Any, at: datetime, **changes: Any) -> HandoverItem:
    if item.evidence_required and not item.files.exists():
        attach(item, cast, at)
    operations.submit_item(item=item, fields=ANSWERS[item.kind], by=cast.leaver, at=at, **changes)
    return HandoverItem.objects.select_related("handover").get(pk=item.pk)


def attach(
    item: HandoverItem, cast: Any, at: datetime, *, name: str = "合同.pdf", data: bytes = b"%PDF-1.7\n%%EOF\n"
) -> Any:
    from io import BytesIO

    return operations.attach_file(item=item, name=name, size=len(data), content=BytesIO(data), by=cast.leaver, at=at)


CONFIRMERS = {"work": "head", "customers": "successor", "files": "document_clerk", "crm": "it", "laptop": "asset_clerk"}


def hand_over_everything(handover: Handover, cast: Any, at: datetime) -> None:
    for key, who in CONFIRMERS.items():
        item = submit(item_of(handover, key), cast, at)
        operations.confirm_item(item=item, by=getattr(cast, who), at=at)
