"""The connectors of this house. A new one is a folder, a line here, and a row in the conformance kit."""

from functools import cache

from integrations.connectors.protocol import Connector


@cache
def connectors() -> dict[str, Connector]:
    from integrations.connectors.scim.connector import ScimConnector
    from integrations.connectors.smtp.connector import SmtpConnector
    from integrations.connectors.webhook.connector import WebhookConnector

    known: list[Connector] = [ScimConnector(), WebhookConnector(), SmtpConnector()]
    return {connector.manifest.code: connector for connector in known}


def connector(code: str) -> Connector:
    return connectors()[code]
