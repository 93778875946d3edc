from django.conf import settings

from integrations.connectors.egress import Policy


def egress_policy() -> Policy:
    return Policy(loopback=settings.EHR_EGRESS_LOOPBACK, networks=tuple(settings.EHR_EGRESS_NETWORKS))
