"""Rows about one employment: the person, who leads them, the unit above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from ehr import access

if TYPE_CHECKING:
    from django.db.models import Q

    from ehr.identity.models import User


def reach(user: User, permission: str, *, to: str = "employment") -> Q:
    return access.scope(
        user,
        permission,
        own=f"{to}__person__user_id",
        reports=f"{to}__line_manager__person__user_id",
        unit=f"{to}__unit__path",
    )


class AboutQuerySet(models.QuerySet[Any]):
    """Subclasses name the permission that lists them."""

    listed_by: str

    def visible_to(self, user: User, permission: str = "") -> Self:
        return self.filter(reach(user, permission or self.listed_by))

    def of(self, employment: Any) -> Self:
        return self.filter(employment=employment)

    def with_person(self) -> Self:
        return self.select_related("employment__person", "employment__unit").defer(*HEAVY)


HEAVY = ("employment__search_text", "employment__search_vector")
