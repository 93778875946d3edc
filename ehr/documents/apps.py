from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "ehr.documents"
    label = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate
        from django.urls import reverse

        from ehr import access, deadlines, error_pages, navigation, panels
        from ehr.documents import permissions, subscribers  # noqa: F401 - subscribers register themselves

        access.register(permissions.GRANTS)
        error_pages.name_actions({"release": _("Seal and issue"), "revoke": _("Revoke"), "reissue": _("Reissue it")})
        deadlines.register_kind(
            "documents.release",
            title=_("{name}: seal the {document}"),
            why=_("It counts from the moment you release it."),
            icon="rubber-stamp",
            group=_("Documents"),
        )
        deadlines.register_kind(
            "documents.text_review",
            title=_("Check the text: {title}"),
            why=_("A second person publishes it."),
            icon="file-text",
            group=_("Documents"),
        )
        navigation.register(
            navigation.Entry(
                key="paper_texts",
                label=_("Texts of papers"),
                icon="file-text",
                url="documents:texts",
                section="settings",
                permission=permissions.Permission.VIEW_TEXTS,
                order=20,
            )
        )
        navigation.register(
            navigation.Entry(
                key="documents",
                label=_("Papers"),
                icon="certificate",
                url="documents:list",
                section="work",
                permission=permissions.Permission.VIEW_DOCUMENTS,
                order=80,
            )
        )
        navigation.register(
            navigation.Entry(
                key="signing",
                label=_("Signing certificates"),
                icon="file-certificate",
                url="documents:certificates",
                section="settings",
                permission=permissions.Permission.MANAGE_SIGNING,
                order=80,
            )
        )
        panels.register(
            panels.Panel(
                page="identity.door",
                slot="papers",
                title=_("Your papers"),
                permission=permissions.Permission.VIEW_DOCUMENTS,
                url=lambda user: reverse("documents:mine"),
                order=10,
            )
        )
        post_migrate.connect(_keep_up, sender=self)


def _keep_up(apps: Any, **_: Any) -> None:
    """What a release brings; not while the tables of an earlier one are being built."""
    from ehr import clock
    from ehr.documents import shipping

    if any(model._meta.label_lower == "documents.papertext" for model in apps.get_models()):
        shipping.keep_up(at=clock.now())
