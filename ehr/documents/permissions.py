from enum import StrEnum

from ehr.access.roles import Role, Scope


class Permission(StrEnum):
    VIEW_DOCUMENTS = "documents.view_documents"
    RELEASE_DOCUMENTS = "documents.release_documents"
    REVOKE_DOCUMENTS = "documents.revoke_documents"
    MANAGE_RELEASES = "documents.manage_releases"
    MANAGE_SIGNING = "documents.manage_signing"
    VIEW_TEXTS = "documents.view_texts"
    EDIT_TEXTS = "documents.edit_texts"
    PUBLISH_TEXTS = "documents.publish_texts"


P = Permission
_TEXTS = {P.VIEW_TEXTS: Scope.ALL, P.EDIT_TEXTS: Scope.ALL, P.PUBLISH_TEXTS: Scope.ALL}
GRANTS: dict[Role, dict[Permission, Scope]] = {
    Role.EMPLOYEE: {P.VIEW_DOCUMENTS: Scope.OWN},
    Role.LEAVER: {P.VIEW_DOCUMENTS: Scope.OWN},
    Role.HRBP: {P.VIEW_DOCUMENTS: Scope.UNIT, P.VIEW_TEXTS: Scope.ALL},
    Role.HR_MANAGER: {P.VIEW_DOCUMENTS: Scope.UNIT, P.REVOKE_DOCUMENTS: Scope.UNIT, P.VIEW_TEXTS: Scope.ALL},
    Role.HR_LEGAL: {P.VIEW_DOCUMENTS: Scope.UNIT} | _TEXTS,
    Role.GROUP_HR: {P.VIEW_DOCUMENTS: Scope.ALL} | _TEXTS,
    Role.AUDITOR: {P.VIEW_DOCUMENTS: Scope.ALL},
    Role.DOCUMENT_CLERK: {
        P.VIEW_DOCUMENTS: Scope.UNIT,
        P.RELEASE_DOCUMENTS: Scope.UNIT,
        P.REVOKE_DOCUMENTS: Scope.UNIT,
        P.MANAGE_RELEASES: Scope.UNIT,
    },
    Role.ADMIN: {P.MANAGE_SIGNING: Scope.ALL},
}
