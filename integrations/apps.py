from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntegrationsConfig(AppConfig):
    name = "integrations"
    verbose_name = _("Integrations")

    def ready(self) -> None:
        from ehr import access
        from integrations import subscribers  # noqa: F401 - registers them
        from integrations.operations.messaging import register_channels
        from integrations.permissions import GRANTS
        from integrations.places import register_places

        access.register(GRANTS)
        register_places()
        register_channels()
