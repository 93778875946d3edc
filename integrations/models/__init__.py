from integrations.models.attempt import Attempt
from integrations.models.connection import Connection
from integrations.models.effect import Effect
from integrations.models.gauge import Gauge
from integrations.models.inbox import Inbox
from integrations.models.probe import Probe

__all__ = ["Attempt", "Connection", "Effect", "Gauge", "Inbox", "Probe"]
