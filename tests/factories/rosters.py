"""A large Chinese roster as a company would send it: title rows, mixed dates, and seven kinds of broken rows."""

import csv
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from employees.rules.id_numbers import check_character

HEADERS = [
    *("工号", "姓名", "身份证号", "性别", "手机号", "个人邮箱", "银行卡号", "部门", "用人单位", "工作地"),
    *("岗位序列", "岗位", "职级", "直属领导", "入职日期", "试用期", "合同类型", "合同开始", "合同到期"),
    *("月薪", "年假余额", "民族", "备注"),
]
BROKEN = (
    "id_number_check",
    "date_impossible",
    "number_twice",
    "id_number_twice",
    "missing",
    "manager_unknown",
    "not_a_number",
)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
GIVEN = "若棠知微承砚书瑶远航以宁听澜映雪南星若川怀瑾临川行简文渊云舒景行观复青禾望舒砚秋清晏修远"
UNITS = [
    f"{bu}/{region}/{region[:2]}{nth}部"
    for bu in ("零售事业部", "供应链中心", "研发中心", "职能中心")
    for region in ("华东区", "华南区", "华北区", "西南区", "华中区")
    for nth in range(1, 11)
]
TITLES = ("大客户经理", "导购", "店长", "工程师", "会计", "运营专员", "人事专员", "采购")
FAMILIES = ("销售", "门店", "门店", "研发", "财务", "运营", "职能", "运营")


def people(count: int, *, seed: int = 7, broken_every: int = 100) -> Iterator[tuple[list[Any], str]]:
    """(cells, kind of fault or ''); every `broken_every`-th row is broken, the kinds in turn."""
    chance = random.Random(seed)
    for nth in range(1, count + 1):
        cells = _person(nth, chance)
        kind = BROKEN[(nth // broken_every) % len(BROKEN)] if nth % broken_every == 0 else ""
        _break(cells, kind, nth)
        yield cells, kind


def _person(nth: int, chance: random.Random) -> list[Any]:
    born = date(1964, 1, 1) + timedelta(days=chance.randrange(9000))
    hired = date(2008, 1, 1) + timedelta(days=chance.randrange(6500))
    post = chance.randrange(len(TITLES))
    return [
        f"HC-{nth:07d}",
        _name(nth, chance),
        id_number(nth, born),
        "",
        f"13{chance.randrange(10**9):09d}",
        f"p{nth}@mail.example",
        f"6222{chance.randrange(10**12):012d}",
        UNITS[nth % len(UNITS)],
        "衡川集团有限公司",
        "上海",
        FAMILIES[post],
        TITLES[post],
        f"P{chance.randrange(3, 11)}",
        f"HC-{_sound(chance.randrange(1, max(2, nth // 10 + 1))):07d}" if nth > 10 else "",
        _spelt(hired, nth),
        "6个月",
        "固定期限",
        hired.isoformat(),
        "无固定期限" if nth % 5 == 0 else (hired + timedelta(days=1095)).isoformat(),
        f"{chance.randrange(4000, 40000)}.00",
        chance.randrange(0, 15),
        "汉",
        "",
    ]


def id_number(nth: int, born: date) -> str:
    """Area codes and sequence digits together keep a million people apart."""
    first = f"{310101 + nth // 1000 % 400}{born:%Y%m%d}{nth % 1000:03d}"
    return first + check_character(first)


def _name(nth: int, chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.choice(GIVEN) for _ in range(1 + nth % 2))


def _sound(nth: int) -> int:
    """Nobody's manager is a broken row."""
    return nth + 1 if nth % 100 == 0 else nth


def _spelt(day: date, nth: int) -> Any:
    return [day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day:%Y.%m.%d}", (day - date(1899, 12, 30)).days][
        nth % 4
    ]


def _break(cells: list[Any], kind: str, nth: int) -> None:
    before = cells[2]
    if kind == "id_number_check":
        cells[2] = before[:17] + ("0" if before[17] != "0" else "1")
    elif kind == "date_impossible":
        cells[14] = "2023/2/29"
    elif kind == "number_twice":
        cells[0] = f"HC-{nth - 1:07d}"
    elif kind == "id_number_twice":
        cells[2] = _person_before(nth)
    elif kind == "missing":
        cells[1] = ""
    elif kind == "manager_unknown":
        cells[13] = "HC-9999999"
    elif kind == "not_a_number":
        cells[19] = "面议"


_ids: dict[int, str] = {}


def _person_before(nth: int) -> str:
    return _ids[nth - 1]


def rows(count: int, **options: Any) -> Iterator[list[Any]]:
    for nth, (cells, _) in enumerate(people(count, **options), start=1):
        _ids[nth] = cells[2]
        _ids.pop(nth - 2, None)
        yield cells


def write_csv(path: Path, count: int, *, encoding: str = "utf-8", **options: Any) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        writer.writerows(rows(count, **options))
    return path


def write_xlsx(path: Path, count: int, *, titles: Sequence[str] = ("衡川集团花名册",), **options: Any) -> Path:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("在职")
    for title in titles:
        sheet.append([title])
    sheet.append(HEADERS)
    for cells in rows(count, **options):
        sheet.append(cells)
    book.save(path)
    return path
