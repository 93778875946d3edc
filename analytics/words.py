"""The words of each reason; numbers come from the row."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

REASONS: Mapping[str, Any] = {
    "performance_drop": _("last month {drop_percent}% under the three months before"),
    "performance_decline": _("results falling {months} months in a row"),
    "performance_under_target": _("two months under 80% of target ({first}%, {second}%)"),
    "personal_leave": _("{extra} days of personal leave more than the quarter before"),
    "prior_attempt": _("took back a resignation {months} months ago"),
    "retained_by_raise": _("stayed for a raise"),
    "intent_voiced": _("said so"),
    "no_raise": _("no raise for two years"),
    "no_promotion": _("no promotion for three years"),
    "low_pay": _("pay in the lowest {percentile}% of the peers"),
    "overtime": _("{hours} hours of overtime last month"),
    "commute": _("more than an hour to work"),
    "tenure": _("{months} months in the company"),
    "new_manager": _("a new manager"),
    "team_exits": _("{share_percent}% of the team left within half a year"),
    "contract_end": _("the contract ends in {days} days"),
}


def reason_text(reason: Mapping[str, Any]) -> Any:
    values = {name: f"{value:g}" for name, value in reason["values"].items()}
    return format_lazy(REASONS[reason["code"]], **values)
