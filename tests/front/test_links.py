"""Nobody is sent to a closed door: what a page links to, its reader may open."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from tests.access.cast import sign_in
from tests.factories.cast import PEOPLE
from tests.factories.offboarding import a_resignation, approved

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

HREF = re.compile(r'<a [^>]*?href="(/[^"#]*)')
ELSEWHERE = ("/accounts/", "/static/", "/api/")


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_no_link_leads_to_a_closed_door(cast: Any, at: Any, who: str) -> None:
    approved(a_resignation(cast, at), at)

    dead = [link for link, status in walk(sign_in(cast.users[who]))]

    assert dead == []


def walk(client: Client) -> Iterator[tuple[str, int]]:
    """Each kind of page once, from where the person lands."""
    waiting, seen = [("/", "")], set()
    while waiting:
        address, came_from = waiting.pop(0)
        kind = resolve(address.partition("?")[0]).view_name
        if kind in seen or address.startswith(ELSEWHERE):
            continue
        seen.add(kind)
        answer = client.get(address, follow=True)
        if answer.status_code >= 400:
            yield f"{came_from} → {address}", answer.status_code
        elif "html" in answer.headers["Content-Type"]:
            waiting += [(link.replace("&amp;", "&"), address) for link in HREF.findall(answer.content.decode())]
