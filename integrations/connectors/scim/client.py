"""SCIM 2.0 (RFC 7643, 7644), as much of it as leaving needs."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from integrations.connectors.http import Reply, Unanswered
from integrations.connectors.protocol import Context

PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
CONTENT_TYPE = "application/scim+json"


class Answered(Exception):
    """The server answered, but not with what was asked for."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(f"http_{reply.status}")
        self.reply = reply


@dataclass(frozen=True, kw_only=True)
class Account:
    id: str
    is_active: bool
    etag: str


def find(context: Context, *, employee_number: str, login: str) -> list[Account]:
    """By externalId first; by userName only when nobody carries the number."""
    by_number = _search(context, "Users", f'externalId eq "{_quoted(employee_number)}"')
    if by_number or not login:
        return [_account(each) for each in by_number]
    return [_account(each) for each in _search(context, "Users", f'userName eq "{_quoted(login)}"')]


def groups_of(context: Context, account_id: str) -> list[dict[str, Any]]:
    return _search(context, "Groups", f'members.value eq "{_quoted(account_id)}"')


def set_active(context: Context, account: Account, value: bool) -> Reply:
    body = _patch({"op": "replace", "path": "active", "value": value})
    headers = {"If-Match": account.etag} if account.etag else {}
    return _call(context, "PATCH", f"/Users/{quote(account.id, safe='')}", body=body, headers=headers)


def leave_group(context: Context, group_id: str, account_id: str) -> Reply:
    body = _patch({"op": "remove", "path": f'members[value eq "{_quoted(account_id)}"]'})
    return _call(context, "PATCH", f"/Groups/{quote(group_id, safe='')}", body=body)


def join_group(context: Context, group_id: str, account_id: str) -> Reply:
    body = _patch({"op": "add", "path": "members", "value": [{"value": account_id}]})
    return _call(context, "PATCH", f"/Groups/{quote(group_id, safe='')}", body=body)


def service_config(context: Context) -> Reply:
    return _call(context, "GET", "/ServiceProviderConfig")


def _patch(operation: dict[str, Any]) -> bytes:
    return json.dumps({"schemas": [PATCH_OP], "Operations": [operation]}).encode()


def _search(context: Context, resource: str, condition: str) -> list[dict[str, Any]]:
    reply = _call(context, "GET", f"/{resource}?filter={quote(condition)}")
    if reply.status != 200:
        raise Answered(reply)
    answer = reply.json()
    found = (answer or {}).get("Resources") or []
    total = (answer or {}).get("totalResults")
    if not isinstance(total, int) or total != len(found) or not all(_has_id(each) for each in found):
        raise Unanswered("no_verdict")
    return list(found)


def _has_id(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("id"), str) and bool(value["id"])


def _account(resource: dict[str, Any]) -> Account:
    active = resource.get("active")
    if not isinstance(active, bool):
        raise Unanswered("no_verdict")
    return Account(id=resource["id"], is_active=active, etag=str((resource.get("meta") or {}).get("version", "")))


def _call(
    context: Context, method: str, path: str, *, body: bytes = b"", headers: dict[str, str] | None = None
) -> Reply:
    everything = {
        "Authorization": f"Bearer {context.secrets.get('token', '')}",
        "Accept": CONTENT_TYPE,
        **(headers or {}),
    }
    if body:
        everything["Content-Type"] = CONTENT_TYPE
    return context.http().request(
        method, str(context.config["base_url"]).rstrip("/") + path, headers=everything, body=body
    )


def _quoted(text: str) -> str:
    """A value inside a filter's quotes: nobody's name may end the string."""
    return json.dumps(text, ensure_ascii=False)[1:-1]
