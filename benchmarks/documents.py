"""Certificates made per second on one core: rendering and signing together (decisions.md 48)."""

import tempfile
import time
from collections.abc import Iterator

from benchmarks.line import Line

PAPERS = 20
LEAST_PER_SECOND = 3.0


def run() -> Iterator[Line]:
    from django.test import override_settings

    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
        documents = _issued(PAPERS + 1)
        _make(documents[:1])  # fonts and stylesheets are read once per process
        started = time.process_time()
        _make(documents[1:])
        seconds = time.process_time() - started
    yield Line(
        name="certificates rendered and signed per second and core",
        value=PAPERS / seconds,
        unit="1/s",
        n=PAPERS,
        limit_name="least",
        limit_value=LEAST_PER_SECOND,
    )


def _issued(count: int) -> list[object]:
    from types import SimpleNamespace

    from ehr import clock, documents
    from ehr.crypto.models import DataKey
    from ehr.documents.models import StandingRelease
    from ehr.units.models import LegalEntity

    entity = LegalEntity.objects.create(code="BENCH", name="衡川商贸（上海）有限公司")
    at = clock.now()
    StandingRelease.give(entity=entity, kind="certificate", occasion="resignation", by=None, at=at)
    holder = SimpleNamespace(name="温以宁", data_key_id=DataKey.issue().pk, user_id=None)
    given = {
        "kind": "certificate", "entity": entity, "subject": "bench", "holder": holder, "context": CONTEXT,
        "occasion": "resignation", "by": None, "at": at,
    }  # fmt: skip
    return [documents.issue(**given).pk for _ in range(count)]


def _make(document_ids: list[object]) -> None:
    from ehr import clock
    from ehr.documents import rendering

    for document_id in document_ids:
        rendering.render(document_id, at=clock.now())


CONTEXT = {
    "name": "温以宁",
    "id_tail": "2846",
    "post": "采购专员",
    "start_date": "2022-03-14",
    "end_date": "2026-11-17",
    "contract_start": "2025-03-14",
    "contract_end": "2028-03-13",
    "service_years": 4,
    "service_months": 8,
    "service": "4年8个月",
    "ending": "解除",
}
