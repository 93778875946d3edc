"""Somebody who programs nothing changes an approval chain; running exits keep the chain they began with."""

import re

from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.conftest import Enter
from tests.journeys.people import Person
from tests.journeys.product import Product
from tests.journeys.test_resignation import files_in_three_taps

STEP = "销售总监面谈"


def test_a_step_is_added_by_form_fields_and_only_new_exits_take_it(product: Product, enter: Enter) -> None:
    administrator, second = enter("ji.yunshu"), enter("lu.xingjian")
    first_leaver, next_leaver = enter("zhou.yuanhang", phone=True), enter("he.shuyao", phone=True)
    hrbp = enter("song.zhiwei")
    hrbp.forward("快进到明早")

    files_in_three_taps(first_leaver, product)
    adds_step(administrator)
    publishes(second)
    files_in_three_taps(next_leaver, product)

    old = steps.case_address(hrbp, first_leaver.name, stage="waiting")
    hrbp.sees("第 1 版")
    hrbp.sees_not(STEP)
    new = steps.case_address(hrbp, next_leaver.name, stage="waiting")
    hrbp.sees("第 2 版")
    hrbp.sees(STEP)

    head = enter("gu.chengyan")
    steps.signs(head, first_leaver.name, "知悉")
    steps.signs(hrbp, first_leaver.name, "知悉")
    steps.case_is(hrbp, old, "进行中")

    steps.signs(head, next_leaver.name, "知悉")
    steps.signs(hrbp, next_leaver.name, "知悉")
    steps.case_is(hrbp, new, "待确认")
    hrbp.go("/cases/")
    hrbp.shoot("board", 1440, 360)
    steps.signs(enter("meng.huaijin"), next_leaver.name, "知悉")
    steps.case_is(hrbp, new, "进行中")


def adds_step(administrator: Person) -> None:
    page = administrator.page
    administrator.go("/settings/chains/")
    page.locator("tr", has_text="辞职").first.get_by_role("link").first.click()
    administrator.press("修改")
    page.get_by_role("link", name="在这里加一步").last.click()
    administrator.write("步骤名称", STEP)
    page.get_by_label("谁来批").select_option("general_manager")
    page.get_by_label("什么时候才走这一步").select_option("grade")
    page.get_by_label("比较").first.select_option("gte")
    page.get_by_label("值").first.fill("6")
    administrator.write("期限（工作日）", "2")
    page.get_by_label("本人不在时可由代理人签").check()
    administrator.shoot("chain", 1440)
    administrator.press("保存这一步")
    administrator.sees(STEP)
    administrator.write("改了什么，为什么", "六级以上由总经理见一面")
    administrator.press("交给另一个人复核")
    administrator.sees_not("发布第 2 版")


def publishes(second: Person) -> None:
    second.go("/settings/chains/")
    second.page.locator("tr", has_text="辞职").first.get_by_role("link").first.click()
    second.sees(STEP)
    second.press("发布第 2 版")
    expect(second.page.locator(".ui-toast")).to_have_text(re.compile("新"))
