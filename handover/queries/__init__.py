"""Reads of handovers for pages, for the case page above and for the API."""

from handover.queries.deductions import (
    HeadDeduction,
    deductions,
    figures_of,
    handovers_behind,
    last_month,
    of_cards,
    rule_in_force,
    rules_before,
)
from handover.queries.lists import in_progress, mine, signed_off, to_confirm, to_fill_counter, waiting_counter
from handover.queries.messages import newer, talk_of, talks, unread_counter, unread_in
from handover.queries.omissions import (
    COMPLETION_GOAL,
    OMISSION_GOAL,
    head_figures,
    item_among,
    may_file,
    omissions_of,
    prompts_in_force,
    suggested_titles,
)
from handover.queries.page import HandoverPage, chosen, page_of, url_of
from handover.queries.progress import Progress, of_origin, progress, progress_many
from handover.queries.region import region_of, running_in, unit_among
from handover.queries.shadowing import may_plan, sessions_of, shadowing_form
from handover.queries.takeover import (
    asked_in,
    takeover_counter,
    takeover_of,
    takeovers,
)
from handover.queries.templates import layers_of, line_of, lines_of, templates, versions_of
from handover.queries.tempo import tempo_of
from handover.queries.transfers import TransferPage, transfer_page

__all__ = [
    "signed_off",
    "region_of",
    "running_in",
    "tempo_of",
    "unit_among",
    "asked_in",
    "may_plan",
    "sessions_of",
    "shadowing_form",
    "takeover_counter",
    "takeover_of",
    "takeovers",
    "suggested_titles",
    "prompts_in_force",
    "omissions_of",
    "may_file",
    "item_among",
    "head_figures",
    "OMISSION_GOAL",
    "COMPLETION_GOAL",
    "unread_in",
    "unread_counter",
    "talks",
    "talk_of",
    "newer",
    "HandoverPage",
    "HeadDeduction",
    "Progress",
    "TransferPage",
    "chosen",
    "deductions",
    "figures_of",
    "handovers_behind",
    "in_progress",
    "last_month",
    "layers_of",
    "line_of",
    "lines_of",
    "mine",
    "of_cards",
    "of_origin",
    "page_of",
    "progress",
    "progress_many",
    "rule_in_force",
    "rules_before",
    "templates",
    "to_confirm",
    "to_fill_counter",
    "transfer_page",
    "url_of",
    "versions_of",
    "waiting_counter",
]
