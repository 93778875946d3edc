"""What a browser asks for until a page is complete: the page and the parts that it loads by themselves."""

import re
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

SLOT = re.compile(r'hx-get="([^"]+)"[^>]*hx-trigger="load')


def first_paint(browser: Any, path: str) -> None:
    page = browser.get(path)
    assert page.status_code == 200, page.status_code
    for slot in SLOT.findall(page.content.decode()):
        part = browser.get(slot, headers={"HX-Request": "true"})
        assert part.status_code == 200, part.status_code


def statements(browser: Any, path: str) -> int:
    """A page that is read writes nothing."""
    first_paint(browser, path)  # what is kept in memory is loaded by the first visit
    with CaptureQueriesContext(connection) as queries:
        first_paint(browser, path)
    assert not [one["sql"] for one in queries if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    return len(queries)
