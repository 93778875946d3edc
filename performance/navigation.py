"""Entries of this app in the sidebar, and its pages in a person's file."""

from django.utils.translation import gettext_lazy as _

from ehr.navigation import Entry, register
from employees.tabs import Tab
from employees.tabs import register as register_tab

from .permissions import PerformancePermission as P


def register_entries() -> None:
    register_tab(Tab(label=_("Results and attendance"), url="performance:results", permission=P.VIEW_RESULT))
    register_tab(Tab(label=_("Work in hand"), url="performance:work", permission=P.VIEW_WORK, order=51))
    register_tab(Tab(label=_("Feedback and reviews"), url="performance:voices", permission=P.VIEW_FEEDBACK, order=52))
    register(
        Entry(
            key="performance",
            label=_("My performance"),
            short=_("Performance"),
            icon="target-arrow",
            url="performance:mine",
            section="me",
            permission=P.VIEW_RESULT,
            order=30,
            phone=True,
        )
    )
    register(
        Entry(
            key="team",
            label=_("My team"),
            short=_("Team"),
            icon="users-group",
            url="performance:team",
            section="people",
            permission=P.LIST_TEAM,
            order=5,
        )
    )
    register(
        Entry(
            key="to_score",
            label=_("To score"),
            icon="gauge",
            url="performance:scoring",
            section="people",
            permission=P.LIST_TEAM,
            order=6,
        )
    )
    register(
        Entry(
            key="shortfalls",
            label=_("Under target"),
            icon="trending-down",
            url="performance:shortfalls",
            section="insight",
            permission=P.VIEW_SHORTFALL,
            order=60,
        )
    )
    register(
        Entry(
            key="performance_plans",
            label=_("Performance plans"),
            icon="adjustments",
            url="performance:plans",
            section="settings",
            permission=P.VIEW_PLAN,
            order=60,
        )
    )
