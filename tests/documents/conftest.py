"""A company, a person to write papers about, and files in a folder of their own."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ehr.documents import DocumentKind, register_kind
from offboarding.documents import CERTIFICATE, NOTICE

LETTER = DocumentKind(
    code="test_letter",
    template="documents/paper.html",
    number_prefix="TX",
    title="测试函",
    sealed=False,
)


@dataclass
class Somebody:
    name: str
    data_key_id: Any
    user_id: Any


CONTEXT = {
    "name": "㛃䶮𠮷",
    "id_tail": "2846",
    "post": "采购专员",
    "start_date": "2022-03-14",
    "end_date": "2026-05-18",
    "contract_start": "2025-03-14",
    "contract_end": "2028-03-13",
    "service_years": 4,
    "service_months": 2,
    "service": "4年2个月",
    "ending": "解除",
}


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    for kind in (CERTIFICATE, NOTICE, LETTER):
        register_kind(kind)


@pytest.fixture
def somebody(cast: Any) -> Somebody:
    """The leaver under a name with rare characters."""
    person = cast.employment["leaver"].person
    return Somebody(name="㛃䶮𠮷", data_key_id=person.data_key_id, user_id=person.user_id)


@pytest.fixture
def issue(cast: Any, somebody: Somebody, at: Any) -> Any:
    from ehr import documents

    def _issue(**changes: Any) -> Any:
        given = {
            "kind": "certificate",
            "entity": cast.employer,
            "unit": cast.unit["sales_unit"],
            "subject": "offboarding.case:1",
            "holder": somebody,
            "context": CONTEXT,
            "by": None,
            "at": at,
        } | changes
        return documents.issue(**given)

    return _issue
