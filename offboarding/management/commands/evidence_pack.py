"""One exit as a ZIP that proves itself, for whoever is named: it holds what that user may see."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ehr import clock
from ehr.documents import storage
from ehr.errors import Forbidden, WrongState
from ehr.identity.models import User

from ...models import Case, EvidencePack
from ...operations import ask_pack, make_pack, take_pack
from ...permissions import Permission


class Command(BaseCommand):
    help = "Write the evidence pack of an exit to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", help="of the exit, LZ-2026-0001")
        parser.add_argument("--as", dest="as_user", required=True, help="login name of whoever it is for")
        parser.add_argument("--to", type=Path, help="default: NUMBER.zip in this folder")

    def handle(self, *, number: str, as_user: str, to: Path | None, **options: Any) -> None:
        reader = User.objects.filter(username=as_user).first()
        if reader is None:
            raise CommandError(f"there is no user {as_user}")
        case = Case.objects.visible_to(reader, Permission.EXPORT_EVIDENCE).for_page().filter(number=number).first()
        if case is None:
            raise CommandError(f"{as_user} may not export the evidence of {number}, or there is no such exit")
        target = to or Path(f"{number}.zip")
        target.write_bytes(storage.read_stored(self._made(case, reader).file_key))
        self.stdout.write(f"{target}")

    def _made(self, case: Case, reader: User) -> EvidencePack:
        at = clock.now()
        try:
            pack = ask_pack(case=case, by=reader, at=at)
        except (Forbidden, WrongState) as refusal:
            raise CommandError(str(refusal)) from refusal
        make_pack(pack.pk, at=at)
        pack.refresh_from_db()
        if not pack.is_ready:
            raise CommandError("the record is not signed yet; the pack is being made, ask again in a minute")
        take_pack(pack=pack, by=reader, at=at)
        return pack
