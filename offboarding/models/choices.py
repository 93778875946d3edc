"""The words of the rules as choices with labels. Values are the wire values."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CaseKind(models.TextChoices):
    RESIGNATION = "resignation", _("Resignation")
    FORCED_RESIGNATION = "forced_resignation", _("Forced resignation")
    MUTUAL_AGREEMENT = "mutual_agreement", _("Mutual agreement")
    DISMISSAL = "dismissal", _("Dismissal")
    LAYOFF = "layoff", _("Layoff")
    EXPIRY = "expiry", _("Contract expiry")
    RETIREMENT = "retirement", _("Retirement")
    OTHER_ENDING = "other_ending", _("Other ending")
    PRE_OFFBOARDING = "pre_offboarding", _("Pre-offboarding")


class ForcedItemName(models.TextChoices):
    CONDITIONS = "LCL38_1", _("No protection or conditions of work as agreed (item 1)")
    PAY = "LCL38_2", _("Pay not in full or not in time (item 2)")
    INSURANCE = "LCL38_3", _("No social insurance paid (item 3)")
    RULES = "LCL38_4", _("Company rules against the law that harm employees (item 4)")
    VOID = "LCL38_5", _("A contract that is void: made by fraud, under duress or in distress (item 5)")
    OTHER = "LCL38_6", _("Another case that a law names (item 6)")
    DANGER = "LCL38_P2", _("Forced to work by violence, threats or confinement, or ordered into danger (paragraph 2)")


class CaseState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_APPROVAL = "in_approval", _("Waiting for decisions")
    APPROVED = "approved", _("In process")
    CLOSED = "closed", _("Closed")
    RETURNED = "returned", _("Returned for changes")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RETAINED = "retained", _("Retained")
    CANCELLED = "cancelled", _("Cancelled")


class StepState(models.TextChoices):
    WAITING = "waiting", _("To come")
    OPEN = "open", pgettext_lazy("state", "Open")
    DONE = "done", _("Done")
    SKIPPED = "skipped", _("Skipped")
    STOPPED = "stopped", _("Stopped")


class ApprovalState(models.TextChoices):
    PENDING = "pending", _("Waiting")
    APPROVED = "approved", _("Approved")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    RETURNED = "returned", _("Returned")
    REJECTED = "rejected", _("Rejected")
    DELEGATED = "delegated", _("Handed to a colleague")
    SUPERSEDED = "superseded", _("No longer needed")


class TrackState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Quiet")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")
    RETURNED = "returned", _("Returned")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class TrackName(models.TextChoices):
    HANDOVER = "handover", _("Work handover")
    OA_TASKS = "oa_tasks", _("Tasks in the office system")
    SETTLEMENT = "settlement", _("Pay settlement")
    ACCOUNTS = "accounts", _("Accounts")
    BUSINESS_SYSTEMS = "business_systems", _("Customers and business systems")
    ASSETS = "assets", _("Return of items")
    DOCUMENTS = "documents", _("Certificate and papers")
    SOCIAL_INSURANCE = "social_insurance", _("Social insurance and file")
    NON_COMPETE = "non_compete", _("Non-compete")
    UNION_NOTICE = "union_notice", _("Notice to the union")


class GroundName(models.TextChoices):
    LCL36_EMPLOYER = "LCL36_EMPLOYER", _("Agreed, proposed by the company (art. 36)")
    LCL36_EMPLOYEE = "LCL36_EMPLOYEE", _("Agreed, proposed by the employee (art. 36)")
    LCL37 = "LCL37", _("Resignation with notice (art. 37)")
    LCL38 = "LCL38", _("Forced to resign (art. 38)")
    LCL39_1 = "LCL39_1", _("Probation: hiring conditions not met (art. 39-1)")
    LCL39_2 = "LCL39_2", _("Serious breach of the rules (art. 39-2)")
    LCL39_3 = "LCL39_3", _("Serious neglect or fraud with great loss (art. 39-3)")
    LCL39_4 = "LCL39_4", _("Second employment (art. 39-4)")
    LCL39_5 = "LCL39_5", _("Contract void through fraud (art. 39-5)")
    LCL39_6 = "LCL39_6", _("Criminal liability (art. 39-6)")
    LCL40_1 = "LCL40_1", _("Medical period over, unable to work (art. 40-1)")
    LCL40_2 = "LCL40_2", _("Unfit for the job after training or transfer (art. 40-2)")
    LCL40_3 = "LCL40_3", _("Major change of circumstances (art. 40-3)")
    LCL41_1 = "LCL41_1", _("Layoff: reorganisation (art. 41-1)")
    LCL41_2 = "LCL41_2", _("Layoff: serious difficulties (art. 41-2)")
    LCL41_3 = "LCL41_3", _("Layoff: change of production (art. 41-3)")
    LCL41_4 = "LCL41_4", _("Layoff: other change of the economy (art. 41-4)")
    LCL44_1 = "LCL44_1", _("Fixed term ends (art. 44-1)")
    LCL44_2 = "LCL44_2", _("Draws a pension (art. 44-2)")
    LCL44_3 = "LCL44_3", _("Death or missing (art. 44-3)")
    LCL44_4 = "LCL44_4", _("Bankruptcy (art. 44-4)")
    LCL44_5 = "LCL44_5", _("Closed or dissolved (art. 44-5)")
    RETIRE = "RETIRE", _("Retirement age (Regulation 21)")
    TASK_COMPLETED = "TASK_COMPLETED", _("The task is completed (Regulation 22)")


class ServiceMethod(models.TextChoices):
    IN_PERSON = "in_person", _("Signed in person")
    REFUSED = "refused", _("Refused before witnesses")
    EMS = "ems", _("EMS to the agreed address")
    EMAIL = "email", _("E-mail to the agreed box")
    MESSENGER = "messenger", _("Messenger, agreed channel")
    PORTAL = "portal", _("Opened in this system")
    PUBLIC = "public", _("Public notice")


class ServiceResult(models.TextChoices):
    WAITING = "waiting", _("Under way")
    DELIVERED = "delivered", _("Received")
    REFUSED = "refused", _("Refused on delivery")
    RETURNED = "returned", _("Came back")
    UNKNOWN = "unknown", _("Nobody reached")


class RetentionMeasure(models.TextChoices):
    RAISE = "raise", _("Raise")
    TRANSFER = "transfer", _("Transfer")
    PROMOTION = "promotion", _("Promotion")
    TRAINING = "training", _("Training")
    OTHER = "other", _("Other")


class RetentionOutcome(models.TextChoices):
    OPEN = "open", pgettext_lazy("state", "Open")
    STAYED = "stayed", _("Stays")
    DECLINED = "declined", _("Leaves anyway")
