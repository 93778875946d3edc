from handover.views.confirming import bulk_confirmation, completeness, confirmation, sign_off
from handover.views.files import file, file_removal
from handover.views.filling import items, submission
from handover.views.pages import confirmations, detail, handovers, item

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
]
