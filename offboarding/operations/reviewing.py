"""Publishing a chain takes two: the editor asks, somebody else publishes."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ehr import deadlines
from ehr.access import Role

from ..models import Chain, ChainVersion

if TYPE_CHECKING:
    from ehr.identity.models import User

KIND = "offboarding.chain_review"


@transaction.atomic
def draw_chain(*, by: "User", at: datetime, **scope: object) -> Chain:
    chain = Chain.objects.create(**scope)
    chain.open_draft(by=by, at=at)
    return chain


@transaction.atomic
def ask_review(*, version: ChainVersion, note: str, by: "User", at: datetime) -> None:
    version.ask_review(note=note, by=by, at=at)
    deadlines.open_deadline(
        kind=KIND,
        subject=version.chain,
        role=Role.HR_MANAGER,
        due_at=deadlines.due_in(working_days=2, at=at),
        url=f"/settings/chains/{version.chain_id}/",
        params={"chain": version.chain.name},
        by=by,
        at=at,
    )


@transaction.atomic
def publish(*, version: ChainVersion, by: "User", at: datetime) -> None:
    version.publish(by=by, at=at)
    deadlines.close(subject=version.chain, kind=KIND, by=by, at=at)


@transaction.atomic
def take_back(*, version: ChainVersion, by: "User", at: datetime) -> None:
    version.take_back(by=by, at=at)
    deadlines.close(subject=version.chain, kind=KIND, by=by, at=at, outcome="cancelled")
