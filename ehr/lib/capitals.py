"""Amounts in Chinese capitals, as 中文大写金额 on cheques and legal papers (支付结算办法, 附一)."""

from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def capital_amount(amount: Decimal) -> str:
    """86239.65 → 捌万陆仟贰佰叁拾玖元陆角伍分; 100 → 壹佰元整; rounded to the fen, half up."""
    cents = int((abs(amount) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    sign = "负" if amount < 0 and cents else ""
    whole = f"{_whole(yuan)}元" if yuan or not cents else ""
    return sign + whole + _parts(yuan, jiao, fen)


def _parts(yuan: int, jiao: int, fen: int) -> str:
    if not jiao and not fen:
        return "整"
    if not fen:
        return f"{DIGITS[jiao]}角整"
    tens = f"{DIGITS[jiao]}角" if jiao else ("零" if yuan else "")
    return f"{tens}{DIGITS[fen]}分"


def _whole(number: int) -> str:
    """Groups of four digits; a gap between two spoken digits is one 零, however wide."""
    words, gap = "", False
    for place in reversed(range(len(GROUPS))):
        group = number // 10 ** (4 * place) % 10_000
        if group:
            words += (DIGITS[0] if words and (gap or group < 1000) else "") + _group(group) + GROUPS[place]
        gap = not group
    return words or DIGITS[0]


def _group(number: int) -> str:
    words, gap = "", False
    for place in reversed(range(4)):
        digit = number // 10**place % 10
        if digit:
            words += (DIGITS[0] if words and gap else "") + DIGITS[digit] + PLACES[place]
        gap = not digit
    return words
