from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OffboardingConfig(AppConfig):
    name = "offboarding"
    verbose_name = _("Offboarding")

    def ready(self) -> None:
        from ehr import access, error_pages

        from . import documents, duties, entries, permissions, subscribers, words  # noqa: F401  subscribers register themselves
        from .operations import moving

        access.register(permissions.GRANTS)
        error_pages.name_actions(words.ACTIONS)
        documents.register()
        duties.register()
        entries.register()
        moving.register()
