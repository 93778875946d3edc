"""A dismissal by the manager: decided in four steps, quiet until the person was told, served, and closed."""

import re

from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.conftest import Enter
from tests.journeys.people import Person
from tests.journeys.product import Product

FACTS = "三次未按规定报备客户折扣，造成损失，已两次书面警告并由本人签收。"


def test_a_dismissal_stays_quiet_until_the_person_is_told_and_ends_closed(product: Product, enter: Enter) -> None:
    manager, leaver = enter("gu.chengyan"), enter("zhou.yuanhang", phone=True)
    hr_manager, finance = enter("shen.guanfu"), enter("qin.ruogu")
    general_manager = enter("meng.huaijin", phone=True)
    hr_manager.forward("快进到明早")

    asks_for_dismissal(manager, leaver, last_day=steps.demo_day(hr_manager, days=7).isoformat())
    knows_nothing(leaver)
    for approver in (manager, hr_manager, finance, general_manager):
        steps.signs(approver, leaver.name, "同意")
        knows_nothing(leaver)
    case = steps.case_address(hr_manager, leaver.name)
    number = steps.employee_number(hr_manager)
    hr_manager.sees("静默中")
    hr_manager.shoot("quiet-case", 1440)

    steps.track_is(hr_manager, case, "assets", "静默")
    cannot_serve_before_the_union_was_told(hr_manager, case)
    steps.finishes_track(hr_manager, case, "union_notice", "工会已书面回复，无异议")
    serves_in_person(hr_manager, case)
    leaver.go("/me/")
    leaver.sees("最后工作日")

    steps.fills_handover(leaver)
    papers, it, assets = enter("bai.lu"), enter("fang.jibai"), enter("liang.shanyue")
    for confirmer in (manager, papers, it, assets):
        steps.confirms_all(confirmer, leaver.name)
    steps.closes_handover(manager, leaver.name)
    steps.finishes_track(finance, case, "settlement", "工资和未休年假一次付清")
    steps.finishes_track(assets, case, "assets", "已全部归还")
    steps.finishes_track(hr_manager, case, "social_insurance", "档案和社保已转")

    hr_manager.forward("快进 7 天")
    seals_certificate(papers, leaver)
    hr_manager.forward("快进 1 天")
    steps.case_is(hr_manager, case, "已办结")
    assert product.systems.account(number) == {"active": False, "groups": []}
    leaver.go("/me/")
    expect(leaver.page).to_have_url(re.compile("/accounts/login/"))


PAPERS = {
    "E_RULEBOOK": "员工手册",
    "E_RULE_DEMOCRATIC": "职代会纪要",
    "E_RULE_PUBLICITY": "签收单",
    "E_MISCONDUCT_FACTS": "书面警告",
}


def asks_for_dismissal(manager: Person, leaver: Person, *, last_day: str) -> None:
    """Through the steps of the wizard, each paper dated a day after the one before it."""
    manager.go("/cases/new/")
    manager.follow(leaver.name)
    manager.page.get_by_label("离职类型").select_option("dismissal")
    manager.write("事实", FACTS)
    manager.press("保存，下一步")
    manager.page.get_by_label("严重违反规章制度").check()
    manager.press("保存，下一步")
    for age, paper in zip((12, 11, 10, 9), PAPERS, strict=True):
        adds_paper(manager, paper, dated=steps.demo_day(manager, days=-age).isoformat())
    manager.shoot("dismissal", 1440)
    manager.page.locator("ol.ui-steps").get_by_role("link", name="日期").click()
    manager.write("最后工作日", last_day)
    manager.press("保存，下一步")
    manager.page.locator("ol.ui-steps").get_by_role("link", name="确认").click()
    manager.press("提交审批")
    steps.is_told(manager, "已提交审批")


def adds_paper(manager: Person, paper: str, *, dated: str) -> None:
    form = manager.page.locator(f"section[aria-labelledby='p-{paper}'] form")
    form.locator("input[name=dated]").fill(dated)
    form.locator("input[name=file]").set_input_files({**steps.PHOTO, "name": f"{PAPERS[paper]}.png"})
    form.locator("button[type=submit]").click()
    expect(manager.page.locator(f"section[aria-labelledby='p-{paper}'] .ui-file")).to_be_visible()


def knows_nothing(leaver: Person) -> None:
    leaver.go("/me/")
    leaver.sees("没有提出离职")
    for path in ("/inbox/", "/notices/", "/documents/", "/handovers/"):
        leaver.go(path)
        leaver.sees_not("辞退")
        leaver.sees_not("离职证明")


def cannot_serve_before_the_union_was_told(hr: Person, case: str) -> None:
    serves_in_person(hr, case, refused=True)
    hr.sees("工会")


def serves_in_person(hr: Person, case: str, *, refused: bool = False) -> None:
    hr.go(case)
    hr.follow("登记送达")
    day = steps.demo_day(hr, days=0).isoformat()
    hr.page.get_by_label("送达方式").select_option("in_person")
    hr.page.get_by_label("交付或寄出日").fill(day)
    hr.page.get_by_label("送达结果").select_option("delivered")
    hr.page.get_by_label("结果日期").fill(day)
    hr.page.get_by_label("文件证明什么").select_option("signed_receipt")
    hr.page.locator("main input[type=file]").set_input_files(
        {"name": "送达回执.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 receipt"}
    )
    hr.press("登记送达")
    hr.sees("没有送达本人的证明" if refused else "送达日")


def seals_certificate(clerk: Person, leaver: Person) -> None:
    steps.opens_to_do(clerk, leaver.name)
    clerk.press("用印并签发")
    clerk.sees("用印后的文件")
