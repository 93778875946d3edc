from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OffboardingConfig(AppConfig):
    name = "offboarding"
    verbose_name = _("Offboarding")

    def ready(self) -> None:
        from ehr import access

        from . import documents, duties, entries, permissions, subscribers  # noqa: F401  subscribers register themselves

        access.register(permissions.GRANTS)
        documents.register()
        duties.register()
        entries.register()
