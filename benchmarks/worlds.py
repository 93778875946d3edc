"""The same company twice, with 3,000 and with 50,000 people: two databases, so that both can be asked in turn.

Exits grow with the people (one in fifty is leaving), and the readers' own rows are as many in both.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import connections
from django.test import Client

from ehr import clock
from ehr.access.models import RoleGrant
from ehr.access.roles import Role
from ehr.deadlines.models import Deadline
from ehr.identity.models import User
from employees.importing.running import Importing, proposed_mapping
from employees.importing.sources import open_source
from employees.models import Employment
from offboarding.models import Case
from tests.access.cast import sign_in
from tests.factories import rosters
from tests.factories.cast import assemble
from tests.factories.crowds import duties, exits_of, more_of_everything, multiply, refresh_statistics
from tests.factories.employees import a_unit, employed
from tests.factories.offboarding import a_resignation_of, approved

SMALL, LARGE = 3_000, 50_000
LEAVING = 50  # one of so many
LATE = timedelta(days=10)  # since when the exits wait, so that they show what is overdue
CLONE = "large"


@dataclass(kw_only=True)
class World:
    """`near` sees one small unit, `wide` the whole group; `case` is an exit in that unit."""

    near: Client
    wide: Client
    case: Case
    reader: User
    rows: int = 1

    def grow(self, rows: int) -> None:
        """So many people, exits, remarks and duties in what `near` sees."""
        more = rows - self.rows
        multiply(self.case, more)
        more_of_everything(self.case, more)
        duties(self.reader, rows - Deadline.objects.waiting_for(self.reader).count(), at=clock.now())


@contextmanager
def two_sizes() -> Iterator[tuple[World, dict[int, Any]]]:
    """The people and pages in it, and a connection for each size."""
    small = connections["default"]
    world = _build()
    people(SMALL)
    small.close()
    small.creation.clone_test_db(CLONE, verbosity=0, autoclobber=True)
    large = small.copy()
    large.settings_dict = small.creation.get_test_db_clone_settings(CLONE)
    try:
        with talking_to(large):
            people(LARGE)
        yield world, {SMALL: small, LARGE: large}
    finally:
        connections["default"] = small
        large.close()
        small.creation.destroy_test_db(suffix=CLONE, verbosity=0)


@contextmanager
def talking_to(other: Any) -> Iterator[None]:
    before = connections["default"]
    connections["default"] = other
    try:
        yield
    finally:
        connections["default"] = before


def people(count: int) -> None:
    """By the product's own import: whoever is there already stays as they are."""
    with tempfile.TemporaryDirectory() as folder:
        source = open_source(rosters.write_csv(Path(folder) / "people.csv", count))
        Importing(source, proposed_mapping(source), at=clock.now()).run()
    like = Case.objects.order_by("id").first()
    assert like is not None
    posts = Employment.objects.filter(employee_number__startswith="HC-00", cases=None).order_by("-employee_number")
    exits_of(posts[: count // LEAVING - Case.objects.count()], like=like)
    refresh_statistics()


def _build() -> World:
    at, cast = clock.now() - LATE, assemble()
    unit = a_unit("上海测试部", code="BENCH", parent=cast.unit["east"])
    reader = User.objects.create_user("bench.reader", display_name="宋知微")
    RoleGrant.objects.create(user=reader, role=Role.HRBP, unit=unit)
    leaver = User.objects.create_user("bench.leaver", display_name="周远航")
    employment = employed("周远航", unit=unit, user=leaver, line_manager=cast.employment["head"], at=at)
    case = a_resignation_of(employment, at)
    return World(near=sign_in(reader), wide=sign_in(cast.group_hr), case=approved(case, at), reader=reader)
