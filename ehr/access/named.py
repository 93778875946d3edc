"""Permissions for one named person on one object: direct-FK rows of guardian, given and withdrawn by operations only."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from guardian.models import UserObjectPermissionBase
from guardian.utils import get_obj_perms_model


class NamedGrant(UserObjectPermissionBase):
    """Base of an app's grant model; the subclass adds `content_object = ForeignKey(its model, CASCADE)`."""

    class Meta(UserObjectPermissionBase.Meta):
        abstract = True


def grant(user: Any, permission: str, obj: Model) -> None:
    _rows(obj).get_or_create(user=user, permission=_permission(permission, obj), content_object=obj)


def grant_many(given: Iterable[tuple[Any, str, Model]]) -> None:
    """(user, permission, object) of one kind of object; what is held already stays."""
    permissions: dict[str, Permission] = {}
    rows = []
    for user, permission, obj in given:
        known = permissions.get(permission) or permissions.setdefault(permission, _permission(permission, obj))
        rows.append((obj, {"user": user, "permission": known, "content_object": obj}))
    if rows:
        manager = _rows(rows[0][0])
        manager.bulk_create([manager.model(**row) for _obj, row in rows], ignore_conflicts=True, batch_size=1000)


def revoke(user: Any, permission: str, obj: Model) -> None:
    codename = str(permission).partition(".")[2]
    _rows(obj).filter(user=user, permission__codename=codename, content_object=obj).delete()


def revoke_all(user: Any, obj: Model) -> None:
    _rows(obj).filter(user=user, content_object=obj).delete()


def _rows(obj: Model) -> Any:
    grants: Any = get_obj_perms_model(obj, UserObjectPermissionBase, UserObjectPermissionBase)
    return grants.objects


def _permission(permission: str, obj: Model) -> Permission:
    codename = str(permission).partition(".")[2]
    content_type = ContentType.objects.get_for_model(obj)
    return Permission.objects.get_or_create(content_type=content_type, codename=codename, defaults={"name": codename})[
        0
    ]
