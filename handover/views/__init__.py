from handover.views.afterwards import figures, omissions
from handover.views.confirming import bulk_confirmation, completeness, confirmation, sign_off, witness, witnessing
from handover.views.deducting import deduction, deduction_rule, deduction_rule_ending, deductions
from handover.views.files import file, file_removal
from handover.views.filling import explanation, items, submission
from handover.views.pages import confirmations, detail, handovers, item
from handover.views.talking import meeting, meeting_place, message_file, messages_, news, reading, talks
from handover.views.templates import (
    draft,
    template,
    template_discard,
    template_fields,
    template_item,
    template_item_removal,
    template_items,
    template_publication,
    template_review,
    template_taking_back,
    templates,
)

__all__ = [
    "reading",
    "talks",
    "news",
    "messages_",
    "message_file",
    "meeting_place",
    "meeting",
    "explanation",
    "witnessing",
    "witness",
    "omissions",
    "figures",
    "bulk_confirmation",
    "completeness",
    "confirmation",
    "confirmations",
    "deduction",
    "deduction_rule",
    "deduction_rule_ending",
    "deductions",
    "detail",
    "file",
    "file_removal",
    "handovers",
    "item",
    "items",
    "sign_off",
    "submission",
    "draft",
    "template",
    "template_discard",
    "template_fields",
    "template_item",
    "template_item_removal",
    "template_items",
    "template_publication",
    "template_review",
    "template_taking_back",
    "templates",
]
