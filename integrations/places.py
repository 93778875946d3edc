"""Where integrations shows itself: navigation, the slot on the case page, the kinds of to-do."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ehr import deadlines, navigation, panels
from integrations.permissions import Permission


def _drawn(request: HttpRequest, case: Any) -> str:
    from integrations.views.cases import drawn  # views need the models, which are not ready yet

    return drawn(request, case)


def register_places() -> None:
    navigation.register(
        navigation.Entry(
            key="connections",
            label=_("Connections"),
            icon="plug",
            url="integrations:connections",
            section="system",
            permission=Permission.VIEW_CONNECTION,
            order=20,
        )
    )
    panels.register(
        panels.Panel(
            page="offboarding.case",
            slot="effects",
            title=_("In other systems"),
            permission=Permission.VIEW_EFFECT,
            url=lambda case: f"/cases/{case.pk}/effects/",
            drawn=_drawn,
            order=30,
        )
    )
    if settings.EHR_DEMO:
        navigation.register(
            navigation.Entry(
                key="receivers",
                label=_("Demo receivers"),
                icon="antenna-bars-5",
                url="integrations:receivers",
                section="system",
                permission=Permission.VIEW_RECEIVERS,
                order=90,
            )
        )
        panels.register(
            panels.Panel(
                page="identity.code",
                slot="letters",
                title=_("Your mailbox in the demo"),
                url=lambda user: "/demo/letters/",
            )
        )
    deadlines.register_kind(
        "integrations.effect_failed",
        title=_("{system}: a step failed {number}"),
        why=_("The system did not do what was asked. Look, mend, then retry only this step."),
        icon="plug-x",
        tone="bad",
        group=_("Systems"),
        is_counted=True,
    )
    deadlines.register_kind(
        "integrations.connection_locked",
        title=_("{system} refuses our access"),
        why=_("Nothing is sent to it until the credential is replaced."),
        icon="key",
        tone="bad",
        group=_("Systems"),
        is_counted=True,
    )
