"""The check sign of the unified social credit code, by codes that anybody can look up."""

import pytest

from ehr.lib import uscc

PUBLIC = {
    "9144030071526726XG": "Tencent (Shenzhen)",
    "91330100799655058B": "Alibaba (China)",
    "914403001922038216": "Huawei",
    "91110000802100433B": "Baidu",
    "91100000100003962T": "ICBC",
    "91110108551385082Q": "Xiaomi",
    "12100000400000624D": "Tsinghua University",
    "12100000400002259P": "Peking University",
}


@pytest.mark.parametrize("code", PUBLIC)
def test_a_code_of_a_public_register_is_right(code: str) -> None:
    assert uscc.fault(code) == ""


@pytest.mark.parametrize("code", PUBLIC)
def test_any_one_sign_mistyped_shows(code: str) -> None:
    mistyped = [code[:place] + sign + code[place + 1 :] for place in range(18) for sign in uscc.ALPHABET]

    assert all(uscc.fault(other) == "check" for other in mistyped if other != code)


@pytest.mark.parametrize("code", PUBLIC)
def test_two_neighbours_in_the_wrong_order_show(code: str) -> None:
    swapped = [code[:place] + code[place + 1] + code[place] + code[place + 2 :] for place in range(17)]

    assert all(uscc.fault(other) == "check" for other in swapped if other != code)


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("", "length"),
        ("91110000802100433", "length"),
        ("91110000802100433BB", "length"),
        ("9111000080210O433B", "sign"),
        ("91110000802100433b", "sign"),
        ("９1110000802100433B", "sign"),
        ("91110000802100433A", "check"),
    ],
)
def test_what_is_wrong_is_told_apart(code: str, fault: str) -> None:
    assert uscc.fault(code) == fault


def test_it_is_read_in_groups_and_in_small_letters() -> None:
    assert uscc.normalised(" 9133 0100\u30007996 55058b\n") == "91330100799655058B"
