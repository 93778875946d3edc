"""The people who sign in to the demo, as in the screens of the manual, placed in the fictional company."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ehr.access.roles import Role

PASSWORD = "hengchuan-2026"  # noqa: S105 - printed on the sign-in page of the demo
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - the same for the whole cast, so that a demo can be tried

TEAM, HR, FINANCE, TECH, ADMIN = "HOM-SH-1", "HQ-SH-1", "HQ-SH-2", "HQ-SH-3", "HQ-SH-4"


@dataclass(frozen=True, kw_only=True)
class Member:
    """`roles` are (role, unit code or None for the whole group); `heads` are unit codes."""

    username: str
    name: str
    unit: str
    job_title: str
    job_family: str = "general"
    grade: int = 6
    hire_date: date = date(2018, 3, 12)
    reports_to: str = ""
    heads: Sequence[str] = ()
    roles: Sequence[tuple[Role, str | None]] = field(default=())


CAST: tuple[Member, ...] = (
    Member(
        username="meng.huaijin",
        name="孟怀瑾",
        unit="HOM",
        job_title="总经理",
        grade=10,
        hire_date=date(2009, 5, 4),
        heads=["HOM", "HOM-SH"],
        roles=[(Role.GENERAL_MANAGER, "HOM")],
    ),
    Member(
        username="gu.chengyan",
        name="顾承砚",
        unit=TEAM,
        job_title="部门经理",
        job_family="sales",
        grade=8,
        hire_date=date(2014, 7, 1),
        reports_to="meng.huaijin",
        heads=[TEAM],
    ),
    Member(
        username="zhou.yuanhang",
        name="周远航",
        unit=TEAM,
        job_title="大客户经理",
        job_family="sales",
        grade=7,
        hire_date=date(2019, 3, 11),
        reports_to="gu.chengyan",
    ),
    Member(
        username="he.shuyao",
        name="何书瑶",
        unit=TEAM,
        job_title="销售主管",
        job_family="sales",
        hire_date=date(2020, 9, 1),
        reports_to="gu.chengyan",
    ),
    Member(
        username="song.zhiwei",
        name="宋知微",
        unit=HR,
        job_title="人事主管",
        reports_to="lu.xingjian",
        roles=[(Role.HRBP, "HOM")],
    ),
    Member(
        username="shen.guanfu",
        name="沈观复",
        unit=HR,
        job_title="HR 经理",
        grade=8,
        reports_to="lu.xingjian",
        roles=[(Role.HR_MANAGER, None), (Role.HRBP, None)],
    ),
    Member(
        username="qin.ruogu",
        name="秦若谷",
        unit=FINANCE,
        job_title="财务经理",
        job_family="finance",
        grade=8,
        heads=[FINANCE],
        roles=[(Role.FINANCE, None)],
    ),
    Member(
        username="fang.jibai",
        name="方既白",
        unit=TECH,
        job_title="信息技术主管",
        job_family="rnd",
        heads=[TECH],
        roles=[(Role.IT, None)],
    ),
    Member(
        username="liang.shanyue",
        name="梁山月",
        unit=ADMIN,
        job_title="行政专员",
        grade=4,
        roles=[(Role.ASSET_CLERK, None)],
    ),
    Member(
        username="bai.lu", name="白露", unit=ADMIN, job_title="文书专员", grade=4, roles=[(Role.DOCUMENT_CLERK, None)]
    ),
    Member(
        username="xie.linchuan",
        name="谢临川",
        unit=ADMIN,
        job_title="法务经理",
        grade=8,
        heads=[ADMIN],
        roles=[(Role.HR_LEGAL, None)],
    ),
    Member(
        username="lu.xingjian",
        name="陆行简",
        unit=HR,
        job_title="集团人力总监",
        grade=10,
        hire_date=date(2010, 2, 1),
        heads=["HC", "HQ", "HQ-SH", HR],
        roles=[(Role.GROUP_HR, None), (Role.GENERAL_MANAGER, None)],
    ),
    Member(
        username="jiang.wenyuan", name="江文渊", unit="HQ", job_title="内审经理", grade=8, roles=[(Role.AUDITOR, None)]
    ),
    Member(
        username="ji.yunshu",
        name="纪云舒",
        unit=TECH,
        job_title="系统管理员",
        job_family="rnd",
        reports_to="fang.jibai",
        roles=[(Role.ADMIN, None)],
    ),
    Member(
        username="tang.jingxing", name="唐景行", unit="SUP-ZJ-1", job_title="运营专员", job_family="operations", grade=4
    ),
)
