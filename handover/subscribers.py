"""What lower rooms report that changes a running list."""

from typing import Any

from ehr import record
from handover import operations


@record.subscribe("employees.holdings.observed", "handover.look_again")
def holdings_observed(event: Any) -> None:
    operations.look_again_for(employment_id=event.payload["employment_id"], at=event.at)
