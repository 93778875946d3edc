"""What can't be true at once in one file: the code of each fault, and the field it stands at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ehr.lib.months import add_months

Fault = tuple[str, str]
YOUNGEST_MONTHS = 16 * 12
NO_UNION_MEMBERS = frozenset({"intern", "service"})
GENDER_OF = {"male_60": "male", "female_55": "female", "female_50": "female"}


@dataclass(frozen=True, kw_only=True)
class FileFacts:
    hire_date: date
    ended: date | None
    served_until: date | None
    """The last day of earlier service in the group."""
    here_since: date
    """The earliest day of work that the file itself knows of: of any employment, or of prior service."""
    gender: str
    birth_date: date | None
    relation: str
    first_work_date: date | None
    probation_end_date: date | None
    union_role: str
    retirement_category: str

    def faults(self, *, today: date) -> Iterator[Fault]:
        if self.hire_date.year > today.year + 1:
            yield "date_too_late", "hire_date"
        if self.ended and self.hire_date > self.ended:
            yield "exit_before_hire", "hire_date"
        if self.served_until and self.served_until >= self.hire_date:
            yield "service_after_hire", "hire_date"
        if self.birth_date and self._is_too_young(self.birth_date, self.hire_date):
            yield "too_young", "birth_date"
        if self.first_work_date and self.first_work_date > self.here_since:
            late = self.first_work_date > self.hire_date
            yield "first_work_after_hire" if late else "first_work_after_service", "first_work_date"
        if self.first_work_date and self.birth_date and self._is_too_young(self.birth_date, self.first_work_date):
            yield "first_work_too_young", "first_work_date"
        if self.probation_end_date:
            yield from self._faults_of_probation(self.probation_end_date)
        if self.union_role != "none" and self.relation in NO_UNION_MEMBERS:
            yield "union_role_no_member", "union_role"
        if {self.gender, GENDER_OF.get(self.retirement_category, self.gender)} == {"male", "female"}:
            yield "retirement_other_gender", "retirement_category"

    def _is_too_young(self, born: date, day: date) -> bool:
        return day < add_months(born, YOUNGEST_MONTHS)

    def _faults_of_probation(self, end: date) -> Iterator[Fault]:
        if end < self.hire_date:
            yield "probation_before_hire", "probation_end_date"
        if self.relation == "part_time":
            yield "probation_part_time", "probation_end_date"


@dataclass(frozen=True, kw_only=True)
class Term:
    """What one contract says."""

    kind: str
    start_date: date
    end_date: date | None
    nth: int
    signed_date: date | None = None

    def faults(self, others: Iterable["Term"]) -> Iterator[Fault]:
        others = list(others)
        if self.end_date and self.end_date < self.start_date:
            yield "contract_ends_before_start", "end_date"
        if self.kind == "open" and self.end_date:
            yield "contract_open_ends", "end_date"
        if self.kind == "fixed" and not self.end_date:
            yield "contract_fixed_without_end", "end_date"
        if self.signed_date and self.end_date and self.signed_date > self.end_date:
            yield "contract_signed_after_end", "signed_date"
        if any(other.nth == self.nth for other in others):
            yield "contract_nth_taken", "nth"
        if any(self._overlaps(other) for other in others):
            yield "contracts_overlap", "start_date"

    def _overlaps(self, other: "Term") -> bool:
        """Of two fixed terms; an open-ended contract may take the place of one that still ran."""
        if self.kind != "fixed" or other.kind != "fixed" or not self.end_date or not other.end_date:
            return False
        return self.start_date <= other.end_date and other.start_date <= self.end_date


@dataclass(frozen=True, kw_only=True)
class Service:
    """Service with an earlier employer of the group."""

    start_date: date
    end_date: date

    def faults(
        self, *, hire_date: date, first_work_date: date | None, others: Iterable[tuple[date, date]]
    ) -> Iterator[Fault]:
        if self.end_date < self.start_date:
            yield "service_ends_before_start", "end_date"
        if self.end_date >= hire_date:
            yield "service_after_hire", "end_date"
        if any(self.start_date <= end and start <= self.end_date for start, end in others):
            yield "service_overlaps", "start_date"
        if first_work_date and self.start_date < first_work_date:
            yield "service_before_first_work", "start_date"
