"""The company's rows: units, the cast, and everybody else in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import make_password

from demo import cast as demo_cast
from demo import company
from ehr import record
from ehr.access.models import RoleGrant
from ehr.clock import LEGAL_ZONE
from ehr.crypto.models import DataKey
from ehr.identity.models import User
from ehr.identity.operations import enrol_totp
from ehr.lib.months import add_months, full_months, last_of_months
from ehr.lib.uscc import check_sign
from ehr.units.models import LegalEntity, OrgUnit, path_below
from employees import events
from employees.models import Contract, Employment, EmploymentStatus, NumberSequence, Person
from employees.operations import hire, register_person
from employees.searching import pinyin, search_text

if TYPE_CHECKING:
    from demo.cast import Member
    from demo.company import PersonRow

CONTRACT_MONTHS = 36
LATEST_AGE = 63
"""To which the law lets the age of retirement grow."""
BORN, DISTRICT = date(1986, 4, 12), "310101"  # of the cast


def build_units() -> dict[str, OrgUnit]:
    names = {code: name for code, _unit, name, _family in company.BUSINESS_UNITS}
    entities = {
        code: LegalEntity(code=code, name=name, uscc=_uscc(number))
        for number, (code, name) in enumerate(names.items(), 1)
    }
    LegalEntity.objects.bulk_create(entities.values())
    units: dict[str, OrgUnit] = {}
    for row in company.units():
        parent = units.get(row.parent or "")
        units[row.code] = OrgUnit(
            code=row.code,
            name=row.name,
            pinyin=pinyin(row.name),
            kind=row.kind,
            parent=parent,
            place=row.place,
            path=path_below(parent, row.code),
            legal_entity=entities.get(row.entity or ""),
        )
    OrgUnit.objects.bulk_create(units.values())
    return units


def _uscc(number: int) -> str:
    """Of nobody: the number within it fails a check of its own."""
    first = f"91310000{number:09d}"
    return first + check_sign(first)


def build_cast(units: dict[str, OrgUnit], *, at: datetime) -> dict[str, Employment]:
    """Each with a user and the demo's password; who holds a role also with a second factor. Then who reports to whom."""
    employments: dict[str, Employment] = {}
    password = make_password(demo_cast.PASSWORD)
    for index, member in enumerate(demo_cast.CAST):
        employments[member.username] = _join(member, index, units, password, at=at)
    for member in demo_cast.CAST:
        if member.reports_to:
            row = Employment.objects.filter(pk=employments[member.username].pk)
            row.update(line_manager=employments[member.reports_to])
    return employments


def _join(member: Member, index: int, units: dict[str, OrgUnit], password: str, *, at: datetime) -> Employment:
    user = User.objects.create(
        username=member.username,
        display_name=member.name,
        email=f"{member.username}@hengchuan.example",
        password=password,
    )
    person = register_person(
        name=member.name,
        user=user,
        personal_email=f"{member.username}@mail.example",
        phone=f"198{index:08d}",
        birth_date=BORN,
        first_work_date=member.hire_date,
        id_number=company.id_number(DISTRICT, BORN, sequence=100 + index),
    )
    employment = hire(
        person=person,
        unit=units[member.unit],
        hire_date=member.hire_date,
        job_family=member.job_family,
        job_title=member.job_title,
        grade_code=f"P{member.grade}",
        place_of_performance=units[member.unit].place,
        base_pay=str(6000 + 2400 * member.grade),
        leave_balance_days=6,
        by=None,
        at=at,
    )
    if member.roles:
        enrol_totp(user, demo_cast.TOTP_SECRET)
    for role, unit in member.roles:
        RoleGrant.objects.create(user=user, role=role, unit=units[unit] if unit else None)
    for code in member.heads:
        units[code].appoint(user, by=None, at=at)
    return employment


def build_people(rows: Iterable[PersonRow], units: dict[str, OrgUnit], *, at: datetime) -> list[Employment]:
    """In bulk, one lifecycle event each, as an import would write them."""
    rows = list(rows)
    keys = [DataKey.fresh() for _row in rows]
    DataKey.objects.bulk_create(keys, batch_size=2000)
    people = [_person(row, key) for row, key in zip(rows, keys, strict=True)]
    Person.objects.bulk_create(people, batch_size=2000)
    employments = [_employment(row, person, units) for row, person in zip(rows, people, strict=True)]
    _hang_under_heads(rows, employments)
    Employment.objects.bulk_create(sorted(employments, key=lambda e: e.line_manager_id is not None), batch_size=2000)
    sign_contracts(employments, today=at.date())
    record.emit_many(emission for employment in employments for emission in _lifecycle(employment, at))
    return employments


def _person(row: PersonRow, key: DataKey) -> Person:
    return Person(
        data_key=key,
        name=row.name,
        name_pinyin=pinyin(row.name),
        gender=row.gender,
        birth_date=row.birth_date,
        first_work_date=row.first_work_date,
        id_number=row.id_number,
        phone=row.phone,
    )


def _employment(row: PersonRow, person: Person, units: dict[str, OrgUnit]) -> Employment:
    return Employment(
        person=person,
        data_key=person.data_key,
        employee_number=row.number,
        unit=units[row.unit],
        employer=units[row.entity].legal_entity,
        job_family=row.job_family,
        job_title=row.job_title,
        grade=row.grade,
        grade_code=f"P{row.grade}",
        hire_date=row.hire_date,
        place_of_performance=row.place,
        base_pay=str(row.monthly_pay),
        leave_balance_days=5,
        search_text=search_text(name=row.name, number=row.number),
        status=EmploymentStatus.LEFT if row.exit_date else EmploymentStatus.ACTIVE,
        termination_date=row.exit_date,
        exit_reason=row.exit_reason,
    )


def _hang_under_heads(rows: list[PersonRow], employments: list[Employment]) -> None:
    heads = {row.unit: employment for row, employment in zip(rows, employments, strict=True) if row.is_head}
    for row, employment in zip(rows, employments, strict=True):
        if not row.is_head:
            employment.line_manager = heads.get(row.unit)


def sign_contracts(employments: Iterable[Employment], *, today: date) -> None:
    contracts = [contract for employment in employments for contract in _contracts(employment, today)]
    Contract.objects.bulk_create(contracts, batch_size=2000)


def _contracts(employment: Employment, today: date) -> Iterator[Contract]:
    """Three-year terms from the hire date to the one that runs today, or ran last."""
    last_day = employment.termination_date or today
    running = full_months(employment.hire_date, last_day) // CONTRACT_MONTHS + 1
    for nth in range(1, running + 1):
        start = add_months(employment.hire_date, (nth - 1) * CONTRACT_MONTHS)
        end = last_of_months(start, CONTRACT_MONTHS)
        yield Contract(employment=employment, nth=nth, start_date=start, end_date=end)


def _lifecycle(employment: Employment, at: datetime) -> Iterator[record.Emission]:
    """Each told on its own day; somebody who is here still has not ended."""
    pk = str(employment.pk)
    hired = events.Hired(employment_id=pk, unit_id=str(employment.unit_id), hire_date=employment.hire_date.isoformat())
    yield record.Emission(fact=hired, subject=employment, at=min(morning_of(employment.hire_date), at))
    if employment.termination_date:
        ended = events.Ended(employment_id=pk, termination_date=employment.termination_date.isoformat())
        yield record.Emission(fact=ended, subject=employment, at=morning_of(employment.termination_date))


def morning_of(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=LEGAL_ZONE)


def bring_the_day(leaver: Employment, kind: str, last_day: date) -> None:
    """What runs out on the last day has a term to it, and who retires is old enough."""
    if kind == "expiry":
        _run_out(leaver, last_day)
    elif kind == "retirement":
        be_born(leaver.person, add_months(last_day, -12 * LATEST_AGE))


def _run_out(leaver: Employment, last_day: date) -> None:
    terms = leaver.contracts.order_by("-start_date")
    terms.filter(start_date__gte=last_day).delete()
    running = terms[0]
    running.end_date = last_day
    running.save(update_fields=["end_date"])


def be_born(person: Person, day: date, **facts: Any) -> None:
    """Another birth date, which stands in the ID number as well."""
    number = person.id_number or ""
    person.birth_date = day
    person.id_number = company.id_number(number[:6], day, sequence=int(number[14:17]))
    for name, value in facts.items():
        setattr(person, name, value)
    person.save()


def skip_taken_numbers(rows: Iterable[PersonRow]) -> None:
    """The next person hired by the rule gets a number behind those that were handed out here."""
    last: dict[str, int] = {}
    for row in rows:
        series, _dash, sequence = row.number.rpartition("-")
        last[series] = max(last.get(series, 0), int(sequence))
    for series, sequence in last.items():
        NumberSequence.advance(series, sequence)


def give_sign_in(employments: Iterable[Employment]) -> None:
    """Users for those who take part in an exit: the leaver, and the heads who decide. Without e-mail: the past sends none."""
    password = make_password(demo_cast.PASSWORD)
    people = [employment.person for employment in employments if employment.person.user_id is None]
    users = [_user(person, password) for person in people]
    User.objects.bulk_create(users, batch_size=2000)
    for person, user in zip(people, users, strict=True):
        person.user = user
    Person.objects.bulk_update(people, ["user"], batch_size=500)


def _user(person: Person, password: str) -> User:
    username = f"{person.name_pinyin}.{person.pk.hex[-5:]}"
    return User(username=username, display_name=person.name, password=password)


def appoint_heads(employments: list[Employment], rows: list[PersonRow], *, at: datetime) -> None:
    heads = [employment for row, employment in zip(rows, employments, strict=True) if row.is_head]
    give_sign_in(heads)
    units: list[Any] = []
    for employment in heads:
        if employment.unit.head_id is None:
            employment.unit.head = employment.person.user
            units.append(employment.unit)
    OrgUnit.objects.bulk_update(units, ["head"], batch_size=500)
