"""Labels for the words of the rules."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from handover.rules import checklist, items, lifecycle, transfer


class Group(models.TextChoices):
    WORK = items.Group.WORK.value, _("Work in hand")
    KNOWLEDGE = items.Group.KNOWLEDGE.value, _("Knowledge")
    ACCESS = items.Group.ACCESS.value, _("Accounts and access")
    RELATIONS = items.Group.RELATIONS.value, _("Customers and relations")
    PHYSICAL = items.Group.PHYSICAL.value, _("Things")


class Kind(models.TextChoices):
    WORK_ITEM = items.Kind.WORK_ITEM.value, _("Work item")
    DOCUMENT = items.Kind.DOCUMENT.value, _("Document")
    ACCOUNT = items.Kind.ACCOUNT.value, _("Account")
    RELATION = items.Kind.RELATION.value, _("Relation")
    THING = items.Kind.THING.value, _("Thing")


class Confirmer(models.TextChoices):
    HEAD = items.Confirmer.HEAD.value, _("Department head")
    SUCCESSOR = items.Confirmer.SUCCESSOR.value, _("Successor")
    IT = items.Confirmer.IT.value, _("IT")
    ASSET_CLERK = items.Confirmer.ASSET_CLERK.value, _("Asset clerk")
    DOCUMENT_CLERK = items.Confirmer.DOCUMENT_CLERK.value, _("Document clerk")


class Source(models.TextChoices):
    TEMPLATE = checklist.Source.TEMPLATE.value, _("Template")
    SYSTEM = checklist.Source.SYSTEM.value, _("A system")
    ASSET = checklist.Source.ASSET.value, _("Assets")
    PERFORMANCE = checklist.Source.PERFORMANCE.value, _("Performance")
    SUBORDINATE = checklist.Source.SUBORDINATE.value, _("People who report to you")
    APPROVAL = checklist.Source.APPROVAL.value, _("Approvals waiting")
    TODO = checklist.Source.TODO.value, _("To-dos waiting")
    PREDICTION = checklist.Source.PREDICTION.value, _("Often forgotten")
    ADDED = checklist.Source.ADDED.value, _("Added by hand")


class State(models.TextChoices):
    HELD = lifecycle.State.HELD.value, _("Held")
    OPEN = lifecycle.State.OPEN.value, _("Being handed over")
    COMPLETE = lifecycle.State.COMPLETE.value, _("List complete")
    SIGNED = lifecycle.State.SIGNED.value, _("Signed")
    CANCELLED = lifecycle.State.CANCELLED.value, _("Cancelled")


class ItemState(models.TextChoices):
    PENDING = lifecycle.ItemState.PENDING.value, _("Not handed in")
    SUBMITTED = lifecycle.ItemState.SUBMITTED.value, _("Waiting for confirmation")
    CONFIRMED = lifecycle.ItemState.CONFIRMED.value, _("Confirmed")
    RETURNED = lifecycle.ItemState.RETURNED.value, _("Returned")


class TransferState(models.TextChoices):
    PROPOSED = transfer.State.PROPOSED.value, _("To be reviewed")
    CONFIRMED = transfer.State.CONFIRMED.value, _("Confirmed")
    RUN = transfer.State.RUN.value, _("Moved")


class LineState(models.TextChoices):
    PLANNED = transfer.LineState.PLANNED.value, _("Planned")
    WAITING = transfer.LineState.WAITING.value, _("Waiting")
    DONE = transfer.LineState.DONE.value, _("Moved")
    REFUSED = transfer.LineState.REFUSED.value, _("Refused")
    SETTLED = transfer.LineState.SETTLED.value, _("Settled meanwhile")


class Via(models.TextChoices):
    SUCCESSOR = transfer.Via.SUCCESSOR.value, _("named successor")
    LINE_MANAGER = transfer.Via.LINE_MANAGER.value, _("line manager")
    CHOSEN = transfer.Via.CHOSEN.value, _("chosen")
    NOBODY = transfer.Via.NOBODY.value, _("nobody yet")
