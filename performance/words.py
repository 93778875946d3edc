"""Words for the codes of this app's rules, and how its states look."""

from django.utils.translation import gettext_lazy as _

from .models import FeedbackKind, Owner
from .rules.plans import Problem

OWNER_ICONS = {Owner.HEADQUARTERS: "building-skyscraper", Owner.STORE: "building-store", Owner.FEED: "plug"}

PROBLEMS = {
    Problem.NO_INDICATORS: _("There is no indicator yet."),
    Problem.WEIGHT_NOT_POSITIVE: _("Every weight is above 0."),
    Problem.WEIGHTS_NOT_100: _("The weights have to add up to 100."),
    Problem.KEY_TWICE: _("Two indicators have the same key."),
}

FEEDBACK_LOOK = {
    FeedbackKind.PRAISE: ("ok", "heart"),
    FeedbackKind.ADVICE: ("plan", "bulb"),
    FeedbackKind.CONCERN: ("warn", "alert-triangle"),
}
