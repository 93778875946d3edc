from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ehr import clock
from ehr.identity.models import ApiToken, User


class Command(BaseCommand):
    help = "Issues an API token for somebody and prints it, once. It lives for 90 days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--scope", default=ApiToken.Scope.FULL, choices=ApiToken.Scope.values)

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.with_full_access().filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"nobody with the name {options['username']} may sign in")
        _token, plain = ApiToken.issue(user=user, scope=options["scope"], at=clock.now())
        self.stdout.write(plain)
