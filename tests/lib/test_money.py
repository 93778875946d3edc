"""Amounts as they stand on legal papers."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehr.lib.money import DIGITS, in_capitals, in_figures, yuan, yuan_down

CAPITALS = [
    ("0", "人民币零元整"),
    ("0.01", "人民币壹分"),
    ("0.10", "人民币壹角整"),
    ("0.16", "人民币壹角陆分"),
    ("1", "人民币壹元整"),
    ("10", "人民币壹拾元整"),
    ("20.05", "人民币贰拾元零伍分"),
    ("100.50", "人民币壹佰元伍角整"),
    ("101", "人民币壹佰零壹元整"),
    ("1010", "人民币壹仟零壹拾元整"),
    ("1680.32", "人民币壹仟陆佰捌拾元叁角贰分"),
    ("10000", "人民币壹万元整"),
    ("10001", "人民币壹万零壹元整"),
    ("37302.00", "人民币叁万柒仟叁佰零贰元整"),
    ("107000.53", "人民币壹拾万柒仟元伍角叁分"),
    ("550197.86", "人民币伍拾伍万零壹佰玖拾柒元捌角陆分"),
    ("1000000", "人民币壹佰万元整"),
    ("10000000", "人民币壹仟万元整"),
    ("100000000", "人民币壹亿元整"),
    ("100000001", "人民币壹亿零壹元整"),
    ("100010000", "人民币壹亿零壹万元整"),
    ("1000000000000", "人民币壹万亿元整"),
    ("1000100000000", "人民币壹万零壹亿元整"),
    ("-5.5", "人民币负伍元伍角整"),
]


@pytest.mark.parametrize(("amount", "expected"), CAPITALS)
def test_capitals(amount, expected):
    assert in_capitals(amount) == expected


def read(text: str) -> Decimal:
    """Reads capitals back, by the way people say numbers."""
    total = section = digit = 0
    cents = 0
    for char in text.removeprefix("人民币"):
        if char in DIGITS:
            digit = DIGITS.index(char)
        elif char in "拾佰仟":
            section += digit * 10 ** ("拾佰仟".index(char) + 1)
            digit = 0
        elif char == "万":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
        elif char == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
        elif char == "元":
            total, section, digit = total + section + digit, 0, 0
        elif char in "角分":
            cents += digit * (10 if char == "角" else 1)
            digit = 0
    return Decimal(total) + Decimal(cents) / 100


@given(st.decimals(0, Decimal("99999999.99"), places=2))
def test_capitals_read_back_are_the_amount(amount):
    assert read(in_capitals(amount)) == amount
    assert "零零" not in in_capitals(amount)


@pytest.mark.parametrize(
    ("amount", "up", "down"), [("0.005", "0.01", "0.00"), ("2.675", "2.68", "2.67"), ("1", "1.00", "1.00")]
)
def test_rounding(amount, up, down):
    assert (str(yuan(amount)), str(yuan_down(amount))) == (up, down)


def test_figures():
    assert in_figures("37302") == "37,302.00"


def test_absurd_amounts_are_refused():
    with pytest.raises(ValueError, match="pays that much"):
        in_capitals(Decimal(10) ** 16)


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        (Fraction(70000, 12) * 6, "35000.00"),
        (Fraction(1, 200), "0.01"),
        (Fraction(-1, 200), "-0.01"),
        (Fraction(10**30 - 1, 2 * 10**32), "0.00"),  # nearer to a half cent than 28 digits can tell
        (Fraction(1, 3), "0.33"),
        (Fraction(0), "0.00"),
    ],
)
def test_a_fraction_is_rounded_once(amount, rounded):
    assert str(yuan(amount)) == rounded
