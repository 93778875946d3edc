"""The short names of the rules, as people cite the law."""

import pytest
from django.utils import translation

from ehr.statutes import cited


@pytest.mark.parametrize(
    ("short", "words"),
    [
        ("LCL 50", "《劳动合同法》第50条"),
        ("LCL 47(3), REG 27", "《劳动合同法》第47条第3款、《劳动合同法实施条例》第27条"),
        ("LCL 48, 87, REG 25", "《劳动合同法》第48条、《劳动合同法》第87条、《劳动合同法实施条例》第25条"),
        (
            "LCL 40(2), JI1 44",
            "《劳动合同法》第40条第2项、《最高人民法院关于审理劳动争议案件适用法律问题的解释（一）》第44条",
        ),
        ("LCL 68-72, 58", "《劳动合同法》第68-72条、《劳动合同法》第58条"),
        ("妇女权益保障法 48, 就业促进法 3", "《妇女权益保障法》第48条、《就业促进法》第3条"),
        ("WPR 9, DAY", "《工资支付暂行规定》第9条、《关于职工全年月平均工作时间和工资折算问题的通知》"),
        ("ALR 10-12", "《职工带薪年休假条例》第10-12条"),
        ("TAX164 5(1)", "《财税〔2018〕164号通知》第5条第1项"),
        ("调解仲裁法 47, 49", "《劳动争议调解仲裁法》第47条、《劳动争议调解仲裁法》第49条"),
        ("民事诉讼法 171", "《民事诉讼法》第171条"),
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
