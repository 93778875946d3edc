from collections.abc import Iterable

from ehr import record
from ehr.units.employers.entity import LegalEntity
from ehr.units.events import EmployerRenamed


def former_names(entities: Iterable[LegalEntity]) -> dict[str, LegalEntity]:
    """Who was called so before a rename; of several the one that was last."""
    by_id = {str(entity.pk): entity for entity in entities}
    told = record.Event.objects.filter(kind=EmployerRenamed.kind).order_by("at", "id").values_list("payload", flat=True)
    return {one["previous"]: by_id[one["entity_id"]] for one in told if one["entity_id"] in by_id}
