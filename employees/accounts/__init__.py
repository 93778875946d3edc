"""Who may sign in: accounts for the people on file, one or all, and the letter that lets them in."""

from .inviting import invite
from .opening import open_account
from .running import ask_for

__all__ = ["ask_for", "invite", "open_account"]
