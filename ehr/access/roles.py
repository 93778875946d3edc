"""The words of the permission tables. Free of any framework, so that every app's permissions.py can read them."""

from enum import Flag, StrEnum, auto


class Role(StrEnum):
    EMPLOYEE = "employee"
    HEAD = "head"
    STORE_MANAGER = "store_manager"
    HRBP = "hrbp"
    HR_MANAGER = "hr_manager"
    HR_LEGAL = "hr_legal"
    GROUP_HR = "group_hr"
    FINANCE = "finance"
    IT = "it"
    ASSET_CLERK = "asset_clerk"
    DOCUMENT_CLERK = "document_clerk"
    GENERAL_MANAGER = "general_manager"
    AUDITOR = "auditor"
    ADMIN = "admin"
    LEAVER = "leaver"  # after the last day, behind the narrow door: held instead of every other role


class Scope(Flag):
    """Whose things a permission reaches. Scopes add up: `Scope.OWN | Scope.NAMED`."""

    OWN = auto()
    REPORTS = auto()
    UNIT = auto()
    NAMED = auto()
    ALL = auto()


PRIVILEGED = frozenset(Role) - {Role.EMPLOYEE, Role.HEAD, Role.STORE_MANAGER, Role.ASSET_CLERK, Role.LEAVER}
"""Roles that need a second factor, and whose sessions end after 30 idle minutes."""

GRANTABLE = frozenset(Role) - {Role.EMPLOYEE, Role.LEAVER}

HR_ROLES = frozenset({Role.HRBP, Role.HR_MANAGER, Role.HR_LEGAL, Role.GROUP_HR})
