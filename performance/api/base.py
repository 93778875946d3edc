"""What the resources share: whom a call is about, and rows of one person."""

from typing import Any

import django_filters
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from employees.models import Employment


def checked(serializer: Any, request: Request) -> Any:
    asked = serializer(data=request.data)
    asked.is_valid(raise_exception=True)
    return asked


def person(user: Any, number: str, permission: str) -> Employment:
    """Somebody this permission reaches; anybody else is not there."""
    rows = Employment.objects.visible_to(user, permission).select_related("person__user", "unit", "data_key")
    return get_object_or_404(rows, employee_number=number)


class OfPersonFilter(django_filters.FilterSet):
    employee_number = django_filters.CharFilter(field_name="employment__employee_number")


class InStateFilter(OfPersonFilter):
    state = django_filters.CharFilter()
