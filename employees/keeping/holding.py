"""One editor at a time per file; what can't be true is refused in the words of the field."""

from collections.abc import Iterable

from ehr.errors import Refused

from ..models import Employment
from ..models.employment_query import HEAVY
from ..rules.file_facts import Fault
from ..words import FILE_ARTICLES, FILE_FAULTS


def held(employment: Employment) -> Employment:
    """As it stands now, until the end of the transaction; with its person, who may have other employments."""
    rows = Employment.objects.select_related("person__user").defer(*HEAVY[:2])
    return rows.select_for_update(of=("self", "person")).get(pk=employment.pk)


def refuse(faults: Iterable[Fault]) -> None:
    for code, field in faults:
        raise Refused(code, str(FILE_FAULTS[code]), article=FILE_ARTICLES.get(code, ""), field=field)
