from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.people import Person
from tests.journeys.product import Product, running, seeded

Enter = Callable[..., Person]


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("company")
    with seeded(folder) as url:
        yield url, folder / "static"


@pytest.fixture
def product(company: tuple[str, Path], tmp_path: Path) -> Iterator[Product]:
    """A fresh company for every story: time moves differently in each."""
    with running(*company, tmp_path) as started:
        yield started


@pytest.fixture
def enter(product: Product, browser: Browser) -> Iterator[Enter]:
    """enter("he.shuyao"): this person, at an own device, signed in through the login page."""
    people: list[Person] = []

    def come_in(username: str, *, phone: bool = False, signed_in: bool = True, zone: str = "Asia/Shanghai") -> Person:
        person = Person.at_a_device(browser, product.url, username, phone=phone, zone=zone)
        people.append(person)
        if signed_in:
            person.sign_in()
        return person

    yield come_in
    for person in people:
        person.page.context.close()
