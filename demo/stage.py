"""When the deeds of the plot are done: each at its own time, with what the calendar does by itself between them."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import count

from ehr import record
from ehr.clock import LEGAL_ZONE
from ehr.identity.models import User
from offboarding import operations as work

Deed = Callable[[datetime], None]


class Stage:
    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = now.astimezone(LEGAL_ZONE).date()
        self._deeds: list[tuple[datetime, int, Deed]] = []
        self._order = count()
        self._staff: dict[str, User] = {}

    def staff(self, username: str) -> User:
        """Of the cast, whose roles stay what they are."""
        if username not in self._staff:
            self._staff[username] = User.objects.get(username=username)
        return self._staff[username]

    def later(self, day: date, hour: int, deed: Deed) -> None:
        """On the Friday before instead of on a weekend; what lies in the future is not played."""
        day -= timedelta(days={5: 1, 6: 2}.get(day.weekday(), 0))
        at = datetime.combine(day, time(hour), tzinfo=LEGAL_ZONE)
        if at <= self.now:
            heapq.heappush(self._deeds, (at, next(self._order), deed))

    def run(self) -> None:
        first = self._deeds[0][0].date() if self._deeds else self.today
        for day in _days(first, self.today):
            self._play_until(datetime.combine(day, time(10), tzinfo=LEGAL_ZONE))
            work.keep_clock(at=min(self.now, datetime.combine(day, time(10), tzinfo=LEGAL_ZONE)))
        self._play_until(self.now)
        work.keep_clock(at=self.now)

    def _play_until(self, at: datetime) -> None:
        while self._deeds and self._deeds[0][0] <= at:
            when, _order, deed = heapq.heappop(self._deeds)
            deed(when)
        record.deliver_all()


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))
