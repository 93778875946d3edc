"""A settlement as a spreadsheet, and payments as the file a bank reads."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ehr.lib.money import in_figures
from ehr.lib.sheets import harmless, workbook
from ehr.statutes import cited

from .figures import row_words
from .models import PayWhen
from .models.reference_tables import known_rows
from .operations.pay_clock import due_of
from .words import line_words

if TYPE_CHECKING:
    from .models import Settlement
    from .operations.exporting import Transfer

BANK_CHARSET = "gb18030"
"""Byte for byte GBK wherever GBK has the character; the rare ones of names need the four bytes it adds."""


def spreadsheet(settlement: "Settlement") -> bytes:
    return workbook(_rows(settlement), title=settlement.case.number, widths=(18, 60, 40, 22, 18, 40, 16))


def _rows(settlement: "Settlement") -> Iterable[Sequence[Any]]:
    case = settlement.case
    yield (case.number, case.employment.person.name, case.employment.employee_number, f"v{settlement.nth}", "", "", "")
    yield (_("Item"), _("How it comes about"), _("By"), _("When paid"), _("Due"), _("Source"), _("Amount (yuan)"))
    known = known_rows()
    for line in settlement.lines.order_by("position"):
        when = str(PayWhen(line.when).label) if line.when else ""
        source = "; ".join(row_words(line.row, known))
        yield (
            line_words(line.code),
            line.formula,
            cited(line.article),
            when,
            _due(settlement, line.when),
            source,
            line.sum,
        )
    yield (_("Total"), "", "", "", "", "", settlement.sum)


def _due(settlement: "Settlement", when: str) -> str:
    if not when:
        return ""
    day = due_of(settlement.case, settlement, PayWhen(when))
    return day.isoformat() if day else _("Waiting for the handover")


def bank_file(transfers: "Iterable[Transfer]") -> bytes:
    """户名, 账号, 金额, 用途: as the banks' web portals take them in bulk."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerow(["序号", "户名", "账号", "金额", "用途"])
    for number, transfer in enumerate(transfers, start=1):
        amount = in_figures(transfer.amount).replace(",", "")
        name, account, purpose = map(harmless, (transfer.name, transfer.account, transfer.purpose))
        writer.writerow([number, name, account, amount, purpose])
    return stream.getvalue().encode(BANK_CHARSET)
