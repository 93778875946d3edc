from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

LATE_SECONDS = 300
"""A worker that lives rings every two seconds; what is due for so long is carried by nobody."""


class RecordConfig(AppConfig):
    name = "ehr.record"
    label = "record"
    verbose_name = _("Record")

    def ready(self) -> None:
        from ehr import health
        from ehr.record.models import Delivery

        health.watch("deliveries", oldest=Delivery.objects.oldest_due, seconds=LATE_SECONDS)
