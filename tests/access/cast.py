"""People for tests of access: users with roles, signed in as the product would sign them in."""

from typing import Any

from django.test import Client
from rest_framework.test import APIClient

from ehr.access.models import RoleGrant
from ehr.access.roles import Role
from ehr.identity.models import User
from ehr.identity.sessions import FACTOR
from ehr.units.models import OrgUnit


def a_user(username: str, **roles: OrgUnit | None) -> User:
    """`a_user("song.zhiwei", hrbp=east)`; a role without a unit: `auditor=None`."""
    user = User.objects.create_user(username, display_name=username)
    for role, unit in roles.items():
        RoleGrant.objects.create(user=user, role=Role(role), unit=unit)
    return user


def sign_in(user: User, client: Client | None = None) -> Client:
    """An ordinary session in which the second factor was shown."""
    client = client or Client()
    client.force_login(user, backend="ehr.identity.backends.PasswordBackend")
    session = client.session
    session[FACTOR] = True
    session.save()
    return client


def api_client(user: User, **options: Any) -> APIClient:
    """A caller of the API as this user. Give `HTTP_IDEMPOTENCY_KEY=…` on unsafe calls."""
    client = APIClient(**options)
    client.force_authenticate(user)
    return client
