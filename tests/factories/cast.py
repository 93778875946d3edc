"""The fixed cast of every test: one small company and the people an exit needs. Log-in names as in the demo."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ehr.access.models import RoleGrant
from ehr.access.roles import Role
from ehr.identity.models import User
from ehr.units.models import LegalEntity, OrgUnit
from employees.models import Employment

from .employees import a_contract, a_unit, employed

PASSWORD = "衡川-password-2026"  # noqa: S105

PEOPLE = {
    "leaver": ("zhou.yuanhang", "周远航", "sales_unit"),
    "head": ("gu.chengyan", "顾承砚", "sales_unit"),
    "successor": ("he.shuyao", "何书瑶", "sales_unit"),
    "hrbp": ("song.zhiwei", "宋知微", "east"),
    "hr_manager": ("shen.guanfu", "沈观复", "retail"),
    "finance": ("qin.ruogu", "秦若谷", "retail"),
    "it": ("fang.jibai", "方既白", "group"),
    "asset_clerk": ("liang.shanyue", "梁山月", "east"),
    "document_clerk": ("bai.lu", "白露", "group"),
    "gm": ("meng.huaijin", "孟怀瑾", "retail"),
    "legal": ("xie.linchuan", "谢临川", "group"),
    "group_hr": ("lu.xingjian", "陆行简", "group"),
    "auditor": ("jiang.wenyuan", "江文渊", "group"),
    "admin": ("ji.yunshu", "纪云舒", "group"),
    "stranger": ("tang.jingxing", "唐景行", "supply"),
}

ROLES = {
    "hrbp": (Role.HRBP, "east"),
    "hr_manager": (Role.HR_MANAGER, "retail"),
    "finance": (Role.FINANCE, "retail"),
    "it": (Role.IT, None),
    "asset_clerk": (Role.ASSET_CLERK, "east"),
    "document_clerk": (Role.DOCUMENT_CLERK, None),
    "gm": (Role.GENERAL_MANAGER, "retail"),
    "legal": (Role.HR_LEGAL, None),
    "group_hr": (Role.GROUP_HR, None),
    "auditor": (Role.AUDITOR, None),
    "admin": (Role.ADMIN, None),
}


@dataclass
class Cast:
    """`cast.leaver` is a user, `cast.employment["leaver"]` the employment, `cast.unit["east"]` a unit."""

    employer: LegalEntity
    unit: dict[str, OrgUnit]
    users: dict[str, User] = field(default_factory=dict)
    employment: dict[str, Employment] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["users"][name]
        except KeyError:
            raise AttributeError(name) from None


def assemble() -> Cast:
    """衡川集团 → 零售事业部 → 华东区 → 上海大客户部, and 供应链中心 for the stranger."""
    cast = Cast(*_company())
    for name, (username, display_name, unit) in PEOPLE.items():
        _join(cast, name, username, display_name, cast.unit[unit])
    for name, (role, unit) in ROLES.items():
        RoleGrant.objects.create(user=cast.users[name], role=role, unit=cast.unit[unit] if unit else None)
    _report_to_each_other(cast)
    return cast


def _company() -> tuple[LegalEntity, dict[str, OrgUnit]]:
    employer = LegalEntity.objects.create(code="HC", name="衡川集团有限公司")
    group = a_unit("衡川集团", code="HC", legal_entity=employer)
    retail = a_unit("零售事业部", code="RETAIL", parent=group, kind="business_unit")
    east = a_unit("华东区", code="EAST", parent=retail, kind="region")
    sales = a_unit("上海大客户部", code="SHKA", parent=east, place="上海")
    store = a_unit("杭州湖滨店", code="HZHB", parent=east, kind="store", place="杭州")
    supply = a_unit("供应链中心", code="SUPPLY", parent=group, kind="business_unit")
    return employer, {
        "group": group,
        "retail": retail,
        "east": east,
        "sales_unit": sales,
        "store": store,
        "supply": supply,
    }


def _join(cast: Cast, name: str, username: str, display_name: str, unit: OrgUnit) -> None:
    user = User.objects.create_user(
        username, PASSWORD, display_name=display_name, email=f"{username}@hengchuan.example"
    )
    employment = employed(
        display_name,
        unit=unit,
        user=user,
        employee_number=f"HC-2021-{len(cast.users) + 1:05d}",
        job_family="sales" if unit.code == "SHKA" else "general",
        grade_code="P6",
        place_of_performance="上海",
    )
    a_contract(employment, nth=1, start_date=date(2021, 4, 12), end_date=date(2027, 4, 11))
    cast.users[name], cast.employment[name] = user, employment


def _report_to_each_other(cast: Cast) -> None:
    for unit, head in (("sales_unit", "head"), ("retail", "gm")):
        OrgUnit.objects.filter(pk=cast.unit[unit].pk).update(head=cast.users[head])
        cast.unit[unit].refresh_from_db()
    for name in ("leaver", "successor"):
        Employment.objects.filter(pk=cast.employment[name].pk).update(line_manager=cast.employment["head"])
    Employment.objects.filter(pk=cast.employment["head"].pk).update(line_manager=cast.employment["gm"])
    for employment in cast.employment.values():
        employment.refresh_from_db()
