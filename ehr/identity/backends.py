"""Who may become somebody, and by which door. Django asks the backend of the session again at every request."""

from typing import Any

from django.contrib.auth.backends import BaseBackend, ModelBackend

from ehr import clock

DOOR = "ehr.identity.backends.DoorBackend"


class PasswordBackend(ModelBackend):
    """The ordinary sign-in, closed for people who left."""

    def user_can_authenticate(self, user: Any) -> bool:
        return bool(user.has_full_access)


class DoorBackend(BaseBackend):
    """The narrow door. It never checks passwords: ehr.identity.door signs in with a one-time code."""

    def get_user(self, user_id: Any) -> Any:
        from ehr.identity.models import User

        user = User.objects.filter(pk=user_id).first()
        return user if user is not None and user.may_use_door(clock.now()) else None
