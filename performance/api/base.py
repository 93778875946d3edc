"""What the resources share: whom a call is about, and rows of one person."""

from typing import Any, ClassVar

import django_filters
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from ehr import clock
from ehr.api import ListView, checked
from employees.models import Employment


def person(user: Any, number: str, permission: str) -> Employment:
    """Somebody this permission reaches; anybody else is not there."""
    rows = Employment.objects.visible_to(user, permission).select_related("person__user", "unit", "data_key")
    return get_object_or_404(rows, employee_number=number)


class AboutPeople(ListView):
    """A list whose new rows are about one person each. Give `asks`, the serializer of a new row, and `make`."""

    asks: ClassVar[type[Serializer[Any]]]

    def make(self, **facts: Any) -> Any:
        """Returns the row as it is answered."""
        raise TypeError(f"{type(self).__name__} makes nothing")

    def post(self, request: Request) -> Response:
        asked = checked(self.asks, request)
        employment = person(request.user, asked.pop("employee_number"), self.permissions["POST"])
        made = self.make(employment=employment, **asked, by=request.user, at=clock.now())
        return Response(self.get_serializer(made).data, status=201)


class OfPersonFilter(django_filters.FilterSet):
    employee_number = django_filters.CharFilter(field_name="employment__employee_number")


class InStateFilter(OfPersonFilter):
    state = django_filters.CharFilter()
