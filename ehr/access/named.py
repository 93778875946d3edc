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
    rows = list(given)
    if not rows:
        return
    known = _permissions({permission for _user, permission, _obj in rows}, rows[0][2])
    manager = _rows(rows[0][2])
    manager.bulk_create(
        [manager.model(user=user, permission=known[permission], content_object=obj) for user, permission, obj in rows],
        ignore_conflicts=True,
        batch_size=1000,
    )


def revoke(user: Any, permission: str, obj: Model) -> None:
    codename = str(permission).partition(".")[2]
    _rows(obj).filter(user=user, permission__codename=codename, content_object=obj).delete()


def revoke_all(user: Any, obj: Model) -> None:
    _rows(obj).filter(user=user, content_object=obj).delete()


def _rows(obj: Model) -> Any:
    grants: Any = get_obj_perms_model(obj, UserObjectPermissionBase, UserObjectPermissionBase)
    return grants.objects


def _permissions(wanted: set[str], obj: Model) -> dict[str, Permission]:
    """All in one look; one that no migration has written down yet is added."""
    codenames = {permission: str(permission).partition(".")[2] for permission in wanted}
    content_type = ContentType.objects.get_for_model(obj)
    there = Permission.objects.filter(content_type=content_type, codename__in=codenames.values())
    by_codename = {row.codename: row for row in there}
    return {one: by_codename.get(codename) or _permission(one, obj) for one, codename in codenames.items()}


def _permission(permission: str, obj: Model) -> Permission:
    codename = str(permission).partition(".")[2]
    content_type = ContentType.objects.get_for_model(obj)
    return Permission.objects.get_or_create(content_type=content_type, codename=codename, defaults={"name": codename})[
        0
    ]
