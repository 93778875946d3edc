from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeadlinesConfig(AppConfig):
    name = "ehr.deadlines"
    label = "deadlines"
    verbose_name = _("Deadlines")

    def ready(self) -> None:
        from celery.signals import task_prerun
        from django.db.backends.signals import connection_created

        from ehr import clock, notices

        connection_created.connect(clock.measure, dispatch_uid="ehr.clock.measure")
        task_prerun.connect(_forget_clock, weak=False, dispatch_uid="ehr.clock.forget")
        _register_notices(notices.register_kind)
        _register_inbox()
        _register_door()
        _register_calendar()


def _forget_clock(**_: object) -> None:
    from ehr import clock

    clock.forget()


def _register_notices(register: object) -> None:
    words = {
        "reminder": (_("Due soon: {title}"), "clock", "warn"),
        "owner": (_("Overdue: {title}"), "alert-triangle", "bad"),
        "manager": (_("Overdue in your team: {title}"), "alert-triangle", "bad"),
        "hr": (_("Still overdue: {title}"), "alert-triangle", "bad"),
        "moved": (_("The calendar changed, another due time: {title}"), "calendar-event", "info"),
    }
    late, by_message = _("Overdue, second reminder: {title}"), ("sms", "im")
    register(
        "deadlines.message", title=late, body=_("Due {due}"), icon="device-mobile", tone="bad", channels=by_message
    )  # type: ignore[operator]
    for name, (title, icon, tone) in words.items():
        register(f"deadlines.{name}", title=title, body=_("Due {due}"), icon=icon, tone=tone)  # type: ignore[operator]


def _register_inbox() -> None:
    from ehr import navigation
    from ehr.deadlines.queries import waiting_for

    navigation.register(
        navigation.Entry(
            key="inbox",
            label=_("Inbox"),
            icon="inbox",
            url="deadlines:inbox",
            section="work",
            order=10,
            counter=waiting_for,
            phone=True,
        )
    )


def _register_door() -> None:
    from django.urls import reverse

    from ehr import panels

    panels.register(
        panels.Panel(
            page="identity.door",
            slot="duties",
            title=_("What you still have to do"),
            url=lambda user: reverse("deadlines:door_duties"),
            order=20,
        )
    )


def _register_calendar() -> None:
    from ehr import navigation
    from ehr.deadlines.kinds import register_kind
    from ehr.units.permissions import Permission

    register_kind(
        "units.next_calendar",
        title=_("Load the working calendar of {year}"),
        why=_("Until then every due time in that year is counted by the law alone and is provisional."),
        icon="calendar",
        group=_("Working calendar"),
    )
    navigation.register(
        navigation.Entry(
            key="calendar",
            label=_("Working calendar"),
            icon="calendar",
            url="deadlines:calendar",
            section="settings",
            permission=Permission.MANAGE_CALENDAR,
            order=70,
        )
    )
