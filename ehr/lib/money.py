"""Yuan to the cent: rounding, and the capitals that legal papers carry beside the figures."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")
DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def yuan(amount: Decimal | Fraction | int | str) -> Decimal:
    """To the cent, half up, as wages and severance are paid. A fraction is rounded once, from its exact value."""
    if isinstance(amount, Fraction):
        cents = (abs(amount) * 200 + 1).__floor__() // 2
        return Decimal(cents if amount >= 0 else -cents).scaleb(-2)
    return Decimal(amount).quantize(CENT, ROUND_HALF_UP)


def yuan_down(amount: Decimal | int | str) -> Decimal:
    return Decimal(amount).quantize(CENT, ROUND_DOWN)


def in_figures(amount: Decimal | int | str) -> str:
    """37302 → '37,302.00'"""
    return f"{yuan(amount):,}"


def in_capitals(amount: Decimal | int | str) -> str:
    """37302.05 → '人民币叁万柒仟叁佰零贰元零伍分'; whole yuan end in 整."""
    exact = yuan(amount)
    if abs(exact) >= 10**16:
        raise ValueError("no company pays that much")
    whole, cents = divmod(int(abs(exact) * 100), 100)
    sign = "负" if exact < 0 else ""
    text = f"{_whole(whole)}元" if whole else ""
    return f"人民币{sign}{text}{_cents(cents, has_yuan=bool(whole))}"


def _whole(number: int) -> str:
    """Groups of four digits; one 零 stands for any run of zeros inside, none at the end."""
    text, is_gap = "", False
    for index in reversed(range(len(GROUPS))):
        group = number // 10 ** (4 * index) % 10**4
        if group == 0:
            is_gap = bool(text)
            continue
        if text and (is_gap or group < 1000):
            text += "零"
        text += _group(group) + _group_name(index, number)
        is_gap = False
    return text


def _group_name(index: int, number: int) -> str:
    """万亿 loses its 亿 when the 亿 group follows and says it."""
    return "万" if index == 3 and number // 10**8 % 10**4 else GROUPS[index]


def _group(group: int) -> str:
    text, is_gap = "", False
    for index in reversed(range(4)):
        digit = group // 10**index % 10
        if digit == 0:
            is_gap = bool(text)
            continue
        text += ("零" if is_gap else "") + DIGITS[digit] + PLACES[index]
        is_gap = False
    return text


def _cents(cents: int, *, has_yuan: bool) -> str:
    tenths, hundredths = divmod(cents, 10)
    if not cents:
        return "整" if has_yuan else "零元整"
    if not tenths:
        return ("零" if has_yuan else "") + f"{DIGITS[hundredths]}分"
    return f"{DIGITS[tenths]}角" + (f"{DIGITS[hundredths]}分" if hundredths else "整")
