from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "ehr.access"
    label = "access"
    verbose_name = _("Access")

    def ready(self) -> None:
        from ehr import access, navigation, notices
        from ehr.access.labels import in_words
        from ehr.access.permissions import GRANTS, Permission

        access.register(GRANTS)
        navigation.register(
            navigation.Entry(
                key="roles",
                label=_("Roles"),
                icon="shield-lock",
                url="access:roles",
                section="settings",
                permission=Permission.VIEW_ROLES,
                order=80,
            )
        )
        given, withdrawn = (
            _("{by} gave {name} a role: {role} {unit}"),
            _("{by} withdrew a role of {name}: {role} {unit}"),
        )
        notices.register_kind("access.role_given", title=given, icon="shield-lock", tone="warning", words=in_words)
        notices.register_kind("access.role_withdrawn", title=withdrawn, icon="shield-lock", words=in_words)
