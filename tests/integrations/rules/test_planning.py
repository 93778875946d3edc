from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from integrations.connectors.registry import connectors
from integrations.rules.planning import CaseSnapshot, EffectSpec, Timing, moment, nearest, ordered, path_prefixes

NOW = datetime(2026, 5, 18, 2, 0, tzinfo=UTC)


@dataclass
class Scoped:
    name: str
    depth: int


def test_the_nearest_connection_of_a_name_wins():
    group, unit, other = Scoped("scim", 1), Scoped("scim", 3), Scoped("crm", 1)

    assert nearest([unit, group, other]) == [other, unit]


def test_the_last_day_ends_at_its_hour_in_the_units_own_zone():
    shanghai = moment(Timing.LAST_DAY, last_day=date(2026, 6, 17), hour=time(18), zone="Asia/Shanghai", now=NOW)
    berlin = moment(Timing.LAST_DAY, last_day=date(2026, 6, 17), hour=time(18), zone="Europe/Berlin", now=NOW)

    assert shanghai == datetime(2026, 6, 17, 10, 0, tzinfo=UTC)
    assert berlin == datetime(2026, 6, 17, 16, 0, tzinfo=UTC)


def test_at_once_means_now():
    assert moment(Timing.AT_ONCE, last_day=date(2027, 1, 1), hour=time(18), zone="Asia/Shanghai", now=NOW) == NOW


def test_a_path_names_all_units_above():
    assert path_prefixes("/HC/RETAIL/EAST/") == ["/HC/", "/HC/RETAIL/", "/HC/RETAIL/EAST/"]


def test_what_others_wait_for_comes_first():
    first, second = EffectSpec(action="delete", target="x", after="disable"), EffectSpec(action="disable", target="x")

    assert [spec.action for spec in ordered([first, second])] == ["disable", "delete"]


CONFIGS = {
    "scim": {"base_url": "https://x.example/v2", "when": "last_day"},
    "webhook": {"url": "https://x.example/", "sends": ["announce", "remove_access"], "receiver": "look_up"},
    "smtp": {"host": "x.example", "sender": "a@x.example", "copies_to": "b@x.example"},
}
SNAPSHOTS = st.builds(
    CaseSnapshot,
    case_id=st.uuids().map(str),
    number=st.text(min_size=1, max_size=20),
    kind=st.sampled_from(["resignation", "dismissal"]),
    employee_number=st.text(min_size=1, max_size=40),
    login=st.text(max_size=40),
    last_working_date=st.none() | st.dates(),
)
TRIGGERS = [
    "offboarding.case.approved",
    "offboarding.case.withdrawn",
    "offboarding.case.closed",
    "offboarding.case.submitted",
]


@given(snapshot=SNAPSHOTS, trigger=st.sampled_from(TRIGGERS), code=st.sampled_from(sorted(CONFIGS)))
def test_a_plan_is_a_pure_function_of_the_case(snapshot: CaseSnapshot, trigger: str, code: str):
    plug = connectors()[code]

    once, again = plug.plan(trigger, snapshot, CONFIGS[code]), plug.plan(trigger, snapshot, CONFIGS[code])

    assert once == again
    assert all(plug.manifest.action(spec.action) for spec in once)


@given(snapshot=SNAPSHOTS, code=st.sampled_from(sorted(CONFIGS)))
def test_a_case_that_is_only_filed_plans_nothing(snapshot: CaseSnapshot, code: str):
    assert connectors()[code].plan("offboarding.case.submitted", snapshot, CONFIGS[code]) == []
