from django.db import models
from django.utils.translation import gettext_lazy as _


class JobFamily(models.TextChoices):
    SALES = "sales", _("Sales")
    RND = "rnd", _("Research and development")
    OPERATIONS = "operations", _("Operations")
    FINANCE = "finance", _("Finance")
    STORE = "store", _("Store")
    GENERAL = "general", _("General")


class EmploymentStatus(models.TextChoices):
    ACTIVE = "active", _("Employed")
    LEAVING = "leaving", _("Leaving")
    LEFT = "left", _("Left")


class WorkRelation(models.TextChoices):
    """Only the first is protected by the Labour Contract Law; the others have rules of their own."""

    EMPLOYMENT = "employment", _("Employment")
    PART_TIME = "part_time", _("Part time, paid by the hour")
    INTERN = "intern", _("Intern still at school")
    REHIRED_RETIREE = "rehired_retiree", _("Retired and hired again")
    SERVICE = "service", _("Service contract")
    DISPATCHED = "dispatched", _("Dispatched by an agency")


class WorkTimeSystem(models.TextChoices):
    STANDARD = "standard", _("Standard hours")
    COMPREHENSIVE = "comprehensive", _("Comprehensive hours")
    FLEXIBLE = "flexible", _("Flexible hours")


class RetirementCategory(models.TextChoices):
    """Original statutory age: men 60, women 55 or 50 (State Council decision of 2024-09-13)."""

    UNKNOWN = "unknown", _("Not known")
    MALE_60 = "male_60", _("Men, 60")
    FEMALE_55 = "female_55", _("Women, 55")
    FEMALE_50 = "female_50", _("Women, 50")


class UnionRole(models.TextChoices):
    NONE = "none", _("None")
    CHAIR = "chair", _("Union chair")
    VICE_CHAIR = "vice_chair", _("Union vice chair")
    COMMITTEE = "committee", _("Union committee member")


class ContractKind(models.TextChoices):
    FIXED = "fixed", _("Fixed term")
    OPEN = "open", _("Open-ended")
    TASK = "task", _("Until a task is done")


class Gender(models.TextChoices):
    UNKNOWN = "unknown", _("Not stated")
    MALE = "male", _("Male")
    FEMALE = "female", _("Female")


class ProtectedKind(models.TextChoices):
    """LCL art. 42 and 45, and whom a layoff keeps first by 41(2). Which one applies is visible to HR-legal only."""

    OCCUPATIONAL_HAZARD = "occupational_hazard", _("Exposed to occupational hazards, no leaving check-up yet")
    SUSPECTED_DISEASE = "suspected_disease", _("Suspected occupational disease, under diagnosis or observation")
    WORK_INJURY = "work_injury", _("Work injury or occupational disease")
    MEDICAL_PERIOD = "medical_period", _("Within the medical period")
    MATERNITY = "maternity", _("Pregnancy, childbirth or nursing")
    UNION = "union", _("Union officer in term")
    OTHER = "other", _("Other protection by law")
    KEPT_FIRST = "kept_first", _("To be kept first in a layoff: nobody else of the family earns")


class ProtectionState(models.TextChoices):
    TO_COME = "to_come", _("To come")
    IN_FORCE = "in_force", _("In force")
    ENDED = "ended", _("Ended")
    TAKEN_BACK = "taken_back", _("Taken back")


class HoldingPresence(models.TextChoices):
    HAS = "has", _("Has")
    HAS_NOT = "has_not", _("Has not")
    UNKNOWN = "unknown", _("Unclear")
