"""The systems of the demo's company, and their connections in the product."""

import secrets
import socket
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from ehr.units.models import OrgUnit
from employees.models import Employment, EmploymentStatus
from integrations.models import Connection
from integrations.receivers import journal
from integrations.receivers.directory import Directory
from integrations.receivers.journal import Journal
from integrations.receivers.mail import Mailbox, controller
from integrations.receivers.webhook import Behaviour, Receiver

TITLES = {
    "identity": "统一身份（演示）",
    "crm": "客户系统（演示）",
    "assets": "资产系统（演示）",
    "mail": "邮件（演示）",
}
SENDER = "ehr@demo.example"
MOST_ACCOUNTS = 400


@dataclass(frozen=True)
class Systems:
    directory: Directory
    crm: Receiver
    assets: Receiver
    mail: Any

    def stop(self) -> None:
        self.directory.stop()
        self.crm.stop()
        self.assets.stop()
        self.mail.stop()


def start() -> Systems:
    """On the ports of the last start where they are free, so that connections stay valid."""
    before = journal.addresses()
    token = _secret(before, "identity")
    directory = Directory(
        port=_port(before, "identity"),
        token=token,
        state=journal.folder() / "identity.json",
        note=Journal("identity").note,
        refuses=lambda: journal.takes_refusal("identity"),
    )
    crm = _receiver(before, "crm", "honours_id")
    assets = _receiver(before, "assets", "look_up")
    mail = controller(Mailbox(note=Journal("mail").note), port=_port(before, "mail") or _free_port())
    directory.start()
    crm.start()
    assets.start()
    mail.start()
    systems = Systems(directory, crm, assets, mail)
    journal.keep_addresses(_addresses(systems))
    return systems


def _receiver(before: dict[str, Any], name: str, arm: str) -> Receiver:
    def fault(number: int, key: str) -> str:
        return "400" if journal.takes_refusal(name) else ""

    behaviour = Behaviour(arm=arm, secret=_secret(before, name), fault=fault)
    return Receiver(behaviour, port=_port(before, name), note=Journal(name).note)


def _addresses(systems: Systems) -> dict[str, dict[str, Any]]:
    def about(name: str, address: str, port: int, secret: str = "") -> dict[str, Any]:
        return {"title": TITLES[name], "address": address, "port": port, "secret": secret}

    crm, assets, directory, mail = systems.crm, systems.assets, systems.directory, systems.mail
    return {
        "identity": about("identity", directory.url, directory.server.server_address[1], directory.token),
        "crm": about("crm", crm.url, crm.server.server_address[1], crm.behaviour.secret),
        "assets": about("assets", assets.url, assets.server.server_address[1], assets.behaviour.secret),
        "mail": about("mail", f"smtp://127.0.0.1:{mail.port}", mail.port),
    }


def _secret(before: dict[str, Any], name: str) -> str:
    return str(before.get(name, {}).get("secret") or f"whsec_{secrets.token_urlsafe(32)}")


def _port(before: dict[str, Any], name: str) -> int:
    port = int(before.get(name, {}).get("port") or 0)
    return port if port and _is_free(port) else 0


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def connect(systems: Systems, *, at: datetime) -> bool:
    """The connections of the demo's group, set up or moved to where the systems are now. False while there is no group."""
    group = OrgUnit.objects.filter(parent=None).order_by("path").first()
    if group is None:
        return False
    for name, (kind, config, kept) in _connections(systems).items():
        _set_up(name, kind, group, config, kept, at=at)
    return True


def _connections(systems: Systems) -> dict[str, tuple[str, dict[str, Any], dict[str, str]]]:
    identity = {"base_url": systems.directory.url, "when": "last_day", "missing_account": "not_needed"}
    crm = {
        "url": systems.crm.url,
        "sends": ["announce", "remove_access"],
        "receiver": "honours_id",
        "track": "business_systems",
    }
    assets = {"url": systems.assets.url, "sends": ["announce"], "receiver": "look_up", "track": "assets"}
    mail = {
        "host": "127.0.0.1",
        "port": systems.mail.port,
        "security": "none",
        "sender": SENDER,
        "copies_to": "it-desk@demo.example",
    }
    return {
        "identity": ("scim", identity, {"token": systems.directory.token}),
        "crm": ("webhook", crm, {"secret": systems.crm.behaviour.secret}),
        "assets": ("webhook", assets, {"secret": systems.assets.behaviour.secret}),
        "mail": ("smtp", mail, {}),
    }


def _set_up(
    name: str, kind: str, group: OrgUnit, config: dict[str, Any], kept: dict[str, str], *, at: datetime
) -> None:
    row = Connection.objects.filter(unit=group, name=name).select_related("data_key").first()
    if row is None:
        Connection.set_up(
            name=name,
            title=TITLES[name],
            connector=kind,
            unit=group,
            config=config,
            secrets=kept,
            by=None,
            at=at,
            rate=50,
        )
    elif row.config | config != row.config:
        row.change(fields={"config": row.config | config}, secrets=kept, by=None, at=at)


def add_accounts(systems: Systems) -> int:
    """Everybody who can sign in, and everybody who leaves, has an account."""
    wanted = Q(person__user__isnull=False) | Q(status=EmploymentStatus.LEAVING)
    people = Employment.objects.filter(wanted).exclude(status=EmploymentStatus.LEFT).order_by("employee_number")
    rows = people.values_list("employee_number", "person__user__username", "unit__name")[:MOST_ACCOUNTS]
    return systems.directory.add_people([(number, login or number, unit) for number, login, unit in rows])
