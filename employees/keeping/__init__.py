"""Keeping the file: what the law asks of it, entered and corrected by hand."""

from .contracts import add_contract, correct_contract
from .endings import is_ended_by_file, take_back_ending
from .facts import change_facts
from .forgetting import CONTACTS, forget_contacts
from .pay import correct_pay
from .prior_service import add_prior_segment, remove_prior_segment
from .versions import facts_on_file, facts_version, terms_on_file, terms_version

__all__ = [
    "CONTACTS",
    "add_contract",
    "add_prior_segment",
    "change_facts",
    "correct_contract",
    "correct_pay",
    "facts_on_file",
    "facts_version",
    "forget_contacts",
    "is_ended_by_file",
    "terms_on_file",
    "remove_prior_segment",
    "take_back_ending",
    "terms_version",
]
