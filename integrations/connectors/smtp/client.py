"""smtplib on our own sockets: checked address, one total deadline."""

import smtplib
import socket
from typing import Any

from integrations.connectors import wire
from integrations.connectors.protocol import Context


class Smtp(smtplib.SMTP):
    """Connects through the checked wire; with STARTTLS the wire is replaced by its encrypted form."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.host_name = str(context.config["host"])
        self.reached_data = False
        super().__init__(local_hostname="ehr-offboarding")

    def open(self) -> None:
        code, answer = self.connect(self.host_name, int(self.context.config["port"]))
        if code != 220:
            raise smtplib.SMTPConnectError(code, answer)
        if self.context.config.get("security") == "starttls":
            self._start_tls()
        self.ehlo_or_helo_if_needed()
        if self.context.config.get("username"):
            self.login(str(self.context.config["username"]), self.context.secrets.get("password", ""))

    def _get_socket(self, host: str, port: int, timeout: float | None) -> socket.socket:
        tls = self.context.config.get("security") == "tls"
        plain_on_purpose = self.context.config.get("security") == "none"
        return wire.connect(
            host, port, policy=self.context.policy, call=self.context.call, tls=tls, plain_text=plain_on_purpose
        )

    def _start_tls(self) -> None:
        self.ehlo_or_helo_if_needed()
        code, answer = self.docmd("STARTTLS")
        if code != 220:
            raise smtplib.SMTPNotSupportedError("STARTTLS")
        self.sock: Any = wire.secured(self.sock, self.host_name, call=self.context.call)
        self.file = None
        self.helo_resp = self.ehlo_resp = None
        self.esmtp_features = {}
        self.does_esmtp = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        """From the first byte of the content on, nobody can say whether the server has taken it."""
        self.reached_data = True
        return super().data(msg)
