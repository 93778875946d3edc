"""The rule of omissions, fed with the company's own history."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from ehr.clock import LEGAL_ZONE
from employees.models import JobFamily
from handover.models import Handover, Omission
from handover.models.choices import State
from handover.rules import omissions
from handover.rules.checklist import ItemPlan, Source
from handover.rules.items import CONFIRMER_OF, GROUP_OF, Kind
from handover.rules.omissions import BackTest, Past, Prompt
from handover.rules.topics import topic_of


@dataclass(frozen=True, kw_only=True)
class Topic:
    """How a topic is called and what sort of thing it is: as it was filed last."""

    title: str
    kind: Kind


@dataclass(frozen=True, kw_only=True)
class History:
    since: date
    missed: Mapping[UUID, Mapping[str, date]]
    topics: dict[str, Topic]

    @cached_property
    def past(self) -> Sequence[Past]:
        signed = Handover.objects.filter(state=State.SIGNED, signed_at__date__gte=self.since)
        rows = signed.values_list("pk", "employment__job_family", "employment__unit__path", "signed_at")
        return [
            Past(family=family, unit_path=path, signed_date=_day(at), missed=self.missed.get(pk, {}))
            for pk, family, path, at in rows
        ]

    def prompts(self, *, family: str, unit_path: str, today: date) -> list[Prompt]:
        """Where nothing was missed there is nothing to say, and nobody has to read what was signed."""
        return omissions.prompts(self.past, family=family, unit_path=unit_path, today=today) if self.topics else []

    def back_test(self, *, today: date) -> BackTest | None:
        """Split at two thirds of the signed handovers, in time; None while there is nothing on one of the sides."""
        days = sorted(one.signed_date for one in self.past)
        if len(days) < omissions.MIN_HANDOVERS:
            return None
        return omissions.back_test(self.past, split_date=days[2 * len(days) // 3 - 1], today=today)


def history(*, today: date) -> History:
    """Two statements, whatever the number of lists that are generated with it."""
    since = today - timedelta(days=omissions.REMEMBERED_DAYS)
    missed: dict[UUID, dict[str, date]] = defaultdict(dict)
    topics: dict[str, Topic] = {}
    filed = Omission.objects.filter(handover__signed_at__date__gte=since).order_by("filed_at")
    for handover, topic, title, kind, at in filed.values_list("handover_id", "topic", "title", "kind", "filed_at"):
        missed[handover][topic] = _day(at)
        topics[topic] = Topic(title=title, kind=Kind(kind))
    return History(since=since, missed=missed, topics=topics)


def _day(at: datetime) -> date:
    return at.astimezone(LEGAL_ZONE).date()


def with_prompts(plans: Iterable[ItemPlan], told: Sequence[Prompt], topics: dict[str, Topic]) -> list[ItemPlan]:
    """An item that is listed anyway gets the warning; what is not on the list gets an item of its own."""
    by_topic = {prompt.topic: prompt for prompt in told}
    marked = []
    for plan in plans:
        prompt = by_topic.pop(topic_of(plan.title), None)
        marked.append(replace(plan, why={**plan.why, **_numbers(prompt)}) if prompt else plan)
    return [*marked, *(_item(prompt, topics[topic]) for topic, prompt in by_topic.items())]


def _item(prompt: Prompt, topic: Topic) -> ItemPlan:
    return ItemPlan(
        key=f"missed:{prompt.topic}"[:80],
        kind=topic.kind,
        group=GROUP_OF[topic.kind],
        title=topic.title,
        confirmer=CONFIRMER_OF[topic.kind],
        source=Source.PREDICTION,
        why=_numbers(prompt),
    )


def _numbers(prompt: Prompt) -> dict[str, str]:
    return {"missed": str(prompt.missed), "of": str(prompt.handovers), "family": JobFamily(prompt.family).value}
