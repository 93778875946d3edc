from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OffboardingConfig(AppConfig):
    name = "offboarding"
    verbose_name = _("Offboarding")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from ehr import access, error_pages

        from . import documents, duties, entries, permissions, subscribers, words  # noqa: F401  subscribers register themselves
        from .operations import moving

        access.register(permissions.GRANTS)
        error_pages.name_actions(words.ACTIONS)
        documents.register()
        duties.register()
        entries.register()
        moving.register()
        post_migrate.connect(_load_figures, sender=self)


def _load_figures(apps: Any, **_: Any) -> None:
    """What a release brings; not while the tables of an earlier one are being built."""
    from .operations import load_shipped

    if any(model._meta.label_lower == "offboarding.referencerow" for model in apps.get_models()):
        load_shipped()
