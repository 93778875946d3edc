"""What a manager writes, and how the law reads it: a suggestion to HR, never a ground by itself (compliance 1.4)."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Reading:
    pattern: re.Pattern[str]
    grounds: tuple[str, ...] = ()
    """Paths that HR may look into; empty: none by itself."""
    code: str = ""
    only_in_probation: bool = False


def _reading(words: str, *grounds: str, code: str = "", only_in_probation: bool = False) -> Reading:
    pattern = re.compile(words, re.IGNORECASE)
    return Reading(pattern=pattern, grounds=grounds, code=code, only_in_probation=only_in_probation)


DISCRIMINATION, RETALIATION, SELF_MADE = "B_DISCRIMINATION", "B_RETALIATION", "W_40_3_SELF_MADE_CHANGE"

READINGS = (
    _reading(r"态度不好|工作态度|不合群|不合适", "LCL39_1", only_in_probation=True),
    _reading(r"业绩不达标|业绩差|不胜任|poor performance", "LCL40_2", "LCL36_EMPLOYER"),
    _reading(r"末位淘汰|排名最后|forced ranking", "LCL40_2"),
    _reading(r"旷工|打架|泄密|虚假报销|absen(t|ce)|fight", "LCL39_2", "LCL39_3"),
    _reading(r"(学历|履历|简历)造假|假学历|假文凭|forged (degree|diploma)", "LCL39_5"),
    _reading(
        r"架构调整|组织调整|区域撤销|业务关闭|部门撤销|reorgani[sz]",
        "LCL36_EMPLOYER",
        "LCL40_3",
        "LCL41_4",
        code=SELF_MADE,
    ),
    _reading(r"[怀备隐待]孕|孕[期妇检]|产假|二胎|结婚|哺乳|生育|pregnan|maternity", code=DISCRIMINATION),
    _reading(r"年[龄纪][偏太过较]?大|身体(不好|不行|较?差)|乙肝", code=DISCRIMINATION),
    _reading(r"(拒绝|不愿|不肯)加班"),
    _reading(r"(拒绝|不服从|不接受)调岗"),
    _reading(r"长期病假|long sick", "LCL40_1"),
    _reading(r"举报|仲裁|工会活动|参加工会|whistle|arbitrat", code=RETALIATION),
)


def read(text: str) -> list[Reading]:
    return [reading for reading in READINGS if reading.pattern.search(text)]


def suggested(text: str, *, in_probation: bool) -> list[str]:
    """Grounds worth looking into, in the order found; HR chooses and confirms."""
    found = [
        ground for reading in read(text) if in_probation or not reading.only_in_probation for ground in reading.grounds
    ]
    return list(dict.fromkeys(found))


def codes(text: str, *, ground: str = "") -> list[str]:
    """Forbidden reasons, and the warning that a reorganisation is often the employer's own choice (LCL 40(3))."""
    found = {reading.code for reading in read(text) if reading.code}
    return sorted(found if ground == "LCL40_3" else found - {SELF_MADE})
