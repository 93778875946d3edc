"""A handover between people who never meet: the leaver is in another city, and nobody sits at a desk."""

from pathlib import Path

from playwright.sync_api import Page

from tests.journeys import steps
from tests.journeys.conftest import Enter
from tests.journeys.people import PHONE, Person
from tests.journeys.product import Product
from tests.journeys.test_resignation import acknowledges_and_names_successor, files_in_three_taps

AT_LEAST, RETURNED = 24, 2
WHY = "缺最近一次沟通，请补充。"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_twenty_four_items_with_photos_change_hands_on_phones_only(
    product: Product, enter: Enter, tmp_path: Path
) -> None:
    leaver = enter("zhou.yuanhang", phone=True, zone="Asia/Urumqi")
    head, hrbp = enter("gu.chengyan", phone=True), enter("song.zhiwei", phone=True)
    hrbp.forward("快进到明早")
    files_in_three_taps(leaver, product)
    acknowledges_and_names_successor(head, leaver, successor="he.shuyao")
    steps.signs(hrbp, leaver.name, "知悉")

    items = adds_until(leaver, AT_LEAST)
    explained = sum(steps.fills_item(leaver, with_photo=True) for _ in range(items))
    leaver.sees("都交出去了")
    assert explained > 0
    for _ in range(RETURNED):
        answers(leaver, steps.returns_item(head, leaver.name, WHY))

    successor = enter("he.shuyao", phone=True)
    reads_of_it_first(successor, leaver)
    confirmers = [head, successor, *(enter(name, phone=True) for name in ("bai.lu", "fang.jibai", "liang.shanyue"))]
    for confirmer in confirmers:
        steps.confirms_all(confirmer, leaver.name)
    steps.closes_handover(head, leaver.name)

    leaver.go("/me/")
    leaver.sees(f"{items} / {items}")
    leaver.follow("交接确认函")
    assert leaver.downloads(f"交接确认函-{leaver.name}", tmp_path).read_bytes().startswith(b"%PDF")
    for person in (leaver, hrbp, *confirmers):
        assert person.page.viewport_size == PHONE
        assert fits(person.page)


def adds_until(leaver: Person, count: int) -> int:
    """What the list lacks is put on it by the one who knows, until it is this long. Returns how long it is."""
    leaver.go("/handovers/")
    there = leaver.page.locator("a.ui-item[href^='?item=']").count()
    assert there > 0
    for number in range(there, count):
        leaver.go("/handovers/")
        leaver.page.locator("summary", has_text="还缺，加一项").click()
        leaver.write("还缺什么？", f"另一件事 {number}")
        leaver.page.get_by_label("属于哪一类？").select_option("relation" if number % 2 else "work_item")
        leaver.press("加到清单")
        steps.is_told(leaver, f"已添加：另一件事 {number}")
    leaver.go("/handovers/")
    return max(there, count)


def answers(leaver: Person, title: str) -> None:
    leaver.go("/handovers/")
    leaver.follow(title)
    leaver.sees(WHY)
    steps.fills_item(leaver, with_photo=True)


def reads_of_it_first(successor: Person, leaver: Person) -> None:
    """The page of whoever takes over, from their own inbox."""
    steps.opens_to_do(successor, f"看一遍要从{leaver.name}接手的工作")
    successor.sees("手上的项目")
    assert fits(successor.page)
    successor.press("我看过了")
    steps.is_told(successor, "已记下：您看过了。")


def fits(page: Page) -> bool:
    return page.evaluate(SIDEWAYS) == 0  # type: ignore[no-any-return]
