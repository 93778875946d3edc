"""How far handovers are, for the case page above and for boards."""

from dataclasses import dataclass

from django.db.models import Count, Q

from ehr import clock
from handover.models import Handover
from handover.models.choices import ItemState


@dataclass(frozen=True, kw_only=True)
class Progress:
    done: int
    total: int
    late: int
    submitted: int = 0
    returned: int = 0
    state: str = ""

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


def progress(origin: str) -> Progress:
    """How far the handover of this origin is; late are the items past their day that nobody has confirmed."""
    return progress_many([origin]).get(origin, Progress(done=0, total=0, late=0))


def progress_many(origins: list[str]) -> dict[str, Progress]:
    """One statement for a whole board."""
    is_open = ~Q(items__state=ItemState.CONFIRMED)
    rows = Handover.objects.filter(origin__in=origins).annotate(
        total=Count("items"),
        done=Count("items", filter=Q(items__state=ItemState.CONFIRMED)),
        late=Count("items", filter=is_open & Q(items__due_date__lt=clock.today())),
        submitted=Count("items", filter=Q(items__state=ItemState.SUBMITTED)),
        returned=Count("items", filter=Q(items__state=ItemState.RETURNED)),
    )
    names = ("done", "total", "late", "submitted", "returned", "state")
    return {
        origin: Progress(**dict(zip(names, values, strict=True)))
        for origin, *values in rows.values_list("origin", *names)
    }


def of_origin(origin: str) -> Handover | None:
    return Handover.objects.filter(origin=origin).for_page().first()
