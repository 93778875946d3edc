"""Permissions for one named person on one object: direct-FK rows of guardian, given and withdrawn by operations only."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model
from guardian.models import UserObjectPermissionBase
from guardian.utils import get_obj_perms_model

BATCH = 1000


class NamedGrant(UserObjectPermissionBase):
    """Base of an app's grant model; the subclass adds `content_object = ForeignKey(its model, CASCADE)`."""

    class Meta(UserObjectPermissionBase.Meta):
        abstract = True


def grant(user: Any, permission: str, obj: Model) -> None:
    _rows(obj).get_or_create(user=user, permission=_permission(permission, obj), content_object=obj)


def grant_many(given: Iterable[tuple[Any, str, Model]]) -> None:
    """(user, permission, object) of one kind of object; what is held already stays."""
    rows = list(given)
    for start in range(0, len(rows), BATCH):
        _give(rows[start : start + BATCH])


# The statement that gives a permission looks it up as well.
GIVE = """
    WITH known AS (SELECT id, codename FROM auth_permission WHERE content_type_id = %s),
    given AS (
        INSERT INTO {table} (user_id, permission_id, content_object_id)
        SELECT one.user_id, known.id, one.object_id
        FROM (VALUES {rows}) AS one (user_id, codename, object_id) JOIN known USING (codename)
        ON CONFLICT DO NOTHING
    )
    SELECT codename FROM known
"""


def _give(rows: Sequence[tuple[Any, str, Model]]) -> None:
    """One that no migration has written down yet is added."""
    model, content_type = _rows(rows[0][2]).model, ContentType.objects.get_for_model(rows[0][2])
    values = [value for user, permission, obj in rows for value in (user.pk, _codename(permission), obj.pk)]
    with connection.cursor() as cursor:
        statement = GIVE.format(table=model._meta.db_table, rows=", ".join(["(%s, %s, %s)"] * len(rows)))
        cursor.execute(statement, [content_type.pk, *values])
        known = {codename for (codename,) in cursor.fetchall()}
    for user, permission, obj in rows:
        if _codename(permission) not in known:
            grant(user, permission, obj)


def revoke(user: Any, permission: str, obj: Model) -> None:
    _rows(obj).filter(user=user, permission__codename=_codename(permission), content_object=obj).delete()


def revoke_all(user: Any, obj: Model) -> None:
    _rows(obj).filter(user=user, content_object=obj).delete()


def _rows(obj: Model) -> Any:
    grants: Any = get_obj_perms_model(obj, UserObjectPermissionBase, UserObjectPermissionBase)
    return grants.objects


def _permission(permission: str, obj: Model) -> Permission:
    content_type, codename = ContentType.objects.get_for_model(obj), _codename(permission)
    found = Permission.objects.get_or_create(content_type=content_type, codename=codename, defaults={"name": codename})
    return found[0]


def _codename(permission: str) -> str:
    return str(permission).partition(".")[2]
