"""The frame around every page."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from ehr import navigation
from ehr.access import Role
from ehr.access.models import RoleGrant
from ehr.identity.models import User
from ehr.notices.models import Notice
from ehr.shell import build_shell
from ehr.units.models import OrgUnit
from tests.access.cast import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def group() -> OrgUnit:
    return OrgUnit.objects.create(code="HC", name="衡川集团", kind=OrgUnit.Kind.GROUP)


@pytest.fixture
def store_manager(group: OrgUnit) -> User:
    unit = OrgUnit.objects.create(code="S1", name="一号店", kind=OrgUnit.Kind.STORE, parent=group)
    user = User.objects.create_user("he.shuyao", "long-enough-1", display_name="何书瑶")
    RoleGrant.objects.create(user=user, role=Role.STORE_MANAGER, unit=unit)
    return user


@pytest.fixture
def browser(store_manager: User) -> Client:
    client = Client()
    client.force_login(store_manager, backend="ehr.identity.backends.PasswordBackend")
    return client


@pytest.fixture
def only_entries() -> Iterator[dict[str, navigation.Entry]]:
    kept = dict(navigation._entries)
    navigation._entries.clear()
    yield navigation._entries
    navigation._entries.clear()
    navigation._entries.update(kept)


def request_of(user: Any, path: str = "/") -> HttpRequest:
    request = HttpRequest()
    request.user, request.path = user, path
    return request


def entry(key: str, **values: Any) -> navigation.Entry:
    standard = {"label": key, "icon": "inbox", "url": "landing", "section": "work"}
    return navigation.Entry(key=key, **{**standard, **values})


def test_the_frame_costs_the_role_grants_and_one_statement_however_much_it_counts(
    store_manager: User, only_entries: dict[str, navigation.Entry]
) -> None:
    for key in ("inbox", "second", "third"):
        navigation.register(entry(key, counter=lambda user: Notice.objects.filter(user=user)))
    user = User.objects.get(pk=store_manager.pk)
    with CaptureQueriesContext(connection) as statements:
        shell = build_shell(request_of(user))
    assert len(statements) == 2
    assert shell.company == "衡川集团"


def test_a_counter_shows_what_its_rows_are(store_manager: User, only_entries: dict[str, navigation.Entry]) -> None:
    navigation.register(entry("units", counter=lambda user: OrgUnit.objects.all()))
    assert build_shell(request_of(store_manager)).links[0].count == 2


def test_the_frame_names_the_person_by_place_and_role(store_manager: User) -> None:
    assert build_shell(request_of(store_manager)).title.startswith("一号店 ")


def test_an_entry_without_permission_is_absent(store_manager: User, only_entries: dict[str, navigation.Entry]) -> None:
    navigation.register(entry("open"))
    navigation.register(entry("closed", permission="nobody.may_do_this"))
    assert [link.key for link in build_shell(request_of(store_manager)).links] == ["open"]


def test_the_entry_with_the_longest_address_above_the_page_is_current(
    store_manager: User, only_entries: dict[str, navigation.Entry]
) -> None:
    navigation.register(entry("start"))
    navigation.register(entry("parts", url="gallery"))
    links = build_shell(request_of(store_manager, "/ui/more/")).links
    assert [link.key for link in links if link.current] == ["parts"]


def test_every_registered_entry_leads_somewhere() -> None:
    assert [reverse(one.url) for one in navigation.entries()]


def test_the_bottom_bar_has_at_most_five_places(store_manager: User, only_entries: dict[str, navigation.Entry]) -> None:
    for number in range(8):
        navigation.register(entry(f"e{number}", phone=True, order=number))
    assert [link.key for link in build_shell(request_of(store_manager)).phone] == ["e0", "e1", "e2", "e3", "e4"]


def test_the_front_door_leads_to_the_first_place_of_the_sidebar(
    browser: Client, only_entries: dict[str, navigation.Entry]
) -> None:
    navigation.register(entry("later", url="manifest", order=2))
    navigation.register(entry("first", url="gallery", order=1))
    assert browser.get("/").headers["Location"] == "/ui/"


def test_an_employee_without_an_office_begins_with_their_own_things(
    group: OrgUnit, only_entries: dict[str, navigation.Entry]
) -> None:
    leaver = User.objects.create_user("zhou.yuanhang", "long-enough-1")
    navigation.register(entry("inbox"))
    navigation.register(entry("my_exit", section="me", url="gallery"))
    assert [link.key for link in build_shell(request_of(leaver)).links] == ["my_exit", "inbox"]


def test_somebody_without_any_place_is_told_so(browser: Client, only_entries: dict[str, navigation.Entry]) -> None:
    assert "没有等您做的事" in browser.get("/").content.decode()


def test_the_gallery_is_closed_outside_the_demo(browser: Client, settings: Any) -> None:
    settings.EHR_DEMO, settings.DEBUG = False, False
    assert browser.get("/ui/").status_code == 404


def test_the_gallery_shows_every_component_in_the_demo(browser: Client, settings: Any) -> None:
    settings.EHR_DEMO = True
    page = browser.get("/ui/")
    assert page.status_code == 200
    assert "ui-ring" in page.content.decode()


def test_a_phone_can_install_the_product() -> None:
    answer = Client().get("/manifest.webmanifest").json()
    assert answer["display"] == "standalone"
    assert {icon["type"] for icon in answer["icons"]} == {"image/svg+xml", "image/png"}


def test_an_unknown_address_says_that_nothing_was_lost(browser: Client) -> None:
    page = browser.get("/no/such/page/")
    assert page.status_code == 404
    assert "您在别处填的内容都在" in page.content.decode()


def test_an_unknown_address_works_for_strangers_too() -> None:
    page = Client().get("/no/such/page/")
    assert page.status_code == 404
    assert "ui-side" not in page.content.decode()


def test_the_sign_in_page_speaks_chinese_and_english() -> None:
    assert "忘了密码" in Client().get("/accounts/login/").content.decode()
    with translation.override("en"):  # puts the test's own language back
        english = Client(headers={"accept-language": "en"}).get("/accounts/login/")
    assert "Forgot the password" in english.content.decode()


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_signup"])
def test_account_pages_wear_the_house_style(name: str) -> None:
    assert "p-login__box" in Client().get(reverse(name)).content.decode()


@pytest.mark.parametrize("name", ["account_change_password", "mfa_index", "account_logout", "account_reauthenticate"])
def test_account_pages_of_a_person_wear_the_house_style(browser: Client, name: str) -> None:
    page = browser.get(reverse(name), follow=True).content.decode()
    assert "p-login__box" in page or "ui-shell" in page


def test_nobody_signed_in_has_no_frame() -> None:
    assert "ui-side" not in Client().get("/accounts/login/").content.decode()


def test_a_leaver_has_the_handover_at_the_bottom_of_the_phone(cast: Any) -> None:
    page = sign_in(cast.leaver).get("/me/").content.decode()

    bar = page.partition('class="ui-tabbar"')[2].partition("</nav>")[0]
    assert "/handovers/" in bar


def test_the_index_of_somebody_elsewhere_is_no_part_of_the_file(cast: Any) -> None:
    """HR may open the own file from wherever they stand; the index is for who looks after that unit."""
    type(cast.employment["hrbp"]).objects.filter(pk=cast.employment["hrbp"].pk).update(unit=cast.unit["supply"])
    own, other = (f"/employees/{cast.employment[name].pk}/" for name in ("hrbp", "leaver"))
    browser = sign_in(cast.hrbp)

    assert "/risks/of/" not in browser.get(own).content.decode()
    assert "/risks/of/" in browser.get(other).content.decode()


def test_people_are_called_by_the_office_given_to_them(group: OrgUnit) -> None:
    user = User.objects.create_user("lu.xingjian")
    OrgUnit.objects.filter(pk=group.pk).update(head=user)
    for role in (Role.GENERAL_MANAGER, Role.HRBP, Role.GROUP_HR):
        RoleGrant.objects.create(user=user, role=role)

    with translation.override("en"):
        assert build_shell(request_of(user)).title.endswith("Group HR")
