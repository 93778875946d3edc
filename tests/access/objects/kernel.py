from typing import Any

from django.core.files.base import ContentFile

from ehr import notices
from ehr.access.models import RoleGrant
from ehr.crypto.models import DataKey
from ehr.identity.models import ApiToken, Contact
from ehr.lib.ids import uuid7
from tests.access.world import World


def unit(world: World, side: str) -> dict[str, Any]:
    return {"pk": world.unit(side).pk}


def legal_entity(world: World, side: str) -> dict[str, Any]:
    return {"pk": world.cast.employer.pk}


def sealed_entity(world: World, side: str) -> dict[str, Any]:
    world.cast.employer.seal.save("seal.png", ContentFile(b"a seal"))
    return {"pk": world.cast.employer.pk}


def role_grant(world: World, side: str) -> dict[str, Any]:
    user = world.cast.users[world.about(side)]
    return {"pk": RoleGrant.objects.create(user=user, role="finance", unit=world.unit(side)).pk}


def notice(world: World, side: str) -> dict[str, Any]:
    user = world.cast.users[world.about(side)]
    return {"pk": notices.tell([user], kind="performance.feedback", at=world.at)[0].pk}


def contact(world: World, side: str) -> dict[str, Any]:
    user = world.cast.users[world.about(side)]
    fields = {"kind": "email", "value": f"{uuid7()}@example.com", "data_key": DataKey.issue(), "created_at": world.at}
    return {"pk": Contact.objects.create(user=user, **fields).pk}


def token(world: World, side: str) -> dict[str, Any]:
    user = world.cast.users[world.about(side)]
    return {"pk": ApiToken.issue(user=user, at=world.at)[0].pk}


def email_key(world: World, side: str) -> dict[str, Any]:
    return {"key": "any"}


def reset_key(world: World, side: str) -> dict[str, Any]:
    return {"uidb36": "1", "key": "any-key"}


def calendar_day(world: World, side: str) -> dict[str, Any]:
    from ehr.units.calendars import CalendarDay

    return {"pk": CalendarDay.objects.create(date=world.at.date(), is_workday=False, note="司庆").pk}
