"""Line managers of a file, by number or by a name that is unique."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from ..models import Employment
from .survey import Survey

LINK = """
UPDATE employees_employment AS e SET line_manager_id = v.manager
FROM (SELECT unnest(%s::text[]) AS number, unnest(%s::uuid[]) AS manager) AS v
WHERE e.employee_number = v.number AND e.line_manager_id IS DISTINCT FROM v.manager AND e.id <> v.manager
"""


class Managers:
    """number_of: what stands in the cell → employee number; ids: number → employment as it is spelt, filled as chunks are
    written."""

    def __init__(self, survey: Survey) -> None:
        self.faults: dict[str, str] = {}
        self.number_of: dict[str, str] = {}
        self.ids: dict[str, str] = {}
        self.refused = survey.named_in_refused
        self._resolve(survey)

    def _resolve(self, survey: Survey) -> None:
        wanted = survey.managers
        self.ids.update(_ids_of(wanted))
        names = wanted - self.ids.keys() - survey.row_of_number.keys()
        in_database = _numbers_by_name(names)
        for text in wanted:
            if text in self.ids or text in survey.row_of_number:
                self.number_of[text] = text
            else:
                self._by_name(text, {*survey.numbers_of_name.get(text, []), *in_database.get(text, {})})
                self.ids.update(in_database.get(text, {}))

    def _by_name(self, text: str, numbers: set[str]) -> None:
        if len(numbers) == 1:
            self.number_of[text] = numbers.pop()
        elif not numbers and text in self.refused:
            self.number_of[text] = text
        else:
            self.faults[text] = f"manager_ambiguous:{len(numbers)}" if numbers else "manager_unknown"

    def known(self) -> dict[str, str]:
        """Cell text → employment, for everybody who exists by now."""
        return {text: self.ids[number] for text, number in self.number_of.items() if number in self.ids}

    @transaction.atomic
    def link(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """pairs: (number, text of the manager cell) of rows whose manager came later in the file.

        Answers the pairs whose manager did not get in after all.
        """
        missing = {self.number_of[text] for _, text in pairs if self.number_of[text] not in self.ids}
        self.ids.update(_ids_of(missing))
        done = [(number, self.ids[self.number_of[text]]) for number, text in pairs if self.number_of[text] in self.ids]
        if done:
            with connection.cursor() as cursor:
                cursor.execute(LINK, [[number for number, _ in done], [pk for _, pk in done]])
        return [(number, text) for number, text in pairs if self.number_of[text] not in self.ids]


def _ids_of(numbers: Iterable[str]) -> dict[str, str]:
    found = Employment.objects.filter(employee_number__in=numbers).values_list("employee_number", "pk")
    return {number: str(pk) for number, pk in found}


def _numbers_by_name(names: Iterable[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    rows = Employment.objects.current().filter(person__name__in=names)
    for name, number, pk in rows.values_list("person__name", "employee_number", "pk"):
        found.setdefault(name, {})[number] = str(pk)
    return found
