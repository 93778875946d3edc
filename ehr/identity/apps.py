from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdentityConfig(AppConfig):
    name = "ehr.identity"
    label = "identity"
    verbose_name = _("Identity")

    def ready(self) -> None:
        from ehr import navigation
        from ehr.identity import signals  # noqa: F401 - connects the receivers

        navigation.register(
            navigation.Entry(
                key="my_settings",
                label=_("My settings"),
                icon="settings",
                url="identity:settings",
                section="me",
                order=90,
            )
        )
