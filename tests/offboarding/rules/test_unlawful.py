import pytest

from offboarding.rules import unlawful
from offboarding.rules.grounds import GROUNDS

NOBODY = {"LCL37", "LCL38", "LCL36_EMPLOYEE", "LCL44_3"}


@pytest.mark.parametrize("ground", GROUNDS)
def test_double_severance_answers_an_ending_by_the_employer(ground) -> None:
    expected = (
        "B_NO_EMPLOYER_ENDING" if ground in NOBODY else "B_AGREEMENT_STANDS" if ground == "LCL36_EMPLOYER" else ""
    )

    assert unlawful.refusal(ground, is_void=False) == expected
    assert unlawful.is_agreement(ground) is (ground == "LCL36_EMPLOYER")


def test_a_void_agreement_leaves_the_act_of_the_employer_but_makes_none_of_a_resignation() -> None:
    assert unlawful.refusal("LCL36_EMPLOYER", is_void=True) == ""
    assert unlawful.refusal("LCL37", is_void=True) == "B_NO_EMPLOYER_ENDING"
