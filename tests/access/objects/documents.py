"""A sealed certificate that its person may see."""

from typing import Any

from ehr import documents
from ehr.documents import texts
from ehr.documents.models import Document, StandingRelease
from tests.access.world import World


def _issued(world: World, side: str) -> Document:
    employment = world.cast.employment[world.about(side)]
    names = ("name", "id_tail", "post", "start_date", "end_date", "contract_start", "ending", "service")
    document = documents.issue(
        kind="certificate",
        entity=world.cast.employer,
        unit=employment.unit,
        subject=f"offboarding.case:{side}",
        holder=employment.person,
        context={name: "2026-01-01" if name.endswith(("date", "start")) else "字" for name in names},
        by=None,
        at=world.at,
    )
    document.release(by=world.user["document_clerk"], at=world.at)
    return document


def document(world: World, side: str) -> dict[str, Any]:
    return {"pk": _issued(world, side).pk}


def verify_code(world: World, side: str) -> dict[str, Any]:
    return {"code": _issued(world, side).verify_code}


def standing_release(world: World, side: str) -> dict[str, Any]:
    given = {"kind": "certificate", "occasion": "resignation", "by": None, "at": world.at}
    return {"pk": StandingRelease.give(entity=world.cast.employer, **given).pk}


def paper_text(world: World, side: str) -> dict[str, Any]:
    """A text belongs to no unit: both sides are the same."""

    def make() -> Any:
        by = world.user["group_hr"]
        return texts.open_draft(kind="return_demand", variant="", entity=None, by=by, at=world.at)

    return {"pk": world.once("paper_text", side, make).pk}
