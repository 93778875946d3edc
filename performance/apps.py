from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PerformanceConfig(AppConfig):
    name = "performance"
    verbose_name = _("Performance")

    def ready(self) -> None:
        from ehr import access, deadlines, notices

        from . import navigation, permissions

        access.register(permissions.GRANTS)
        navigation.register_entries()
        for code, title, icon, tone in (
            (
                "performance.fell_short",
                _("{name}: {months} months in a row under 80 % of the target"),
                "trending-down",
                "warning",
            ),
            (
                "performance.many_fell_short",
                _("{n} people are {months} months in a row under 80 % of the target"),
                "trending-down",
                "warning",
            ),
            (
                "performance.adjusted",
                _("Your result has a new line; you can appeal against it"),
                "adjustments",
                "warning",
            ),
            ("performance.appeal_decided", _("Your appeal has been decided"), "adjustments", "info"),
            ("performance.feedback", _("{by} gave you feedback"), "message-heart", "info"),
        ):
            notices.register_kind(code, title=title, icon=icon, tone=tone)
        deadlines.register_kind(
            "performance.appeal",
            title=_("{name} appeals against a line in the result"),
            why=_("Answer within five working days; until then the line counts as it stands."),
            icon="adjustments",
            group=_("Performance"),
        )
