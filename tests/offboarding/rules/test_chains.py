import pytest

from offboarding.rules import chains
from offboarding.rules.chains import Allowed, Condition, Field, Operator, Resolver, Scope, Step
from offboarding.rules.kinds import FORMAL_KINDS

P8 = Condition(field=Field.GRADE, operator=Operator.AT_LEAST, value="8")
COSTLY = Condition(field=Field.COST, operator=Operator.AT_LEAST, value="50000")


@pytest.mark.parametrize(
    ("kind", "resolvers"),
    [  # decisions 9
        ("resignation", ["line_manager", "hrbp"]),
        ("mutual_agreement", ["line_manager", "hr_manager", "finance"]),
        ("dismissal", ["unit_head", "hr_manager", "finance", "general_manager"]),
        ("layoff", ["hr_manager", "hr_legal", "finance", "general_manager"]),
        ("expiry", ["hrbp", "unit_head"]),
        ("retirement", ["hrbp", "unit_head"]),
    ],
)
def test_the_shipped_chain_has_these_people(kind, resolvers) -> None:
    steps = chains.default_steps(kind)

    assert [step.resolver for step in steps] == resolvers
    assert {step.sla_days for step in steps} == {1}


@pytest.mark.parametrize("kind", FORMAL_KINDS)
def test_every_shipped_chain_could_be_published(kind) -> None:
    assert chains.problems(kind, chains.default_steps(kind)) == []


def test_a_resignation_chain_never_offers_a_rejection() -> None:
    step = Step(title="x", resolver=Resolver.HRBP, allowed=(Allowed.ACKNOWLEDGE, Allowed.REJECT))

    assert chains.problems("resignation", [step]) == ["B_NOTICE_CANNOT_BE_REJECTED"]


def test_a_chain_without_steps_is_refused() -> None:
    assert chains.problems("dismissal", []) == ["B_CHAIN_EMPTY"]


def test_a_step_that_nobody_can_pass_is_refused() -> None:
    step = Step(title="x", resolver=Resolver.HRBP, allowed=(Allowed.RETURN,))

    assert "B_STEP_CANNOT_PASS" in chains.problems("dismissal", [step])


def test_a_chain_that_could_pass_without_anybody_is_refused() -> None:
    step = Step(title="x", resolver=Resolver.HRBP, allowed=(Allowed.APPROVE,), conditions=(P8,))

    assert "B_EVERY_STEP_CONDITIONAL" in chains.problems("dismissal", [step])


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"grade": 8, "cost": 50000}, True),
        ({"grade": 7, "cost": 50000}, False),
        ({"grade": 9, "cost": "49999.99"}, False),
        ({"grade": 9, "cost": None}, True),  # not known yet: rather one signature too many
    ],
)
def test_all_conditions_have_to_hold(facts, expected) -> None:
    assert chains.applies((P8, COSTLY), facts) is expected


def test_the_nearest_unit_wins_and_then_the_narrower_grades() -> None:
    group = Scope(key="group")
    retail = Scope(key="retail", path="/HC/RETAIL/")
    senior = Scope(key="senior", path="/HC/RETAIL/", min_grade=8)

    def pick(path, grade):
        return chains.choose([group, retail, senior], path=path, grade=grade).key

    assert pick("/HC/RETAIL/EAST/", 6) == "retail"
    assert pick("/HC/RETAIL/EAST/", 9) == "senior"
    assert pick("/HC/SUPPLY/", 9) == "group"


def test_nothing_fits_gives_none() -> None:
    assert chains.choose([Scope(key="x", path="/HC/RETAIL/")], path="/HC/SUPPLY/", grade=1) is None


def test_the_system_acknowledges_after_two_working_days_and_one_in_probation() -> None:
    assert chains.acknowledge_days(in_probation=False) == 2
    assert chains.acknowledge_days(in_probation=True) == 1
