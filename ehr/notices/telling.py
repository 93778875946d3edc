from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ehr import record
from ehr.inserting import insert
from ehr.notices.events import NoticeTold
from ehr.notices.kinds import is_known
from ehr.notices.models import Notice


def tell(
    users: Iterable[Any],
    *,
    kind: str,
    params: Mapping[str, Any] | None = None,
    url: str = "",
    subject: Any = "",
    at: datetime,
    urgent: bool = False,
    by: Any = None,
) -> list[Notice]:
    """Puts one notice into each inbox, in the caller's transaction, and emits `ehr.notice.told` once.

    `subject` is an object or its reference; `params` are small facts for the words of the kind, no values
    that need protection: they travel by e-mail. Whether somebody may be told yet (quiet mode) is the caller's rule.
    """
    if not is_known(kind):
        raise LookupError(f"nobody registered words for the notice {kind}")
    subject_ref = subject if isinstance(subject, str) else record.ref(subject)
    told = [
        Notice(
            user=user,
            kind=kind,
            params=dict(params or {}),
            url=url,
            subject=subject_ref,
            urgent=urgent,
            created_at=at,
        )
        for user in {user.pk: user for user in users if user is not None}.values()
    ]
    if told:
        with transaction.atomic(savepoint=False):
            insert(told)
            fact = NoticeTold(notice_kind=kind, urgent=urgent, notice_ids=[str(notice.pk) for notice in told])
            record.emit(fact, subject=subject_ref or told[0], by=by, at=at)
    return told
