"""The board's filter offers the units whose exits one may see, and no name of any other."""

import pytest

from offboarding.queries.board import Filters, board
from tests.access.cast import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def offered(user, at) -> list[str]:
    return [unit.name for unit in board(user, Filters(), at=at).units]


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("hrbp", ["华东区"]),
        ("hr_manager", ["零售事业部", "华东区"]),
        ("gm", ["零售事业部", "华东区"]),
        ("head", []),
        ("group_hr", ["零售事业部", "华东区", "供应链中心"]),
        ("auditor", ["零售事业部", "华东区", "供应链中心"]),
    ],
)
def test_each_is_offered_the_own_part_of_the_tree(cast, at, who, names) -> None:
    assert offered(getattr(cast, who), at) == names


def test_the_page_names_no_other_unit(cast) -> None:
    page = sign_in(cast.hrbp).get("/cases/").content.decode()

    assert '<option value="' in page
    assert "供应链中心" not in page and "零售事业部" not in page
