"""What an employee file may hold: the fields, the names people give them, and which of them are covered up."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Column:
    key: str
    kind: str
    names: tuple[str, ...]
    is_sensitive: bool = False


def column(key: str, kind: str, names: str, *, is_sensitive: bool = False) -> Column:
    return Column(key=key, kind=kind, names=tuple(names.split()), is_sensitive=is_sensitive)


COLUMNS: tuple[Column, ...] = (
    column(
        "employee_number",
        "number",
        "工号 员工号 员工编号 员工工号 人员编号 职工号 employeenumber employeeid empid empno staffid staffno number",
    ),
    column("name", "text", "姓名 员工姓名 名字 人员姓名 name fullname employeename staffname"),
    column(
        "id_number",
        "id_number",
        "身份证号 身份证 身份证号码 证件号 证件号码 公民身份号码 idnumber idcard nationalid",
        is_sensitive=True,
    ),
    column("gender", "gender", "性别 gender sex"),
    column(
        "birth_date", "date", "出生日期 生日 出生年月日 出生年月 birthdate dateofbirth dob birthday", is_sensitive=True
    ),
    column(
        "phone",
        "phone",
        "手机 手机号 手机号码 电话 联系电话 联系方式 mobile phone phonenumber mobilephone",
        is_sensitive=True,
    ),
    column(
        "work_email",
        "email",
        "公司邮箱 企业邮箱 工作邮箱 办公邮箱 workemail companyemail officeemail corporateemail businessemail",
    ),
    column("personal_email", "email", "邮箱 个人邮箱 电子邮箱 电子邮件 email personalemail mail", is_sensitive=True),
    column(
        "bank_account",
        "account",
        "银行卡号 银行账号 工资卡 工资卡号 bankaccount bankcard accountnumber",
        is_sensitive=True,
    ),
    column("unit", "text", "组织 组织路径 所属组织 组织机构 机构 unit orgunit orgpath organization organisation"),
    column("business_unit", "text", "事业部 业务单元 板块 bu businessunit division"),
    column("region", "text", "大区 区域 片区 region area"),
    column("department", "text", "部门 所属部门 科室 department dept departmentname"),
    column("store", "text", "门店 店铺 店名 所属门店 store storename shop"),
    column("employer", "text", "用人单位 劳动合同主体 合同主体 签约公司 公司 法人公司 employer legalentity company"),
    column(
        "place_of_performance",
        "text",
        "工作地 工作地点 工作城市 城市 履行地 city workplace worklocation location cityname",
    ),
    column("job_family", "family", "岗位序列 职族 序列 岗位族 职位族 jobfamily family"),
    column("job_title", "text", "岗位 职位 职务 岗位名称 职位名称 jobtitle title position"),
    column("grade", "text", "职级 级别 岗级 grade joblevel level"),
    column(
        "line_manager",
        "text",
        "直属领导 直属上级 上级 直接上级 汇报对象 主管 上级工号 linemanager manager managerid supervisor reportsto",
    ),
    column(
        "hire_date",
        "date",
        "入职日期 入职时间 入司日期 入职日 到岗日期 hiredate joindate startdate dateofhire orighiredate",
    ),
    column(
        "probation_end_date",
        "probation",
        "试用期 试用期止 试用期结束 试用期到期 转正日期 试用期截止日期 probation probationend probationenddate",
    ),
    column("contract_kind", "contract_kind", "合同类型 合同期限类型 劳动合同类型 contracttype contractkind"),
    column(
        "contract_start", "date", "合同开始 合同起 合同起始日期 合同开始日期 合同起始 contractstart contractstartdate"
    ),
    column(
        "contract_end",
        "contract_end",
        "合同到期 合同止 合同结束 合同终止日期 合同到期日 合同结束日期 合同截止 contractend contractenddate",
    ),
    column("contract_nth", "integer", "合同次数 签订次数 第几次合同 contractnth contractcount"),
    column(
        "first_work_date",
        "month_or_date",
        "参加工作时间 参加工作日期 参加工作年月 首次工作日期 首次参加工作时间 工龄起算日 工龄起算日期 firstworkdate firstdayofwork",
    ),
    column(
        "relation",
        "relation",
        "用工形式 用工性质 用工类型 用工类别 用工方式 用工关系 员工类型 员工类别 workrelation employmenttype employeetype workertype",
    ),
    column("work_time_system", "work_time", "工时制 工时制度 worktimesystem workinghours"),
    column("retirement_category", "retirement", "退休类别 retirementcategory"),
    column("union_role", "union", "工会职务 unionrole"),
    column("leave_balance_days", "days", "年假余额 年休假余额 剩余年假 leavebalance leavebalancedays annualleave"),
    column(
        "base_pay", "money", "月薪 工资 基本工资 月工资 薪资 月薪标准 basepay salary monthlypay wage", is_sensitive=True
    ),
    column("status", "status", "状态 在职状态 员工状态 人员状态 status employmentstatus"),
    column("exit_date", "date", "离职日期 离职时间 离职日 解除日期 exitdate terminationdate leavedate lastday"),
    column("exit_reason", "text", "离职原因 离职类型 exitreason terminationreason leavereason termreasondesc"),
)

BY_KEY = {one.key: one for one in COLUMNS}
IGNORE = ""

UNIT_LEVELS = (
    ("business_unit", "business_unit"),
    ("region", "region"),
    ("store", "store"),
    ("department", ""),
)


def squeeze(header: str) -> str:
    """'入职日期（必填）*' → '入职日期', 'Hire_Date' → 'hiredate'."""
    without_hints = re.sub(r"[（(\[【].*?[)）\]】]", "", header.lower())
    return re.sub(r"[^0-9a-z\u3400-\u9fff]", "", without_hints)


def recognise(header: str, *, pinyin: Callable[[str], str]) -> str:
    """Key of the field, or '' when nothing is close enough: exact name, pinyin, then a name inside the header."""
    text = squeeze(header)
    if not text:
        return IGNORE
    return _exact(text) or _spelt(text, pinyin) or _inside(text)


def propose(headers: Iterable[str], *, pinyin: Callable[[str], str]) -> list[str]:
    """One key per header; a field is given once, to the first header that asks for it."""
    taken: set[str] = set()
    keys = []
    for header in headers:
        key = recognise(header, pinyin=pinyin)
        keys.append(key if key not in taken else IGNORE)
        taken.add(key)
    return keys


def _exact(text: str) -> str:
    return NAMES.get(text, IGNORE)


def _spelt(text: str, pinyin: Callable[[str], str]) -> str:
    if not text.isascii():
        return IGNORE
    return next((key for name, key in NAMES.items() if not name.isascii() and pinyin(name) == text), IGNORE)


def _inside(text: str) -> str:
    """Longest known Chinese name inside the header: '本人手机号码' → phone. Short ones say too little."""
    inside = [name for name in NAMES if not name.isascii() and len(name) >= 3 and name in text]
    return NAMES[max(inside, key=len)] if inside else IGNORE


NAMES = {name: one.key for one in COLUMNS for name in one.names}
