"""The company of the tests with one signed-in browser per actor. Built once for all requests of the matrix."""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from ehr import access
from ehr.access.roles import Role
from ehr.identity.backends import DOOR
from ehr.identity.models import User
from ehr.identity.operations import enrol_totp
from ehr.units.models import OrgUnit
from tests.access.cast import a_user, sign_in
from tests.factories.cast import PASSWORD, assemble

FROM_CAST = {
    "subject": "leaver",
    "colleague": "successor",
    "head": "head",
    "hrbp": "hrbp",
    "hr_manager": "hr_manager",
    "hr_legal": "legal",
    "group_hr": "group_hr",
    "finance": "finance",
    "it": "it",
    "asset_clerk": "asset_clerk",
    "document_clerk": "document_clerk",
    "general_manager": "gm",
    "auditor": "auditor",
    "admin": "admin",
    "stranger": "stranger",
}


@dataclass
class World:
    """`world.cast` the company; `world.user["hrbp"]` a user; `world.made` what objects/*.py keep between requests."""

    cast: Any
    at: Any
    user: dict[str, User] = field(default_factory=dict)
    client: dict[str, Client] = field(default_factory=dict)
    made: dict[Any, Any] = field(default_factory=dict)

    def about(self, side: str) -> str:
        """Whom of the cast the object is about: name of the cast for cast.users and cast.employment."""
        return "leaver" if side == "own" else "stranger"

    def unit(self, side: str) -> OrgUnit:
        return self.cast.unit["sales_unit" if side == "own" else "supply"]  # type: ignore[no-any-return]

    def once(self, key: str, side: str, make: Any) -> Any:
        if (key, side) not in self.made:
            self.made[key, side] = make()
        return self.made[key, side]


def build(at: Any) -> World:
    world = World(cast=assemble(), at=at)
    world.user = {actor: world.cast.users[name] for actor, name in FROM_CAST.items()}
    world.user["store_manager"] = a_user("store.manager")
    world.user["store_manager"].set_password(PASSWORD)
    world.user["store_manager"].save()
    OrgUnit.objects.filter(pk=world.cast.unit["store"].pk).update(head=world.user["store_manager"])
    world.user["former"] = a_user("former.colleague", **{Role.HR_MANAGER: None})
    world.user["former"].close_access(at=at)
    for actor, user in world.user.items():
        if access.is_privileged(user):
            enrol_totp(user)
        world.client[actor] = sign_in(user) if actor != "former" else _through_the_door(user)
    world.client["anonymous"] = Client()
    return world


def _through_the_door(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=DOOR)
    return client
