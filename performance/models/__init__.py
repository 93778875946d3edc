from .adjustment import Adjustment
from .choices import (
    AdjustmentKind,
    Because,
    CardState,
    FeedbackKind,
    Outcome,
    Owner,
    Rhythm,
    Side,
    VersionState,
    WorkState,
)
from .monthly import AttendanceMonth, Monthly, MonthlyResult
from .objective import CheckIn, KeyResult, Objective
from .plan import Indicator, Plan, PlanVersion
from .project import Milestone, Project, ProjectReport, Task
from .scorecard import ResultChange, Score, Scorecard
from .shortfall import Shortfall
from .voice import Feedback, Review

__all__ = [
    "Adjustment",
    "AdjustmentKind",
    "AttendanceMonth",
    "Because",
    "CardState",
    "CheckIn",
    "Feedback",
    "FeedbackKind",
    "Indicator",
    "KeyResult",
    "Milestone",
    "Monthly",
    "MonthlyResult",
    "Objective",
    "Outcome",
    "Owner",
    "Plan",
    "PlanVersion",
    "Project",
    "ProjectReport",
    "ResultChange",
    "Review",
    "Rhythm",
    "Score",
    "Scorecard",
    "Shortfall",
    "Side",
    "Task",
    "VersionState",
    "WorkState",
]
