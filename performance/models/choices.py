"""Labels for the words of the rules."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..rules import appeals, periods, plans, redaction


class Rhythm(models.TextChoices):
    MONTH = periods.Rhythm.MONTH.value, _("Every month")
    QUARTER = periods.Rhythm.QUARTER.value, _("Every quarter")


class Owner(models.TextChoices):
    HEADQUARTERS = plans.Owner.HEADQUARTERS.value, _("Headquarters")
    STORE = plans.Owner.STORE.value, _("Store or unit")
    FEED = plans.Owner.FEED.value, _("A system")


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_FORCE = "in_force", _("In force")
    RETIRED = "retired", _("Replaced")


class CardState(models.TextChoices):
    OPEN = "open", _("Being scored")
    CLOSED = "closed", _("Final")


class Because(models.TextChoices):
    SCORED = "scored", _("Scored")
    ADJUSTED = "adjusted", _("Adjusted")
    APPEAL_DECIDED = "appeal_decided", _("Appeal decided")


class AdjustmentKind(models.TextChoices):
    HANDOVER_OMISSION = "handover_omission", _("Omission found after a handover")
    DISCIPLINE = "discipline", _("Breach of rules")
    MERIT = "merit", _("Merit")
    CORRECTION = "correction", _("Correction")


class Outcome(models.TextChoices):
    UPHELD = appeals.Outcome.UPHELD.value, _("Upheld")
    PARTLY_UPHELD = appeals.Outcome.PARTLY_UPHELD.value, _("Partly upheld")
    LIFTED = appeals.Outcome.LIFTED.value, _("Lifted")


class Side(models.TextChoices):
    MANAGER = redaction.Side.MANAGER.value, _("Manager")
    PEER = redaction.Side.PEER.value, _("Colleague")


class FeedbackKind(models.TextChoices):
    PRAISE = "praise", _("Well done")
    ADVICE = "advice", _("Advice")
    CONCERN = "concern", _("Please change")


class WorkState(models.TextChoices):
    OPEN = "open", _("In hand")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")
