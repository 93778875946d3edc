from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "ehr.access"
    label = "access"
    verbose_name = _("Access")

    def ready(self) -> None:
        from ehr import access, navigation, notices
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
        notices.register_kind(
            "access.role_given", title=_("{by} gave {name} a role: {role} {unit}"), icon="shield-lock", tone="warning"
        )
        notices.register_kind(
            "access.role_withdrawn", title=_("{by} withdrew a role of {name}: {role} {unit}"), icon="shield-lock"
        )
