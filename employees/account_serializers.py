from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework import serializers

from .accounts.standing import Standing, standing_of
from .models import AccountRun, Employment
from .permissions import EmployeePermission as P


class AccountSerializer(serializers.ModelSerializer[Employment]):
    id = serializers.UUIDField(source="person.user_id", allow_null=True)
    username = serializers.CharField(source="person.user.username", default=None)
    name = serializers.CharField(source="person.name")
    unit = serializers.CharField(source="unit.name")
    last_login = serializers.DateTimeField(source="person.user.last_login", default=None)
    standing = serializers.SerializerMethodField()

    class Meta:
        model = Employment
        fields = ("id", "employee_number", "name", "unit", "username", "standing", "last_login")

    def get_standing(self, row: Employment) -> Standing:
        return standing_of(row.person.user)


class AccountRunSerializer(serializers.ModelSerializer[AccountRun]):
    class Meta:
        model = AccountRun
        fields = ("id", "total", "opened", "letters", "taken", "created_at", "finished_at")


class StandingSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    standing = serializers.ChoiceField(choices=Standing.choices)


class OpeningSerializer(serializers.Serializer[Any]):
    employee_numbers = serializers.ListField(
        child=serializers.CharField(max_length=40), max_length=5000, required=False
    )
    everybody = serializers.BooleanField(default=False)
    letters = serializers.BooleanField(default=True)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if bool(data.get("employee_numbers")) == data["everybody"]:
            raise serializers.ValidationError({"employee_numbers": _("Name people, or say everybody.")})
        return data

    def validate_employee_numbers(self, numbers: list[str]) -> list[UUID]:
        """As keys of the employments that the caller looks after; an unknown number is said, not passed over."""
        rows = Employment.objects.visible_to(self.context["request"].user, P.MANAGE_ACCOUNTS)
        found = dict(rows.filter(employee_number__in=numbers).values_list("employee_number", "pk"))
        missing = [number for number in numbers if number not in found]
        if missing:
            raise serializers.ValidationError(_("Nobody with these numbers: %s") % ", ".join(missing[:20]))
        return list(found.values())

    def chosen(self) -> list[UUID]:
        return self.validated_data.get("employee_numbers", [])
