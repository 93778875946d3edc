"""Reads of handovers for pages, for the case page above and for the API."""

from handover.queries.lists import in_progress, mine, to_confirm, to_fill_counter, waiting_counter
from handover.queries.page import HandoverPage, chosen, page_of, url_of
from handover.queries.progress import Progress, of_origin, progress, progress_many
from handover.queries.templates import layers_of, line_of, lines_of, templates, versions_of

__all__ = [
    "HandoverPage",
    "Progress",
    "chosen",
    "in_progress",
    "layers_of",
    "line_of",
    "lines_of",
    "mine",
    "of_origin",
    "page_of",
    "progress",
    "progress_many",
    "templates",
    "to_confirm",
    "to_fill_counter",
    "url_of",
    "versions_of",
    "waiting_counter",
]
