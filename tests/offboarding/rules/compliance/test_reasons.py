"""Compliance 1.4: what a manager writes, and how the law reads it."""

import pytest

from offboarding.rules.compliance import reasons
from tests.offboarding.rules.compliance.cases import check

ROWS = [
    # text, suggested in probation, suggested after it, codes
    ("工作态度不好", ["LCL39_1"], [], []),
    ("不合群", ["LCL39_1"], [], []),
    ("业绩不达标", ["LCL40_2", "LCL36_EMPLOYER"], ["LCL40_2", "LCL36_EMPLOYER"], []),
    ("末位淘汰", ["LCL40_2"], ["LCL40_2"], []),
    ("季度排名最后", ["LCL40_2"], ["LCL40_2"], []),
    ("旷工三天", ["LCL39_2", "LCL39_3"], ["LCL39_2", "LCL39_3"], []),
    ("虚假报销", ["LCL39_2", "LCL39_3"], ["LCL39_2", "LCL39_3"], []),
    ("泄密", ["LCL39_2", "LCL39_3"], ["LCL39_2", "LCL39_3"], []),
    ("学历造假", ["LCL39_5"], ["LCL39_5"], []),
    ("架构调整", ["LCL36_EMPLOYER", "LCL40_3", "LCL41_4"], ["LCL36_EMPLOYER", "LCL40_3", "LCL41_4"], []),
    ("怀孕", [], [], ["B_DISCRIMINATION"]),  # 妇女权益保障法 48
    ("入职时隐孕", [], [], ["B_DISCRIMINATION"]),
    ("备孕中，休完产假又要二胎", [], [], ["B_DISCRIMINATION"]),
    ("孕育新业务需要调整", [], [], []),
    ("刚结婚", [], [], ["B_DISCRIMINATION"]),
    ("还在哺乳", [], [], ["B_DISCRIMINATION"]),
    ("年龄大", [], [], ["B_DISCRIMINATION"]),
    ("年纪偏大", [], [], ["B_DISCRIMINATION"]),
    ("身体差", [], [], ["B_DISCRIMINATION"]),
    ("身体不好", [], [], ["B_DISCRIMINATION"]),
    ("乙肝携带者", [], [], ["B_DISCRIMINATION"]),
    ("拒绝加班", [], [], []),
    ("拒绝调岗", [], [], []),
    ("长期病假", ["LCL40_1"], ["LCL40_1"], []),
    ("向劳动监察举报", [], [], ["B_RETALIATION"]),  # TUL 53
    ("申请仲裁", [], [], ["B_RETALIATION"]),
    ("参加工会活动", [], [], ["B_RETALIATION"]),
]


@pytest.mark.parametrize(("text", "in_probation", "later", "codes"), ROWS)
def test_a_reason_is_read(text, in_probation, later, codes):
    assert reasons.suggested(text, in_probation=True) == in_probation
    assert reasons.suggested(text, in_probation=False) == later
    assert reasons.codes(text) == codes


@pytest.mark.parametrize("text", ["架构调整", "区域撤销", "业务关闭"])
def test_the_employers_own_choice_is_no_objective_change(text):
    """LCL 40(3)."""
    assert check("LCL40_3", reason=text).codes == ("W_40_3_SELF_MADE_CHANGE",)
    assert check("LCL36_EMPLOYER", reason=text).codes == ()


def test_a_forbidden_reason_blocks_whatever_the_ground():
    assert check("LCL39_2", reason="旷工, 而且怀孕了").codes == ("B_DISCRIMINATION",)
