from handover.views.confirming import bulk_confirmation, completeness, confirmation, sign_off
from handover.views.files import file, file_removal
from handover.views.filling import items, submission
from handover.views.pages import confirmations, detail, handovers, item
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
    "bulk_confirmation",
    "completeness",
    "confirmation",
    "confirmations",
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
