"""The chains shipped with the product stand in a migration; here they are written again should one be missing."""

from datetime import UTC, datetime

from django.db import transaction

from ..models import Chain, ChainStep, VersionState
from ..rules import chains

NAME = "标准审批链"
SHIPPED_AT = datetime(2026, 1, 1, tzinfo=UTC)


@transaction.atomic
def ensure_default_chain(kind: str) -> Chain:
    chain, is_new = Chain.objects.get_or_create(
        kind=kind, unit=None, min_grade=None, max_grade=None, defaults={"name": NAME}
    )
    if is_new or chain.in_force is None:
        _write(chain)
    return chain


def _write(chain: Chain) -> None:
    number = chain.versions.count() + 1
    version = chain.versions.create(
        number=number, state=VersionState.PUBLISHED, edited_at=SHIPPED_AT, published_at=SHIPPED_AT
    )
    for position, step in enumerate(chains.default_steps(chain.kind), start=1):
        ChainStep.objects.create(
            version=version,
            position=position,
            title=step.title,
            resolver=step.resolver.value,
            mode=step.mode.value,
            sla_days=step.sla_days,
            late_action=step.late_action.value,
            late_days=step.late_days,
            may_delegate=step.may_delegate,
            allowed=[action.value for action in step.allowed],
        )
