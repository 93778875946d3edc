import pytest

from handover.rules.items import Field, FieldType, Kind, known_fields, problem_of_label, problems, specs
from handover.rules.progress import percent_of
from handover.rules.secrets import looks_secret


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("80%", 80), ("做到 80 ％，剩联调", 80), ("80", 80), ("八成", 80), ("已完成八成", 80), ("一半", 50), ("已完成", 100),
        ("未开始", 0), ("完成 30%", 30), ("还没做完", None), ("做到第三稿", None), ("120%", None), ("done", 100), ("", None),
    ],
)  # fmt: skip
def test_it_reads_how_far_work_is_from_the_words(text: str, percent: int | None) -> None:
    assert percent_of(text) == percent


@pytest.mark.parametrize(
    "text",
    [
        "密码：Abc123!", "口令是 hengchuan", "pwd=abc", "密码 abc12345", "账号 zhou / Sales@2026!x", "ghp_" + "a1B2" * 6,
        "postgres://app:s3cret@db:5432/x", "-----BEGIN RSA PRIVATE KEY-----", "AKIA" + "ABCD1234" * 2,
    ],
)  # fmt: skip
def test_it_knows_what_looks_like_a_password(text: str) -> None:
    assert looks_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        "密码请找 IT 重置", "zhou.yuanhang@hengchuan.example", "https://wiki.example/Page?id=3", "合同 HT-2026-0012",
        "报价 37,302.00 元", "共享盘/大客户部/Q3_报价v2.xlsx", "门禁卡 #A12", "密钥轮换交给 IT",
    ],
)  # fmt: skip
def test_it_lets_ordinary_words_through(text: str) -> None:
    assert not looks_secret(text)


def test_the_types_of_a_template_are_checked() -> None:
    extra = [
        Field(name="x_1", type=FieldType.DATE, label="回款日"),
        Field(name="x_2", type=FieldType.NUMBER, required=True, label="金额"),
    ]
    fields = specs(Kind.RELATION, extra)
    answers = {"contact": "吴总", "status": "正常", "x_1": "下周", "x_2": "三万"}

    found = {(problem.code, problem.field) for problem in problems(fields, answers, text="", nothing=False)}

    assert found == {("not_a_date", "x_1"), ("not_a_number", "x_2")}
    assert not problems(fields, answers | {"x_1": "2026-06-30", "x_2": "37,302.00"}, text="", nothing=False)


def test_a_template_can_require_a_field_of_the_kind_but_never_excuse_one() -> None:
    fields = specs(Kind.RELATION, [Field(name="special_requests"), Field(name="contact", required=False)])

    required = {field.name for field in fields if field.required}

    assert required == {"contact", "status", "special_requests"}


def test_only_known_fields_are_kept() -> None:
    assert known_fields(specs(Kind.THING), {"whereabouts": " 工位 ", "csrf": "x"}) == {
        "whereabouts": "工位",
        "condition": "",
    }


@pytest.mark.parametrize("label", ["密码", "登录口令", "API Key", "Password"])
def test_no_template_asks_for_a_password(label: str) -> None:
    assert problem_of_label(label) == "asks_for_secret"
