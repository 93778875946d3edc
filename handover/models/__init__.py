from handover.models.decision import Decision, Verdict
from handover.models.deduction import Deduction, DeductionRule
from handover.models.grant import HandoverGrant
from handover.models.handover import Handover
from handover.models.item import HandoverItem
from handover.models.item_file import ItemFile
from handover.models.message import MeetingPlace, Message, MessageFile, ReadMark
from handover.models.omission import Omission
from handover.models.reminder import Reminder
from handover.models.shadowing import Shadowing
from handover.models.template import Template, TemplateItem
from handover.models.transfer import Transfer, TransferLine

__all__ = [
    "Decision",
    "Deduction",
    "DeductionRule",
    "Handover",
    "HandoverGrant",
    "HandoverItem",
    "ItemFile",
    "MeetingPlace",
    "Message",
    "MessageFile",
    "Omission",
    "ReadMark",
    "Reminder",
    "Shadowing",
    "Template",
    "TemplateItem",
    "Transfer",
    "TransferLine",
    "Verdict",
]
