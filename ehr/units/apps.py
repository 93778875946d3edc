from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    name = "ehr.units"
    label = "units"
    verbose_name = _("Units")

    def ready(self) -> None:
        from ehr import access, navigation
        from ehr.units.permissions import GRANTS, Permission

        access.register(GRANTS)
        navigation.register(
            navigation.Entry(
                key="units",
                label=_("Units"),
                icon="sitemap",
                url="units:units",
                section="people",
                permission=Permission.VIEW_UNIT,
                order=60,
            )
        )
