from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HandoverConfig(AppConfig):
    name = "handover"
    verbose_name = _("Handover")

    def ready(self) -> None:
        from ehr import access, documents, error_pages
        from ehr.documents import shipping

        from . import (  # noqa: F401  work and subscribers register themselves
            duties,
            entries,
            moving,
            papers,
            performance_work,
            permissions,
            report,
            subscribers,
            words,
        )

        access.register(permissions.GRANTS)
        error_pages.name_actions(words.ACTIONS)
        documents.register_kind(papers.LETTER)
        documents.register_kind(report.REPORT)
        shipping.folders.add(papers.TEXTS)
        duties.register()
        entries.register()
        moving.register()
