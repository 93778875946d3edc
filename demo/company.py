"""The tree of the fictional group and its people as plain rows: the same seed gives the same company, byte for byte."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from demo.names import full_name

GROUP = ("HC", "衡川集团")
PROVINCES = (
    ("SH", "上海大区", "上海", "310101"),
    ("JS", "江苏大区", "南京", "320102"),
    ("ZJ", "浙江大区", "杭州", "330106"),
    ("GD", "广东大区", "广州", "440106"),
    ("SC", "四川大区", "成都", "510107"),
)
BUSINESS_UNITS = (
    ("RET", "零售事业部", "衡川零售有限公司", "store"),
    ("ECO", "电商事业部", "衡川电子商务有限公司", "operations"),
    ("SUP", "供应链事业部", "衡川供应链有限公司", "operations"),
    ("HOM", "家居事业部", "衡川家居有限公司", "sales"),
    ("FOD", "食品事业部", "衡川食品有限公司", "sales"),
    ("MED", "医药事业部", "衡川医药有限公司", "sales"),
    ("LOG", "物流事业部", "衡川物流有限公司", "operations"),
    ("TEC", "科技事业部", "衡川科技有限公司", "rnd"),
    ("SVC", "生活服务事业部", "衡川生活服务有限公司", "store"),
    ("HQ", "总部职能中心", "衡川集团有限公司", "general"),
)
LEAVES = {
    "store": ("一店", "二店", "三店", "四店"),
    "sales": ("大客户部", "渠道部", "市场部"),
    "operations": ("运营一部", "运营二部", "客服部"),
    "rnd": ("平台研发部", "应用研发部", "测试部"),
    "general": ("人力资源部", "财务部", "信息技术部", "行政法务部"),
}
TITLES = {
    "store": ("店员", "收银员", "理货员", "店长助理"),
    "sales": ("销售代表", "大客户经理", "渠道经理", "销售主管"),
    "operations": ("运营专员", "仓储专员", "客服专员", "运营主管"),
    "rnd": ("软件工程师", "测试工程师", "高级工程师", "架构师"),
    "general": ("人事专员", "行政专员", "法务专员", "主管"),
    "finance": ("会计", "出纳", "财务主管"),
}


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    code: str
    name: str
    kind: str
    parent: str | None
    place: str
    entity: str | None = None
    family: str = "general"


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    number: str
    name: str
    gender: str
    birth_date: date
    id_number: str
    phone: str
    unit: str
    entity: str
    place: str
    job_family: str
    job_title: str
    grade: int
    hire_date: date
    first_work_date: date
    monthly_pay: Decimal
    is_head: bool
    exit_date: date | None = None
    exit_reason: str = ""


EXIT_REASONS = ("辞职", "辞职", "辞职", "合同到期", "协商解除", "退休")


def units() -> Iterator[UnitRow]:
    yield UnitRow(code=GROUP[0], name=GROUP[1], kind="group", parent=None, place="上海", entity="HQ")
    for code, name, _entity, family in BUSINESS_UNITS:
        yield UnitRow(
            code=code, name=name, kind="business_unit", parent=GROUP[0], place="上海", entity=code, family=family
        )
        yield from _regions(code, family)


def _regions(business_unit: str, family: str) -> Iterator[UnitRow]:
    provinces = PROVINCES[:1] if business_unit == "HQ" else PROVINCES
    for code, name, city, _district in provinces:
        region = f"{business_unit}-{code}"
        yield UnitRow(code=region, name=name, kind="region", parent=business_unit, place=city, family=family)
        for index, leaf in enumerate(LEAVES[family], start=1):
            kind = "store" if family == "store" else "department"
            leaf_name = f"{city}{leaf}"
            family_of_leaf = "finance" if leaf == "财务部" else family
            yield UnitRow(
                code=f"{region}-{index}", name=leaf_name, kind=kind, parent=region, place=city, family=family_of_leaf
            )


def people(count: int, *, seed: int, today: date) -> Iterator[PersonRow]:
    """`count` people spread over the lowest units; the first of each unit is its head."""
    rng = random.Random(seed)
    leaves = [unit for unit in units() if unit.kind in ("department", "store")]
    for index in range(count):
        yield _person(rng, index, leaves[index % len(leaves)], index < len(leaves), today)


def former_people(count: int, *, after: int, seed: int, today: date) -> Iterator[PersonRow]:
    """`count` who left within the last two years, before the product was in use: employments without a case."""
    rng = random.Random(seed + 1)
    leaves = [unit for unit in units() if unit.kind in ("department", "store")]
    for index in range(after, after + count):
        row = _person(rng, index, rng.choice(leaves), False, today - timedelta(days=800))
        left = today - timedelta(days=rng.randint(70, 730))
        yield replace(row, exit_date=left, exit_reason=rng.choice(EXIT_REASONS))


def _person(rng: random.Random, index: int, unit: UnitRow, is_head: bool, today: date) -> PersonRow:
    business_unit = unit.code.split("-")[0]
    hire_date = today - timedelta(days=int(rng.betavariate(1.1, 2.6) * 5200) + 20)
    birth_date = hire_date - timedelta(days=rng.randint(20, 42) * 365 + rng.randint(0, 364))
    gender = rng.choice(("male", "female"))
    grade = rng.choice((8, 9, 10)) if is_head else min(10, 3 + int(rng.expovariate(0.6)))
    title = "负责人" if is_head else rng.choice(TITLES[unit.family])
    return PersonRow(
        number=f"HC-{business_unit}-{hire_date.year}-{index + 101:05d}",
        name=full_name(rng),
        gender=gender,
        birth_date=birth_date,
        id_number=_id_number(index, unit, birth_date, gender),
        phone=f"199{index:08d}",
        unit=unit.code,
        entity=business_unit,
        place=unit.place,
        job_family=unit.family,
        job_title=("店长" if unit.kind == "store" else "部门经理") if is_head else title,
        grade=grade,
        hire_date=hire_date,
        first_work_date=_first_work_date(index, birth_date, hire_date),
        monthly_pay=Decimal(4000 + grade * 2200 + rng.randint(0, 30) * 100),
        is_head=is_head,
    )


def _first_work_date(index: int, born: date, hired: date) -> date:
    """A third began here; the others worked somewhere else before, at the earliest from the age of eighteen."""
    grown = born + timedelta(days=18 * 366)
    return hired if index % 3 == 0 else hired - timedelta(days=index * 7919 % (hired - grown).days)


def _id_number(index: int, unit: UnitRow, birth_date: date, gender: str) -> str:
    """A well-formed number (GB 11643, check digit included) of a person who does not exist."""
    district = next(row[3] for row in PROVINCES if row[2] == unit.place)
    return id_number(district, birth_date, sequence=500 + index % 250 * 2 + (1 if gender == "male" else 0))


def id_number(district: str, birth_date: date, *, sequence: int) -> str:
    body = f"{district}{birth_date:%Y%m%d}{sequence}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]
