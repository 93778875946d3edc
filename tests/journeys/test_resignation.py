"""A resignation, from the phone of the one who leaves to the closed case, by everybody who has a part in it."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.conftest import Enter
from tests.journeys.people import Person
from tests.journeys.product import Product

PRIVATE = "yuanhang@private.example"


def test_a_resignation_is_taken_from_the_phone_to_the_closed_case(
    product: Product, enter: Enter, tmp_path: Path
) -> None:
    leaver, head = enter("zhou.yuanhang", phone=True), enter("gu.chengyan", phone=True)
    hrbp, it = enter("song.zhiwei"), enter("fang.jibai")
    hrbp.forward("快进到明早")

    files_in_three_taps(leaver, product)
    acknowledges_and_names_successor(head, leaver, successor="he.shuyao")
    hrbp.go("/inbox/")
    hrbp.shoot("inbox", 1440, 360)
    steps.signs(hrbp, leaver.name, "知悉")
    case = steps.case_address(hrbp, leaver.name)
    number = steps.employee_number(hrbp)
    hrbp.sees("进行中")
    assert product.systems.account(number) == {"active": True, "groups": ["上海大客户部"]}

    proves_private_address(leaver, product)
    items = steps.fills_handover(leaver)
    returned = steps.returns_item(head, leaver.name, "回款计划缺最近一次沟通，请补充。")
    answers_return(leaver, returned)
    head.shoot("confirm", 1440)
    for confirmer in (head, enter("he.shuyao"), enter("bai.lu"), it, enter("liang.shanyue")):
        steps.confirms_all(confirmer, leaver.name)
    steps.closes_handover(head, leaver.name)
    leaver.go("/me/")
    leaver.sees(f"{items} / {items}")
    leaver.shoot("my-exit")

    finance, clerk = enter("qin.ruogu"), enter("liang.shanyue")
    steps.finishes_track(finance, case, "settlement", "工资、加班费、未休年假一次付清")
    steps.finishes_track(clerk, case, "assets", "已全部归还")
    steps.finishes_track(hrbp, case, "social_insurance", "档案和社保已转")

    it.go("/demo/receivers/")
    it.press("统一身份（演示）：拒绝下一次请求")
    hrbp.forward("快进 30 天")
    steps.track_is(hrbp, case, "documents", "完成")
    certificate_is_genuine(leaver, tmp_path)

    leaver.go("/me/")
    hrbp.forward("快进 1 天")
    steps.effect_is(it, case, "统一身份", "失败")
    assert product.systems.account(number)["active"]
    it.shoot("case", 1440, 360)
    it.press("重试 统一身份（演示）")
    steps.effect_is(it, case, "统一身份", "已核实")
    assert product.systems.account(number) == {"active": False, "groups": []}
    steps.case_is(hrbp, case, "已办结")
    assert product.systems.letters("it-desk@demo.example")

    is_shut_out(leaver)
    comes_in_by_the_narrow_door(enter("zhou.yuanhang", phone=True, signed_in=False), product, tmp_path)


def files_in_three_taps(leaver: Person, product: Product) -> None:
    """Once to say what it is, once for the code, once to file; the rest is typing."""
    leaver.go("/")
    leaver.page.get_by_label("我提出辞职").check()
    leaver.taps += 1
    leaver.write("输入姓名签署", leaver.name)
    leaver.press("获取验证码")
    leaver.write("一次性验证码", steps.code_from_mail(product.systems, f"{leaver.username}@hengchuan.example"))
    leaver.shoot("resign")
    leaver.press("提交辞职")
    leaver.sees("谢谢您")
    assert leaver.taps <= 3


def acknowledges_and_names_successor(head: Person, leaver: Person, *, successor: str) -> None:
    steps.opens_to_do(head, leaver.name)
    head.sees("不能驳回")
    head.page.get_by_label("接手人").select_option(successor)
    head.shoot("acknowledge")
    head.press("知悉")
    expect(head.page).not_to_have_url(re.compile("/approvals/"))


def proves_private_address(leaver: Person, product: Product) -> None:
    leaver.go("/me/settings/")
    leaver.write("私人邮箱或手机号", PRIVATE)
    leaver.press("发送验证码")
    leaver.write("一次性验证码", steps.code_from_mail(product.systems, PRIVATE))
    leaver.press("验证")
    leaver.sees("已验证")


def certificate_is_genuine(leaver: Person, folder: Path) -> None:
    leaver.go("/me/")
    leaver.follow("离职证明")
    assert leaver.downloads("离职证明-周远航", folder).read_bytes().startswith(b"%PDF")
    leaver.follow("别人扫码会看到什么")
    leaver.sees("是真的，现在有效")
    leaver.sees("周**")
    leaver.shoot("verify")


def is_shut_out(leaver: Person) -> None:
    """The page was open all the time; the next request ends at the sign-in page."""
    leaver.follow("交接确认函")
    expect(leaver.page).to_have_url(re.compile("/accounts/login/"))


def comes_in_by_the_narrow_door(leaver: Person, product: Product, folder: Path) -> None:
    before = len(product.systems.letters(PRIVATE))
    leaver.go("/accounts/login/")
    leaver.follow("已离职？用验证码进入", within="body")
    leaver.write("私人邮箱", PRIVATE)
    leaver.press("获取验证码")
    leaver.write("一次性验证码", steps.code_from_mail(product.systems, PRIVATE, after=before))
    leaver.press("登录")
    assert leaver.downloads("离职证明", folder).read_bytes().startswith(b"%PDF")
    leaver.shoot("narrow-door")
    leaver.go("/me/")
    leaver.sees_not("最后工作日", within="body")


def answers_return(leaver: Person, title: str) -> None:
    leaver.go("/handovers/")
    leaver.follow(title)
    leaver.sees("缺最近一次沟通")
    leaver.shoot("returned-item")
    steps.fills_item(leaver)
