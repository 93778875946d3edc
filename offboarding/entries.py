"""Where the pages of exits stand in the sidebar and at the bottom of the phone."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ehr import navigation, panels
from ehr.navigation import Entry

from .permissions import Permission


def register() -> None:
    navigation.register(
        Entry(
            key="board",
            label=_("Exit board"),
            short=_("Board"),
            icon="layout-list",
            url="offboarding:board",
            section="work",
            permission=Permission.VIEW_BOARD,
            order=20,
            phone=True,
        ),
        Entry(
            key="start_exit",
            label=_("Start an exit"),
            icon="plus",
            url="offboarding:start",
            section="work",
            permission=Permission.START_CASE,
            order=22,
        ),
        Entry(
            key="preparations",
            label=_("Pre-offboarding"),
            icon="lock",
            url="offboarding:preparations",
            section="work",
            permission=Permission.PREPARE_EXIT,
            order=24,
        ),
        Entry(
            key="settlements",
            label=_("Settlements"),
            icon="receipt-yuan",
            url="offboarding:settlements",
            section="work",
            permission=Permission.CALCULATE_SETTLEMENT,
            order=26,
        ),
        Entry(
            key="obligations",
            label=_("After exit"),
            icon="calendar-time",
            url="offboarding:obligations",
            section="work",
            permission=Permission.VIEW_OBLIGATIONS,
            order=28,
        ),
        Entry(
            key="disputes",
            label=_("Disputes"),
            icon="scale",
            url="offboarding:disputes",
            section="work",
            permission=Permission.VIEW_DISPUTES,
            order=29,
        ),
        Entry(
            key="chains",
            label=_("Approval chains"),
            icon="git-branch",
            url="offboarding:chains",
            section="settings",
            permission=Permission.EDIT_CHAIN,
            order=10,
        ),
        Entry(
            key="reference",
            label=_("Figures of the law"),
            icon="scale",
            url="offboarding:reference",
            section="settings",
            permission=Permission.VIEW_REFERENCE,
            order=12,
        ),
        Entry(
            key="my_exit",
            label=_("My exit"),
            icon="route",
            url="offboarding:my_exit",
            section="me",
            permission=Permission.FILE_RESIGNATION,
            order=10,
            phone=True,
        ),
    )
    panels.register(
        panels.Panel(
            page="identity.door",
            slot="exit",
            title=_("What the company still has to do"),
            permission=Permission.VIEW_CASE,
            url=lambda user: reverse("offboarding:door_exit"),
            order=30,
        )
    )
