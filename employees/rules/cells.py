"""From a cell as people write it to a value, or the code of what is wrong with it."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from . import id_numbers

EXCEL_EPOCH = date(1899, 12, 30)
SERIAL_MIN, SERIAL_MAX = 10_000, 80_000
"""Excel days from 1927 to 2119: a smaller number is no date of a living person."""

DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
NUMBER = re.compile(r"[0-9A-Z_\-/.]*")
PHONE = re.compile(r"\+?\d{7,15}")
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+")
ACCOUNT = re.compile(r"\d{8,30}")
MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
COMPACT_MONTH = re.compile(r"((?:19|20)\d{2})(\d{2})")
MONTHS = re.compile(r"(\d{1,2})\s*(?:个月|月|months?)")
PHONE_NOISE = re.compile(r"[\s\-()（）]")
ACCOUNT_NOISE = re.compile(r"[\s\-]")
MONEY_NOISE = re.compile(r"[\s,，￥¥元]")
NOTHING = {"", "-", "—", "--", "/", "无", "n/a", "na", "null", "none"}
OPEN_ENDED = {"无固定期限", "无固定", "长期", "openended", "open", "permanent"}


class CellFault(Exception):
    """The cell can't be read; `code` is a key of the catalogue of reasons."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def text_of(cell: Any) -> str:
    """What the person sees in the cell: 1318.0 is 1318, and ="007" keeps its zeros."""
    if isinstance(cell, str):
        return _unquoted(cell.strip())
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell)


def _unquoted(text: str) -> str:
    if not text or text[0] not in "=#":
        return text
    if text.startswith('="') and text.endswith('"') and '"' not in text[2:-1]:
        return text[2:-1].strip()
    if text[0] == "#" and text.rstrip("!?").upper() in ERRORS:
        raise CellFault("formula_error")
    if text[0] == "=":
        raise CellFault("formula_text")
    return text


ERRORS = {"#N/A", "#REF", "#DIV/0", "#VALUE", "#NAME", "#NUM", "#NULL"}


def read_date(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    return None if text.lower() in NOTHING else _date_from(text)


def _date_from(text: str) -> date:
    found = DATE.fullmatch(text) or COMPACT_DATE.fullmatch(text)
    if found:
        return _calendar_date(*map(int, found.groups()[:3]))
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and SERIAL_MIN <= float(text) <= SERIAL_MAX:
        return EXCEL_EPOCH + timedelta(days=int(float(text)))
    raise CellFault("date_shape")


def _calendar_date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise CellFault("date_impossible") from None


def read_month_or_date(cell: Any) -> date | None:
    """Files often keep only the month, which then counts from its first day. As a number it may have lost a zero."""
    text = text_of(cell)
    found = None if isinstance(cell, float) else MONTH.fullmatch(text) or COMPACT_MONTH.fullmatch(text)
    return _calendar_date(int(found[1]), int(found[2]), 1) if found else read_date(cell)


def read_text(cell: Any) -> str:
    text = text_of(cell)
    return "" if text in ("-", "—", "--") else text


def read_number(cell: Any) -> str:
    text = text_of(cell).upper().replace(" ", "")
    if len(text) > 40 or not NUMBER.fullmatch(text):
        raise CellFault("number_shape")
    return text


def read_id_number(cell: Any) -> str:
    if isinstance(cell, float) and cell > 1e15:
        raise CellFault("id_number_lost_digits")
    return id_numbers.normalise(text_of(cell))


def read_phone(cell: Any) -> str:
    text = PHONE_NOISE.sub("", text_of(cell))
    if text and not PHONE.fullmatch(text):
        raise CellFault("phone_shape")
    return text.removeprefix("+86") if len(text.removeprefix("+86")) == 11 else text


def read_email(cell: Any) -> str:
    text = text_of(cell).lower()
    if text and not EMAIL.fullmatch(text):
        raise CellFault("email_shape")
    return text


def read_account(cell: Any) -> str:
    if isinstance(cell, float) and cell > 1e15:
        raise CellFault("account_lost_digits")
    text = ACCOUNT_NOISE.sub("", text_of(cell))
    if text and not ACCOUNT.fullmatch(text):
        raise CellFault("account_shape")
    return text


def read_decimal(cell: Any) -> Decimal | None:
    text = MONEY_NOISE.sub("", text_of(cell))
    if text.lower() in NOTHING:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise CellFault("not_a_number") from None
    if not value.is_finite():
        raise CellFault("not_a_number")
    return value


def read_money(cell: Any) -> str:
    value = read_decimal(cell)
    if value is None:
        return ""
    if not 0 <= value < 10_000_000:
        raise CellFault("money_range")
    return str(value.quantize(Decimal("0.01")))


def read_days(cell: Any) -> Decimal | None:
    value = read_decimal(cell)
    if value is not None and not -366 <= value <= 366:
        raise CellFault("days_range")
    return value.quantize(Decimal("0.1")) if value is not None else None


def read_integer(cell: Any) -> int | None:
    value = read_decimal(cell)
    if value is not None and (value != int(value) or not 0 < value < 100):
        raise CellFault("not_a_count")
    return int(value) if value is not None else None


def read_probation(cell: Any) -> date | int | None:
    """A date, or a number of months that starts at the hire date ('6 个月')."""
    months = MONTHS.fullmatch(text_of(cell).lower())
    if months:
        return int(months[1])
    return None if text_of(cell) in ("0", "无") else read_date(cell)


def read_contract_end(cell: Any) -> date | str | None:
    """A date, or 'open' for an open-ended contract."""
    return "open" if text_of(cell).lower().replace("-", "") in OPEN_ENDED else read_date(cell)


def chooser(words: dict[str, str], code: str) -> Callable[[Any], str]:
    def read(cell: Any) -> str:
        text = text_of(cell).lower().replace(" ", "")
        if text in NOTHING:
            return ""
        if text not in words:
            raise CellFault(code)
        return words[text]

    return read


def words(**choices: str) -> dict[str, str]:
    return {word: value for value, names in choices.items() for word in [value, *names.split()]}


READERS: dict[str, Callable[[Any], Any]] = {
    "text": read_text,
    "number": read_number,
    "id_number": read_id_number,
    "phone": read_phone,
    "email": read_email,
    "account": read_account,
    "date": read_date,
    "month_or_date": read_month_or_date,
    "money": read_money,
    "days": read_days,
    "integer": read_integer,
    "probation": read_probation,
    "contract_end": read_contract_end,
    "gender": chooser(words(male="男 m 男性", female="女 f 女性", unknown="未知"), "gender_unknown"),
    "status": chooser(
        words(active="在职 在岗 试用 试用期 正式 employed", left="离职 已离职 terminated inactive"), "status_unknown"
    ),
    "family": chooser(
        words(
            sales="销售 销售序列 营销",
            rnd="研发 技术 研发序列 r&d",
            operations="运营 供应链 生产",
            finance="财务 财务序列",
            store="门店 零售 店铺",
            general="职能 综合 通用 行政",
        ),
        "family_unknown",
    ),
    "contract_kind": chooser(
        words(fixed="固定期限 固定期限合同", open="无固定期限 无固定期限合同", task="以完成一定工作任务为期限 任务"),
        "contract_kind_unknown",
    ),
    "relation": chooser(
        words(
            employment="全日制 全日制用工 劳动合同 劳动合同制 劳动关系 合同工 正式 正式工 正式员工 full-time fulltime regular",
            part_time="非全日制 非全日制用工 小时工 兼职 part-time parttime",
            intern="实习 实习生 在校实习 internship",
            rehired_retiree="退休返聘 返聘 返聘人员 退休返聘人员",
            service="劳务 劳务协议 劳务合同 劳务关系 劳务用工 contractor",
            dispatched="劳务派遣 派遣 派遣工 派遣员工 劳务派遣工 agency",
        ),
        "relation_unknown",
    ),
    "work_time": chooser(
        words(
            standard="标准工时 标准 标准工时制",
            comprehensive="综合工时 综合 综合计算工时制",
            flexible="不定时 不定时工作制",
        ),
        "work_time_unknown",
    ),
    "retirement": chooser(words(male_60="男60", female_55="女55", female_50="女50"), "retirement_unknown"),
    "union": chooser(
        words(chair="工会主席 主席", vice_chair="副主席 工会副主席", committee="委员 工会委员"), "union_unknown"
    ),
}
