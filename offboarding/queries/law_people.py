"""Whom somebody may ask the law about, by number."""

from typing import Any

from django.utils.translation import gettext as _

from ehr import access
from ehr.errors import Refused
from employees.models import Employment

from ..permissions import Permission


def asked_about(user: Any, numbers: list[str]) -> list[Employment]:
    """In the order of the list; a number out of reach reads like one that does not exist."""
    held = access.scope(user, Permission.ASK_LAW, unit="unit__path")
    rows = Employment.objects.current().filter(held, employee_number__in=numbers).select_related("person__user", "unit")
    found = {row.employee_number: row for row in rows}
    if missing := [number for number in numbers if number not in found]:
        detail = _("Nobody with this number: %(numbers)s") % {"numbers": ", ".join(missing[:5])}
        raise Refused("B_NOBODY_FOUND", detail, field="numbers")
    return [found[number] for number in numbers]
