"""A form whose refusals come from the rules: `attempt` puts their words beside the field."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction

from ehr.errors import Refused
from ehr.statutes import cited


class RuleForm(forms.Form):
    def attempt(self, work: Callable[[dict[str, Any]], Any]) -> bool:
        """Valid, and no rule says no. A refusal stands beside its field and leaves nothing behind."""
        if not self.is_valid():
            return False
        try:
            with transaction.atomic():
                self.result = work(self.cleaned_data)
        except Refused as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, _words(refusal))
            return False
        return True


def _words(refusal: Refused) -> str:
    return f"{refusal.detail} ({cited(refusal.article)})" if refusal.article else refusal.detail
