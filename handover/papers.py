"""The sign-off letter: what passed into whose hands, and who said so when."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from ehr.documents import DocumentKind
from ehr.documents.fields import Field, FieldType, Source, block
from ehr.documents.languages import in_both
from handover.models.choices import Confirmer, Group

if TYPE_CHECKING:
    from ehr.identity.models import User
    from handover.models import Handover, HandoverItem

SIGNED = "2026-05-18T02:00:00+00:00"
_WHO = {"receiver": "周敏", "confirmed_by": "周敏", "confirmed_at": SIGNED, "files": 1, "content_sha256": "9f2c41ab"}
SAMPLE = {
    "successor": "周敏",
    "submitted_at": SIGNED,
    "items": [
        {
            "group_label": "客户与关系",
            "group_label_en": "Customers and relations",
            "title": "重点客户跟进记录",
            "nothing": False,
            **_WHO,
        },
        {"group_label": "实物", "group_label_en": "Things", "title": "门店钥匙与工牌", "nothing": False, **_WHO},
    ],
}
FILE, HANDOVER = Source.FILE, Source.HANDOVER
LETTER = DocumentKind(
    code="handover_letter",
    number_prefix="JJ",
    title=_("Handover sign-off letter"),
    sealed=False,
    icon="signature",
    required=("leaver", "employee_number", "head", "items", "signed_at"),
    samples=SAMPLE,
    must=("leaver", "head", "items_table", "signatures"),
    fields=(
        Field(name="leaver", label=_("who hands over"), source=FILE, sample="㛃䶮𠮷"),
        Field(name="employee_number", label=_("employee number"), source=FILE, sample="HC012846"),
        Field(name="unit", label=_("unit"), source=FILE, sample="零售运营部"),
        Field(name="head", label=_("head who signed"), source=HANDOVER, sample="陈立"),
        Field(name="signed_at", label=_("when it was signed"), type=FieldType.TIME, source=HANDOVER, sample=SIGNED),
        Field(name="item_count", label=_("how many items"), source=HANDOVER, sample="2"),
        block(
            "items_table", _("table of the items"), template="handover/documents/_letter_items.html", source=HANDOVER
        ),
        block("signatures", _("signatures"), template="handover/documents/_letter_signatures.html", source=HANDOVER),
    ),
)
TEXTS = Path(__file__).parent / "shipped" / "papers"


def letter_context(handover: "Handover", *, signed_by: "User", at: datetime) -> dict[str, Any]:
    employment = handover.employment
    items = [_line(handover, row) for row in _items(handover)]
    return {
        "leaver": employment.person.name,
        "employee_number": employment.employee_number,
        "job_title": employment.job_title,
        "unit": employment.unit.name,
        "successor": str(handover.successor or ""),
        "head": str(signed_by),
        "last_working_date": handover.last_working_date.isoformat(),
        "completed_at": handover.completed_at.isoformat() if handover.completed_at else "",
        "submitted_at": _last_submission(handover),
        "signed_at": at.isoformat(),
        "items": items,
        "item_count": str(len(items)),
    }


def _items(handover: "Handover") -> "list[HandoverItem]":
    return list(handover.items.in_order().select_related("confirmed_by").prefetch_related("files"))


def _line(handover: "Handover", item: "HandoverItem") -> dict[str, Any]:
    return {
        "group": item.group,
        **in_both(lambda: {"group_label": str(Group(item.group).label)}),
        "title": item.title,
        "nothing": item.is_nothing,
        "receiver": str(handover.successor or handover.head) if item.confirmer in _PEOPLE else str(item.confirmed_by),
        "confirmed_by": str(item.confirmed_by),
        "confirmed_at": item.confirmed_at.isoformat() if item.confirmed_at else "",
        "files": len(item.files.all()),
        "content_sha256": item.content_sha256[:8],
    }


_PEOPLE = (Confirmer.HEAD, Confirmer.SUCCESSOR)


def _last_submission(handover: "Handover") -> str:
    times = [row.submitted_at for row in handover.items.all() if row.submitted_at]
    return max(times).isoformat() if times else ""
