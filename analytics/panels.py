"""Where analytics shows itself: the sidebar, the profile's risk slot, the alert in the inbox."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from analytics.permissions import Permission
from ehr import navigation, notices
from ehr.panels import Panel
from ehr.panels import register as register_panel


def register() -> None:
    navigation.register(
        navigation.Entry(
            key="risks",
            label=_("Attrition risk"),
            icon="alert-hexagon",
            url="analytics:risks",
            section="insight",
            permission=Permission.VIEW_RISK,
            order=80,
        )
    )
    navigation.register(
        navigation.Entry(
            key="scoring",
            label=_("Risk scoring"),
            icon="adjustments",
            url="analytics:scoring",
            section="settings",
            permission=Permission.SWITCH_SCORING,
            order=80,
        )
    )
    register_panel(
        Panel(
            page="employees.profile",
            slot="risk",
            title=_("Attrition risk"),
            permission=Permission.VIEW_RISK,
            url=lambda employment: reverse("analytics:risk_panel", args=[employment.pk]),
            is_for=_reads_risk_of,
            order=80,
        )
    )
    notices.register_kind("analytics.alert_raised", title=_("Attrition risk over the threshold"))


def _reads_risk_of(reader: Any, employment: Any) -> bool:
    """Everybody opens the own file; the index of a person is for who looks after that person's unit."""
    rows = type(employment)._default_manager.visible_to(reader, Permission.VIEW_RISK)
    return bool(rows.filter(pk=employment.pk).exists())
