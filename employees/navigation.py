"""Entries of this app in the sidebar."""

from django.utils.translation import gettext_lazy as _

from ehr.navigation import Entry, register

from .permissions import EmployeePermission as P


def register_entries() -> None:
    register(
        Entry(
            key="employees",
            label=_("Employee files"),
            short=_("People"),
            icon="id",
            url="employees:list",
            section="people",
            permission=P.LIST_EMPLOYMENT,
            order=10,
        )
    )
    register(Entry(key="own_file", label=_("My file"), icon="id", url="employees:own_file", section="me", order=40))
    register(
        Entry(
            key="imports",
            label=_("Import"),
            icon="table-import",
            url="employees:imports",
            section="system",
            permission=P.IMPORT_EMPLOYEES,
            order=20,
        )
    )
    register(
        Entry(
            key="accounts",
            label=_("Sign-in accounts"),
            icon="user-plus",
            url="employees:accounts",
            section="settings",
            permission=P.MANAGE_ACCOUNTS,
            order=75,
        )
    )
    register(
        Entry(
            key="numbering",
            label=_("Employee numbers"),
            icon="hash",
            url="employees:numbering",
            section="settings",
            permission=P.CHANGE_NUMBERING,
            order=70,
        )
    )
