from enum import StrEnum

from ehr.access.roles import Role, Scope


class Permission(StrEnum):
    VIEW_SCHEDULE = "health.view_schedule"


GRANTS: dict[Role, dict[Permission, Scope]] = {Role.ADMIN: {Permission.VIEW_SCHEDULE: Scope.ALL}}
