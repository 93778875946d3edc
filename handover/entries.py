"""Where the pages of handovers stand in the sidebar and at the bottom of the phone."""

from django.utils.translation import gettext_lazy as _

from ehr import navigation
from ehr.navigation import Entry
from performance.permissions import PerformancePermission

from . import queries
from .permissions import Permission


def register() -> None:
    navigation.register(
        Entry(
            key="takeovers",
            label=_("Taking over"),
            icon="user-share",
            url="handover:takeovers",
            section="work",
            permission=Permission.VIEW_TAKEOVER,
            order=29,
            counter=queries.takeover_counter,
        ),
        Entry(
            key="handover",
            label=_("Handover list"),
            short=_("Handover"),
            icon="clipboard-list",
            url="handover:list",
            section="work",
            permission=Permission.VIEW_HANDOVERS,
            order=30,
            counter=queries.to_fill_counter,
            phone=True,
        ),
        Entry(
            key="handover-confirm",
            label=_("Confirm handovers"),
            short=_("Confirm"),
            icon="clipboard-check",
            url="handover:confirmations",
            section="work",
            permission=Permission.VIEW_HANDOVERS,
            order=31,
            counter=queries.waiting_counter,
            phone=True,
        ),
        Entry(
            key="handover-talks",
            label=_("Messages"),
            icon="messages",
            url="handover:talks",
            section="work",
            permission=Permission.TALK,
            order=32,
            counter=queries.unread_counter,
        ),
        Entry(
            key="handover-region",
            label=_("Handovers of a region"),
            icon="map-pin",
            url="handover:region",
            section="work",
            permission=Permission.REMIND_PEOPLE,
            order=33,
        ),
        Entry(
            key="handover-figures",
            label=_("Handover record"),
            icon="chart-bar",
            url="handover:figures",
            section="insight",
            permission=Permission.VIEW_FIGURES,
            order=40,
        ),
        Entry(
            key="handover-tempo",
            label=_("How long handovers take"),
            icon="chart-histogram",
            url="handover:tempo",
            section="insight",
            permission=Permission.VIEW_TEMPO,
            order=41,
        ),
        Entry(
            key="handover-deductions",
            label=_("Deductions of heads"),
            icon="scale",
            url="handover:deductions",
            section="insight",
            permission=PerformancePermission.ADJUST_RESULT,
            order=41,
        ),
        Entry(
            key="handover-templates",
            label=_("Handover templates"),
            icon="template",
            url="handover:templates",
            section="settings",
            permission=Permission.VIEW_TEMPLATES,
            order=20,
        ),
        Entry(
            key="handover-deduction-rule",
            label=_("Deductions of heads"),
            icon="scale",
            url="handover:deduction_rule",
            section="settings",
            permission=Permission.SET_DEDUCTION,
            order=61,
        ),
        Entry(
            key="meetings",
            label=_("Meetings"),
            icon="video",
            url="handover:meeting_place",
            section="settings",
            permission=Permission.SET_MEETINGS,
            order=70,
        ),
    )
