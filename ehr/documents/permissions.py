from enum import StrEnum

from ehr.access.roles import Role, Scope


class Permission(StrEnum):
    VIEW_DOCUMENTS = "documents.view_documents"
    RELEASE_DOCUMENTS = "documents.release_documents"
    REVOKE_DOCUMENTS = "documents.revoke_documents"
    MANAGE_RELEASES = "documents.manage_releases"
    MANAGE_SIGNING = "documents.manage_signing"


P = Permission
GRANTS: dict[Role, dict[Permission, Scope]] = {
    Role.EMPLOYEE: {P.VIEW_DOCUMENTS: Scope.OWN},
    Role.LEAVER: {P.VIEW_DOCUMENTS: Scope.OWN},
    Role.HRBP: {P.VIEW_DOCUMENTS: Scope.UNIT},
    Role.HR_MANAGER: {P.VIEW_DOCUMENTS: Scope.UNIT, P.REVOKE_DOCUMENTS: Scope.UNIT},
    Role.HR_LEGAL: {P.VIEW_DOCUMENTS: Scope.UNIT},
    Role.GROUP_HR: {P.VIEW_DOCUMENTS: Scope.ALL},
    Role.AUDITOR: {P.VIEW_DOCUMENTS: Scope.ALL},
    Role.DOCUMENT_CLERK: {
        P.VIEW_DOCUMENTS: Scope.UNIT,
        P.RELEASE_DOCUMENTS: Scope.UNIT,
        P.REVOKE_DOCUMENTS: Scope.UNIT,
        P.MANAGE_RELEASES: Scope.UNIT,
    },
    Role.ADMIN: {P.MANAGE_SIGNING: Scope.ALL},
}
