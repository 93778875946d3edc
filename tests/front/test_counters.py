"""What the navigation counts: one kept question for everybody with the same roles, an own answer for each."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ehr import counters, navigation
from ehr.access.held import held
from ehr.identity.models import User
from ehr.notices.models import Notice
from tests.factories.offboarding import a_resignation, approved

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def entry(counter: Any) -> navigation.Entry:
    return navigation.Entry(key="x", label="x", icon="inbox", url="landing", section="work", counter=counter)


def test_each_person_sees_what_their_own_rows_are(cast, at) -> None:
    approved(a_resignation(cast, at), at)
    a_resignation(cast, at, who="successor")
    counted = [one for one in navigation.entries() if one.counter]

    for user in cast.users.values():
        shown = counters.count(user, counted)
        assert {one.key: shown[f"n_{one.key}"] or 0 for one in counted} == {
            one.key: one.counter(user).count() for one in counted
        }
        assert (shown["unread"] or 0) == Notice.objects.filter(user=user).unread().count()


def test_two_with_the_same_roles_share_the_question_and_not_the_answer(cast, at) -> None:
    mine = [entry(lambda user: Notice.objects.filter(user=user))]
    Notice.objects.create(user=cast.leaver, kind="x", created_at=at)
    assert held(cast.leaver) == held(cast.successor)

    first, second = counters.count(cast.leaver, mine), counters.count(cast.successor, mine)

    assert (first["n_x"], second["n_x"]) == (1, 0)


def test_the_question_is_built_once(cast) -> None:
    built: list[User] = []
    mine = [entry(lambda user: built.append(user) or Notice.objects.filter(user=user))]

    counters.count(cast.leaver, mine)
    counters.count(cast.successor, mine)

    assert len(built) == 1


def test_other_roles_ask_another_question(cast) -> None:
    asked = [one for one in navigation.entries() if one.counter]
    with CaptureQueriesContext(connection) as statements:
        counters.count(cast.head, asked)
        counters.count(cast.it, asked)

    assert len({one["sql"] for one in statements if "identity_user" in one["sql"]}) == 2


def test_a_counter_that_reads_while_it_is_built_is_refused(cast) -> None:
    reading = [entry(lambda user: Notice.objects.filter(pk__in=list(Notice.objects.values_list("pk", flat=True))))]

    with pytest.raises(RuntimeError, match="QuerySet"):
        counters.count(cast.leaver, reading)
