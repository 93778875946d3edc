"""An employment, and an import at each step of its way."""

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile

from employees.accounts import ask_for
from employees.importing import uploads
from employees.models import Employment, ImportRun, PriorSegment, ProtectedStatus
from tests.access.world import World

HEAD = {"columns": [{"header": "工号", "samples": []}], "proposed": {}, "rows": 1, "header_row": 1}


def employment(world: World, side: str) -> dict[str, Any]:
    return {"pk": world.cast.employment[world.about(side)].pk}


def contract(world: World, side: str) -> dict[str, Any]:
    found = world.cast.employment[world.about(side)].contracts.get()
    return {"pk": found.employment_id, "contract_pk": found.pk}


def prior_segment(world: World, side: str) -> dict[str, Any]:
    days = {"start_date": date(2018, 1, 1), "end_date": date(2020, 12, 31)}
    employment = world.cast.employment[world.about(side)]
    row = PriorSegment.objects.create(employment=employment, employer_name="衡川家居有限公司", **days)
    return {"pk": employment.pk, "segment_pk": row.pk}


def protection(world: World, side: str) -> dict[str, Any]:
    employment = world.cast.employment[world.about(side)]
    row = world.once("protection", side, lambda: _protection(employment))
    return {"pk": employment.pk, "row_pk": row.pk}


def _protection(employment: Employment) -> ProtectedStatus:
    return ProtectedStatus.objects.create(
        employment=employment, data_key=employment.data_key, kind="maternity", start_date=date(2026, 3, 2)
    )


def employee(world: World, side: str) -> dict[str, Any]:
    return {"pk": world.cast.employment[world.about(side)].person_id}


def import_run(world: World, side: str) -> dict[str, Any]:
    """At the mapping: neither writing nor progress is possible there, and both say so."""
    run = ImportRun(state="mapping", filename="a.csv", head=HEAD, created_at=world.at, changed_at=world.at)
    run.size = uploads.keep(run.pk, ContentFile(b"x"))
    run.changed_at += timedelta(days=3650)
    run.save()
    return {"pk": run.pk}


def account(world: World, side: str) -> dict[str, Any]:
    return {"pk": world.cast.users[world.about(side)].pk}


def account_run(world: World, side: str) -> dict[str, Any]:
    return {"pk": ask_for(by=world.cast.admin, at=world.at).pk}
