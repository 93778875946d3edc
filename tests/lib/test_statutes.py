"""The short names of the rules, as people cite the law."""

import pytest
from django.utils import translation

from ehr.statutes import cited


@pytest.mark.parametrize(
    ("short", "words"),
    [
        ("LCL 50", "《劳动合同法》第50条"),
        ("LCL 47(3), REG 27", "《劳动合同法》第47条(3)、《劳动合同法实施条例》第27条"),
        ("LCL 48, 87, REG 25", "《劳动合同法》第48条、《劳动合同法》第87条、《劳动合同法实施条例》第25条"),
        ("WPR 9, DAY", "《工资支付暂行规定》第9条、《关于职工全年月平均工作时间和工资折算问题的通知》"),
        ("ALR 10-12", "《职工带薪年休假条例》第10-12条"),
        ("TAX164 5(1)", "《财税〔2018〕164号通知》第5条(1)"),
        ("ISO 27001", "ISO 27001"),
        ("the policy of the company", "the policy of the company"),
        ("", ""),
    ],
)
def test_it_cites_the_law_in_words(short: str, words: str) -> None:
    with translation.override("zh-hans"):
        assert cited(short) == words


def test_it_cites_in_english_too() -> None:
    with translation.override("en"):
        assert cited("LCL 50") == "“Labour Contract Law”, art. 50"
