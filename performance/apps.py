from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PerformanceConfig(AppConfig):
    name = "performance"
    verbose_name = _("Performance")

    def ready(self) -> None:
        from ehr import access
        from employees.tabs import Tab, register

        from . import permissions

        access.register(permissions.GRANTS)
        register(
            Tab(
                label=_("Results and attendance"),
                url="performance:results",
                permission=permissions.PerformancePermission.VIEW_RESULT,
            )
        )
