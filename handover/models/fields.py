from typing import Any

from django.db import models

from handover.rules.items import Field, as_field


class ExtraFields(models.JSONField):
    """Fields that a template adds to those of the kind: stored as data, read as the rule's own words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": list, "blank": True} | kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> list[Field]:
        return [as_field(row) for row in super().from_db_value(value, expression, connection) or []]

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value([_row(field) for field in value or []])


def _row(field: Field) -> dict[str, Any]:
    return {"name": field.name, "type": field.type.value, "required": field.required, "label": field.label}
