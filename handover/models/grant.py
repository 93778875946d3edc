from django.db import models

from ehr.access import NamedGrant
from handover.models.handover import Handover


class HandoverGrant(NamedGrant):
    """Successor, head and whoever is asked to confirm: named on this one handover."""

    content_object = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="grants")

    class Meta(NamedGrant.Meta):
        pass
