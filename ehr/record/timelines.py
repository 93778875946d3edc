from collections.abc import Iterable

from django.db.models import QuerySet

from ehr.record.models import Event


def timeline(refs: Iterable[str]) -> QuerySet[Event]:
    """What happened to these subjects, newest first."""
    return (
        Event.objects.filter(subject__in=list(refs))
        .select_related("actor", "on_behalf_of")
        .defer("mac", "transaction")
        .order_by("-at", "-id")
    )
