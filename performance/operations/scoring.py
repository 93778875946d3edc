"""Points come in by hand or by feed, one way for both; the result follows, and each of its states is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ehr import record
from ehr.errors import Refused

from .. import events
from ..models import Because, Indicator, ResultChange, Score, Scorecard
from ..rules import composite

if TYPE_CHECKING:
    from ehr.identity.models import User

Place = tuple[UUID, UUID]


@dataclass(frozen=True, kw_only=True)
class Entry:
    scorecard_id: UUID
    indicator_id: UUID
    points: Decimal
    note: str = ""
    source: str = ""
    source_id: str = ""

    @property
    def place(self) -> Place:
        return self.scorecard_id, self.indicator_id

    def says(self, score: Score | None) -> bool:
        return score is not None and (score.points, score.note) == (self.points, self.note)


@transaction.atomic
def record_scores(entries: Sequence[Entry], *, by: User | None, at: datetime) -> int:
    """Returns how many were new or different. Nobody scores themselves, and nothing that is final."""
    cards = lock_cards({entry.scorecard_id for entry in entries})
    indicators = Indicator.objects.in_bulk([entry.indicator_id for entry in entries])
    for entry in entries:
        _refuse_wrong(cards[entry.scorecard_id], indicators[entry.indicator_id], entry, by)
    standing = {(row.scorecard_id, row.indicator_id): row for row in _standing(cards)}
    last = {entry.place: entry for entry in entries}
    fresh = [entry for entry in last.values() if not entry.says(standing.get(entry.place))]
    _replace(fresh, standing, by=by, at=at)
    touched: dict[UUID, list[str]] = defaultdict(list)
    for entry in fresh:
        touched[entry.scorecard_id].append(indicators[entry.indicator_id].key)
    record.emit_many(
        record.Emission(fact=_recorded(cards[pk], keys), subject=cards[pk], by=by, at=at)
        for pk, keys in touched.items()
    )
    recount(touched, because=Because.SCORED, by=by, at=at)
    return len(fresh)


def lock_cards(pks: Iterable[UUID]) -> dict[UUID, Scorecard]:
    rows = Scorecard.objects.select_for_update(of=("self",)).select_related("employment__person")
    return {row.pk: row for row in rows.filter(pk__in=list(pks)).order_by("pk")}


def _refuse_wrong(card: Scorecard, indicator: Indicator, entry: Entry, by: User | None) -> None:
    card.refuse_closed()
    if indicator.version_id != card.version_id:
        raise Refused("indicator_unknown", _("This plan has no such indicator."), field="indicator")
    if not 0 <= entry.points <= composite.MOST_POINTS:
        raise Refused("points_out_of_range", _("Points go from 0 to 150."), field="points")
    if by is not None and card.employment.person.user_id == by.pk:
        raise Refused("own_score", _("Nobody scores themselves."))


def _standing(cards: Iterable[UUID]) -> Any:
    return Score.objects.current().filter(scorecard__in=list(cards))


def _replace(entries: list[Entry], standing: dict[Place, Score], *, by: User | None, at: datetime) -> None:
    old = [standing[entry.place].pk for entry in entries if entry.place in standing]
    Score.objects.filter(pk__in=old).update(replaced_at=at)
    Score.objects.bulk_create(
        (
            Score(
                scorecard_id=entry.scorecard_id,
                indicator_id=entry.indicator_id,
                points=entry.points,
                note=entry.note,
                source=entry.source,
                source_id=entry.source_id,
                by=by,
                at=at,
            )
            for entry in entries
        ),
        batch_size=1000,
    )


def _recorded(card: Scorecard, keys: list[str]) -> events.ScoresRecorded:
    return events.ScoresRecorded(
        employment_id=str(card.employment_id), scorecard_id=str(card.pk), indicators=sorted(keys)
    )


# --- The result -------------------------------------------------------------------------------------------


def recount(pks: Iterable[Any], *, because: Because, by: User | None, at: datetime) -> int:
    """In the caller's transaction, which holds the locks. Returns how many results changed."""
    cards = list(Scorecard.objects.filter(pk__in=list(pks)).for_page())
    numbers = dict(
        ResultChange.objects.filter(scorecard__in=cards).values_list("scorecard").annotate(last=Max("number"))
    )
    changed = []
    for card in cards:
        figures = card.composite
        if figures.result is not None and figures.result != card.result:
            card.result = figures.result
            changed.append(_change(card, figures, numbers.get(card.pk, 0) + 1, because, by, at))
    Scorecard.objects.bulk_update([change.scorecard for change in changed], ["result"], batch_size=500)
    ResultChange.objects.bulk_create(changed, batch_size=1000)
    record.emit_many(record.Emission(fact=_fact(one), subject=one.scorecard, by=by, at=at) for one in changed)
    return len(changed)


def _change(
    card: Scorecard, figures: composite.Composite, number: int, because: Because, by: User | None, at: datetime
) -> ResultChange:
    return ResultChange(
        scorecard=card,
        number=number,
        result=figures.result,
        because=because,
        arithmetic=arithmetic(figures),
        by=by,
        at=at,
    )


def arithmetic(figures: composite.Composite) -> dict[str, Any]:
    """As it stood then, in texts, so that no figure is rounded on its way."""
    return {
        "lines": [
            {"key": line.key, "weight": str(line.weight), "score": str(line.score), "points": str(line.points)}
            for line in figures.lines
        ],
        "base": str(figures.base),
        "changes": [
            {"adjustment": change.key, "percent": str(change.percent), "points": str(change.points)}
            for change in figures.changes
        ],
    }


def _fact(change: ResultChange) -> events.ResultChanged:
    return events.ResultChanged(
        employment_id=str(change.scorecard.employment_id),
        scorecard_id=str(change.scorecard_id),
        number=change.number,
        because=change.because,
    )
