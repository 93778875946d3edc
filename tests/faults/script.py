"""What the tests of faults do inside the product's own database: `python -m tests.faults.script seed '{…}'`."""

import json
import os
import sys
from datetime import timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.faults.settings")


def seed(*, cases: int, connections: list[dict[str, Any]], decided: bool) -> dict[str, Any]:
    """A company, its connections, and exits: approved ones, or ones that wait for the last signature."""
    from ehr import clock
    from tests.factories.cast import assemble
    from tests.factories.offboarding import approved

    at = clock.now()
    cast = assemble()
    for about in connections:
        _connect(cast, at, **about)
    exits = [exit_of(cast, n, at) for n in range(cases)]
    if decided:
        exits = [approved(case, at) for case in exits]
    return {"cases": [str(case.pk) for case in exits], "approvals": [_approval(case) for case in exits if not decided],
            "session": _session(cast.hrbp)}  # fmt: skip


def more(*, cases: int) -> dict[str, Any]:
    """Further exits in the company that is there, approved at once."""
    from ehr import clock
    from ehr.units.models import OrgUnit
    from tests.factories.offboarding import approved

    class Known:
        unit = {"sales_unit": OrgUnit.objects.get(code="SHKA")}  # noqa: RUF012

    at = clock.now()
    return {"cases": [str(approved(exit_of(Known, n + 1000, at), at).pk) for n in range(cases)]}


def rivals(*, cases: int, connections: list[dict[str, Any]]) -> dict[str, Any]:
    """Exits that either of two people may sign now, while the leaver may still take the notice back."""
    from ehr import clock
    from ehr.access.models import RoleGrant
    from ehr.access.roles import Role
    from tests.factories.cast import assemble

    at = clock.now()
    cast = assemble()
    RoleGrant.objects.create(user=cast.successor, role=Role.HRBP, unit=cast.unit["east"])
    for about in connections:
        _connect(cast, at, **about)
    exits = [exit_of(cast, n, at) for n in range(cases)]
    signers = (cast.hrbp, cast.successor)
    return {"cases": [{"case": str(case.pk), "approvals": [_asked(case, user) for user in signers],
                       "leaver": _session(case.employment.person.user)} for case in exits],
            "signers": [_session(user) for user in signers]}  # fmt: skip


def _connect(
    cast: Any, at: Any, *, name: str, connector: str, config: dict[str, Any], secret: str = "", **fields: Any
) -> None:
    from integrations.models import Connection

    quick = {"deadline_seconds": 0.3, "receiver_seconds": 0.1, "margin_seconds": 0.1, "rate": 1000.0}
    Connection.set_up(
        name=name, title=name, connector=connector, unit=cast.unit["group"], config=config, secrets={"secret": secret},
        by=None, at=at, **quick | fields,
    )  # fmt: skip


def exit_of(cast: Any, n: int, at: Any) -> Any:
    from ehr.identity.models import User
    from employees.models import Employment
    from tests.factories.employees import employed
    from tests.factories.offboarding import a_resignation_of, decide

    user = User.objects.create_user(f"leaver{n}", None, display_name=f"离职者{n}")
    employment = employed(
        f"离职者{n}", unit=cast.unit["sales_unit"], user=user, employee_number=f"F-{n:04d}", job_family="sales"
    )
    head = Employment.objects.get(person__user__username="gu.chengyan")
    Employment.objects.filter(pk=employment.pk).update(line_manager=head)
    employment.refresh_from_db()
    case = a_resignation_of(employment, at, reason="读研")
    case.refresh_from_db()
    decide(case, at + timedelta(seconds=1), "acknowledge")
    return case


def _approval(case: Any) -> str:
    from tests.factories.offboarding import pending

    return str(pending(case).pk)


def _asked(case: Any, user: Any) -> str:
    from offboarding.models import Approval

    return str(Approval.objects.pending().get(step__case=case, approver=user).pk)


def _session(user: Any) -> str:
    from tests.access.cast import sign_in

    return str(sign_in(user).cookies["sessionid"].value)


def main() -> None:
    import django

    django.setup()
    name, facts = sys.argv[1], json.loads(sys.argv[2])
    sys.stdout.write(json.dumps({"seed": seed, "more": more, "rivals": rivals}[name](**facts)))


if __name__ == "__main__":
    main()
