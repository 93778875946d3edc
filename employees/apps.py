from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmployeesConfig(AppConfig):
    name = "employees"
    verbose_name = _("Employees")

    def ready(self) -> None:
        from ehr import access, deadlines

        from . import permissions
        from .navigation import register_entries
        from .queries import manager_of_user

        access.register(permissions.GRANTS)
        deadlines.register_manager_of(manager_of_user)
        register_entries()
