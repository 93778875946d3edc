"""What people do in every exit, in the words of the story."""

import re
from base64 import b64decode
from datetime import UTC, date, datetime, timedelta
from typing import Any

from playwright.sync_api import expect

from tests.faults.harness import until
from tests.journeys.people import Person
from tests.journeys.product import Systems

ONE_DAY = timedelta(days=1)
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
PHOTO: Any = {"name": "照片.png", "mimeType": "image/png", "buffer": PNG}
ANSWERS = {
    "progress": "已完成八成", "next_step": "下周三前与客户确认排期", "place": "共享盘/大客户部/交接", "system": "客户管理系统",
    "account": "按工号登录", "contact": "对方采购负责人", "status": "合作正常，按季度对账", "whereabouts": "工位抽屉",
}  # fmt: skip
CODE = re.compile(r"\b\d{6}\b")


def opens_to_do(person: Person, about: str) -> None:
    """From the own inbox, as the first thing of the day; it may take a moment until a to-do is there."""
    person.go("/inbox/")
    row = person.page.locator(".ui-inbox li a", has_text=about).first
    person.reloads_until(row)
    row.click()
    has_come(person, not_under="/inbox/")


def has_come(person: Person, *, not_under: str) -> None:
    """The next page is there, whole: what is counted on it from now on is all there is."""
    expect(person.page).not_to_have_url(re.compile(not_under))
    person.page.wait_for_load_state()


def is_told(person: Person, words: str) -> None:
    """The short message after a deed, which also says that the next page has come."""
    expect(person.page.locator(".ui-toast", has_text=words)).to_be_visible()
    person.page.wait_for_load_state()


def case_address(hr: Person, name: str, *, stage: str = "process") -> str:
    """Found on the board, under the stage it is in."""
    hr.go(f"/cases/?tab={stage}")
    hr.follow(name)
    expect(hr.page).to_have_url(re.compile(r"/cases/[0-9a-f-]{36}/$"))
    return hr.page.url


def employee_number(hr: Person) -> str:
    """As it stands at the top of the case that is open."""
    return hr.page.locator(".p-casehead").inner_text().split("工号")[1].split()[0]


def demo_day(person: Person, *, days: int) -> date:
    """So many days after the one that the demo's clock shows. The year is that of the machine, or the next one."""
    shown = re.search(r"(\d+)月(\d+)日", person.page.locator(".ui-demo").inner_text())
    assert shown
    today = datetime.now(UTC).date()
    day = date(today.year, int(shown[1]), int(shown[2]))
    return (day if day >= today - ONE_DAY else day.replace(year=today.year + 1)) + timedelta(days=days)


# --- The chain ------------------------------------------------------------------------------------------------
def signs(person: Person, about: str, word: str) -> None:
    opens_to_do(person, about)
    person.press(word)
    expect(person.page).not_to_have_url(re.compile("/approvals/"))


# --- The handover ---------------------------------------------------------------------------------------------
def fills_handover(leaver: Person) -> int:
    """Every item, one after the other, as the page offers them. Returns how many there were."""
    leaver.go("/handovers/")
    count = leaver.page.locator("a.ui-item[href^='?item=']").count()
    for _ in range(count):
        fills_item(leaver)
    leaver.sees("都交出去了")
    return count


def fills_item(leaver: Person, *, with_photo: bool = False) -> bool:
    """Whether a difference had to be explained."""
    form = leaver.page.locator("#item form")
    title = leaver.page.locator("#it").inner_text()
    for field in form.locator("input.form-control, textarea.form-control").all():
        field.fill(answer_to(field))
    if with_photo or form.locator(".form-hint").count():
        form.locator("input[type=file]").first.set_input_files(PHOTO)
    leaver.press(f"交给{confirmer_of(form)}确认", within="#item")
    is_told(leaver, f"已交出：{title}")
    return explains_doubt(leaver, title)


def explains_doubt(leaver: Person, title: str) -> bool:
    """Where a system knows of less than was claimed, the same page asks why."""
    form = leaver.page.locator("#item form", has=leaver.page.get_by_role("button", name="说明原因"))
    if form.count():
        form.locator("textarea").fill("系统上周以后没有更新")
        leaver.press("说明原因", within="#item")
        is_told(leaver, f"已说明：{title}")
        return True
    return False


def answer_to(field: Any) -> str:
    """A day where the template asks for one, a number where it asks for one."""
    if field.get_attribute("type") == "date":
        return "2026-12-31"
    if field.get_attribute("inputmode") == "decimal":
        return "3"
    return ANSWERS.get(field.get_attribute("name") or "", "见附件")


def confirmer_of(form: Any) -> str:
    words = form.locator("button.btn-primary").inner_text()
    return words.strip().removeprefix("交给").removesuffix("确认")


def returns_item(person: Person, about: str, why: str) -> str:
    """Returns the title of what was sent back."""
    opens_to_do(person, about)
    title = person.page.locator("#cur").inner_text()
    person.press("退回", within="#item")
    person.page.locator("#return-item textarea").fill(why)
    person.press("退回", within="#return-item footer")
    is_told(person, f"已退回：{title}")
    return title


def confirms_all(person: Person, about: str) -> None:
    """One after the other until no item waits for this person."""
    opens_to_do(person, about)
    confirm = person.page.locator("#item").get_by_role("button", name="确认", exact=True)
    while confirm.count():
        done = person.page.locator("#cur").inner_text()
        confirm.click()
        is_told(person, f"已确认：{done}")


def closes_handover(head: Person, about: str) -> None:
    opens_to_do(head, about)
    head.press("齐了，没有别的要交")
    head.press("签署")
    head.sees("打开确认函")


# --- The other work -------------------------------------------------------------------------------------------
def finishes_track(person: Person, case: str, kind: str, note: str) -> None:
    person.go(f"{case}tracks/{kind}/")
    person.write("备注", note)
    person.press("完成")
    expect(person.page.locator("main .ui-def")).to_contain_text("完成")


def track_is(hr: Person, case: str, kind: str, state: str) -> None:
    hr.go(case)
    row = hr.page.locator("#tracks tr").filter(has=hr.page.locator(f"a[href$='/tracks/{kind}/']"))
    hr.waits_until(row, state)


def effect_is(person: Person, case: str, system: str, state: str) -> None:
    """The panel moves by itself; the page is opened once."""
    person.go(case)
    row = person.page.locator("#case-effects tr").filter(has_text=system).filter(has_text="停用账号")
    expect(row).to_contain_text(state)


def case_is(person: Person, case: str, state: str) -> None:
    person.go(case)
    person.waits_until(person.page.locator(".p-casehead"), state)


def code_from_mail(systems: Systems, to: str, after: int = 0) -> str:
    """The newest one-time code in the mailbox of this address."""
    newest = until(lambda: _codes(systems.letters(to)[after:])[-1:], what=f"a letter with a code to {to}")
    return newest[0]


def _codes(letters: list[dict[str, Any]]) -> list[str]:
    return [code for letter in letters for code in CODE.findall(letter["text"])]
