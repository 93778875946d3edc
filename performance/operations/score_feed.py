"""Points that another system measures: in bulk, each once by person, period and indicator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from ..models import Indicator, Owner, Score, Scorecard
from ..rules.periods import Period, period_from
from .scoring import Entry, lock_cards, record_scores
from .signals import Taken, employments_of


@transaction.atomic
def take_scores(rows: Sequence[dict[str, Any]], *, source: str, at: datetime) -> Taken:
    """Only indicators that the plan leaves to a system; the others are somebody's judgement."""
    taken = Taken()
    employments = employments_of(row["employee_number"] for row in rows)
    cards = _cards(employments.values(), (period_from(row["period"]) for row in rows))
    indicators = _indicators(cards.values())
    used = _used(source, [row["source_id"] for row in rows])
    entries: dict[Any, Entry] = {}
    for row in rows:
        entry = _entry(taken, row, source, employments, cards, indicators)
        if entry is not None and used.setdefault(entry.source_id, entry.place) != entry.place:
            taken.reject(row, "source_id_reused")
        elif entry is not None:
            entries[entry.place] = entry
    _record(taken, entries, at=at)
    return taken


def _entry(taken: Taken, row: dict[str, Any], source: str, employments: Any, cards: Any, indicators: Any) -> Any:
    employment, period = employments.get(row["employee_number"]), period_from(row["period"])
    card = cards.get((employment, period.rhythm, period.start)) if employment and period else None
    indicator = indicators.get((card.version_id, row["indicator"])) if card else None
    reason = (
        "employee_unknown"
        if employment is None
        else "no_scorecard"
        if card is None
        else "scores_final"
        if not card.is_open
        else "no_such_feed_indicator"
        if indicator is None
        else ""
    )
    if reason:
        taken.reject(row, reason)
        return None
    return Entry(
        scorecard_id=card.pk,
        indicator_id=indicator,
        points=row["points"],
        note=row["note"],
        source=source,
        source_id=row["source_id"],
    )


def _cards(employments: Iterable[Any], periods: Iterable[Period | None]) -> dict[Any, Scorecard]:
    """Locked until the points are in."""
    starts = {period.start for period in periods if period}
    found = Scorecard.objects.filter(employment__in=list(employments), start_date__in=starts)
    locked = lock_cards(found.values_list("pk", flat=True))
    return {(card.employment_id, card.rhythm, card.start_date): card for card in locked.values()}


def _indicators(cards: Iterable[Scorecard]) -> dict[Any, Any]:
    rows = Indicator.objects.filter(version__in={card.version_id for card in cards}, owner=Owner.FEED)
    return {(version, key): pk for version, key, pk in rows.values_list("version_id", "key", "pk")}


def _used(source: str, ids: list[str]) -> dict[str, Any]:
    rows = Score.objects.filter(source=source, source_id__in=ids)
    return {source_id: (card, indicator) for source_id, card, indicator in rows.values_list(
        "source_id", "scorecard_id", "indicator_id"
    )}  # fmt: skip


def _record(taken: Taken, entries: dict[Any, Entry], *, at: datetime) -> None:
    rows = Score.objects.current().filter(scorecard__in={card for card, _indicator in entries})
    known = {(row.scorecard_id, row.indicator_id) for row in rows.only("scorecard_id", "indicator_id")}
    taken.created = len(entries.keys() - known)
    different = record_scores(list(entries.values()), by=None, at=at)
    taken.updated = different - taken.created
    taken.unchanged = len(entries) - different
