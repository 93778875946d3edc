from .adjusting import appeal_adjustment, decide_appeal, record_adjustment
from .passing import pass_work
from .periods import open_period
from .planning import create_plan
from .projects import take_projects
from .score_feed import take_scores
from .scoring import Entry, record_scores
from .shortfalls import watch_shortfalls
from .signals import Taken, take_attendance, take_results
from .voice import give_feedback, write_review
from .work import open_task, set_objective, start_project

__all__ = [
    "Entry",
    "Taken",
    "appeal_adjustment",
    "create_plan",
    "decide_appeal",
    "give_feedback",
    "open_period",
    "open_task",
    "pass_work",
    "record_adjustment",
    "record_scores",
    "set_objective",
    "start_project",
    "take_attendance",
    "take_projects",
    "take_results",
    "take_scores",
    "watch_shortfalls",
    "write_review",
]
