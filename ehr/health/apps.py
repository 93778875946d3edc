from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HealthConfig(AppConfig):
    name = "ehr.health"

    def ready(self) -> None:
        from celery.signals import task_postrun

        from ehr import access, navigation
        from ehr.health.permissions import GRANTS, Permission

        access.register(GRANTS)
        navigation.register(
            navigation.Entry(
                key="schedule",
                label=_("Schedule"),
                icon="calendar-time",
                url="schedule",
                section="system",
                permission=Permission.VIEW_SCHEDULE,
                order=95,
            )
        )
        task_postrun.connect(_note, weak=False)


def _note(*, sender: Any, state: str, **_: Any) -> None:
    from ehr.health.schedule import note_run

    if state == "SUCCESS":
        note_run(sender.name)
