"""A connector that takes its worker with it, as a defect in a driver would."""

import os
from dataclasses import replace
from typing import Any

from django.apps import AppConfig


class PoisonConfig(AppConfig):
    name = "tests.faults.poison"
    label = "poison"

    def ready(self) -> None:
        from integrations.connectors.registry import connectors
        from integrations.connectors.webhook.connector import WebhookConnector

        class Poison(WebhookConnector):
            manifest = replace(WebhookConnector.manifest, code="poison")

            def apply(self, *_: Any) -> Any:
                os._exit(139)

        connectors()["poison"] = Poison()
