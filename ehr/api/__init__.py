"""What every API view of the product shares. Import from here: `from ehr.api import ApiView, ListView, …`."""

from ehr.api.authentication import BearerTokenAuthentication, SessionAuthentication
from ehr.api.checking import StrictSerializer, checked, understood
from ehr.api.fields import Masked
from ehr.api.pagination import CursorPagination
from ehr.api.views import EVERYBODY, ApiView, DetailView, ListView

__all__ = [
    "EVERYBODY",
    "ApiView",
    "BearerTokenAuthentication",
    "CursorPagination",
    "DetailView",
    "ListView",
    "Masked",
    "SessionAuthentication",
    "StrictSerializer",
    "checked",
    "understood",
]
