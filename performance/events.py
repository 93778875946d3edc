"""What happens to results and work in hand. Ids, codes and dates only: never a score, a rating or prose."""

from dataclasses import dataclass
from typing import ClassVar

from ehr.lib.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PlanPublished(Fact):
    kind: ClassVar[str] = "performance.plan.published"
    plan_id: str
    version: int


@dataclass(frozen=True, kw_only=True)
class AboutEmployment(Fact):
    employment_id: str


@dataclass(frozen=True, kw_only=True)
class ScorecardOpened(AboutEmployment):
    kind: ClassVar[str] = "performance.scorecard.opened"
    scorecard_id: str
    period: str
    version_id: str


@dataclass(frozen=True, kw_only=True)
class ScorecardClosed(AboutEmployment):
    kind: ClassVar[str] = "performance.scorecard.closed"
    scorecard_id: str


@dataclass(frozen=True, kw_only=True)
class ScoresRecorded(AboutEmployment):
    kind: ClassVar[str] = "performance.scores.recorded"
    scorecard_id: str
    indicators: list[str]


@dataclass(frozen=True, kw_only=True)
class ResultChanged(AboutEmployment):
    """The arithmetic of this state stands in the result row of that number."""

    kind: ClassVar[str] = "performance.result.changed"
    scorecard_id: str
    number: int
    because: str


@dataclass(frozen=True, kw_only=True)
class FellShort(AboutEmployment):
    """`month` is the second one in a row under the threshold."""

    kind: ClassVar[str] = "performance.result.fell_short"
    month: str
    months: int


@dataclass(frozen=True, kw_only=True)
class ShortfallCleared(AboutEmployment):
    kind: ClassVar[str] = "performance.shortfall.cleared"
    month: str


@dataclass(frozen=True, kw_only=True)
class AboutAdjustment(AboutEmployment):
    adjustment_id: str


@dataclass(frozen=True, kw_only=True)
class AdjustmentRecorded(AboutAdjustment):
    kind: ClassVar[str] = "performance.adjustment.recorded"
    adjustment_kind: str
    reason_sha256: str


@dataclass(frozen=True, kw_only=True)
class AdjustmentAppealed(AboutAdjustment):
    kind: ClassVar[str] = "performance.adjustment.appealed"
    text_sha256: str


@dataclass(frozen=True, kw_only=True)
class AppealDecided(AboutAdjustment):
    kind: ClassVar[str] = "performance.appeal.decided"
    outcome: str
    answer_sha256: str


@dataclass(frozen=True, kw_only=True)
class FeedbackGiven(AboutEmployment):
    kind: ClassVar[str] = "performance.feedback.given"
    feedback_id: str


@dataclass(frozen=True, kw_only=True)
class ReviewWritten(AboutEmployment):
    kind: ClassVar[str] = "performance.review.written"
    review_id: str
    side: str


@dataclass(frozen=True, kw_only=True)
class ObjectiveSet(AboutEmployment):
    kind: ClassVar[str] = "performance.objective.set"
    objective_id: str


@dataclass(frozen=True, kw_only=True)
class ObjectiveCheckedIn(AboutEmployment):
    kind: ClassVar[str] = "performance.objective.checked_in"
    objective_id: str
    key_result_id: str


@dataclass(frozen=True, kw_only=True)
class ObjectiveMoved(AboutEmployment):
    """To another owner, who is `employment_id` now."""

    kind: ClassVar[str] = "performance.objective.moved"
    objective_id: str
    from_employment_id: str


@dataclass(frozen=True, kw_only=True)
class ObjectiveClosed(AboutEmployment):
    kind: ClassVar[str] = "performance.objective.closed"
    objective_id: str


@dataclass(frozen=True, kw_only=True)
class ProjectStarted(AboutEmployment):
    kind: ClassVar[str] = "performance.project.started"
    project_id: str


@dataclass(frozen=True, kw_only=True)
class ProjectProgressed(AboutEmployment):
    kind: ClassVar[str] = "performance.project.progressed"
    project_id: str
    percent: int


@dataclass(frozen=True, kw_only=True)
class ProjectMoved(AboutEmployment):
    """To another owner, who is `employment_id` now."""

    kind: ClassVar[str] = "performance.project.moved"
    project_id: str
    from_employment_id: str


@dataclass(frozen=True, kw_only=True)
class TaskOpened(AboutEmployment):
    kind: ClassVar[str] = "performance.task.opened"
    task_id: str


@dataclass(frozen=True, kw_only=True)
class TaskDone(AboutEmployment):
    kind: ClassVar[str] = "performance.task.done"
    task_id: str


@dataclass(frozen=True, kw_only=True)
class TaskMoved(AboutEmployment):
    """To another owner, who is `employment_id` now."""

    kind: ClassVar[str] = "performance.task.moved"
    task_id: str
    from_employment_id: str
