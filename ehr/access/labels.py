"""Words for roles; the rules only know codes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from ehr.access.roles import Role

ROLE_LABELS = {
    Role.EMPLOYEE: _("Employee"),
    Role.HEAD: _("Unit head"),
    Role.STORE_MANAGER: _("Store manager"),
    Role.HRBP: _("HR business partner"),
    Role.HR_MANAGER: _("HR manager"),
    Role.HR_LEGAL: _("HR legal"),
    Role.GROUP_HR: _("Group HR"),
    Role.FINANCE: _("Finance"),
    Role.IT: _("IT"),
    Role.ASSET_CLERK: _("Asset clerk"),
    Role.DOCUMENT_CLERK: _("Document clerk"),
    Role.GENERAL_MANAGER: _("General manager"),
    Role.AUDITOR: _("Auditor"),
    Role.ADMIN: _("Administrator"),
    Role.LEAVER: _("Former employee"),
}


def in_words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**params, "role": ROLE_LABELS[Role(params["role"])]}
