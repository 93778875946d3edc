"""What somebody without the permission sees of a value. Empty stays empty; nothing of a short value is shown."""

STAR = "*"


def mask_name(name: str) -> str:
    """'周远航' → '周**'; a Latin name keeps its first letter."""
    return _keep(name.strip(), head=1)


def mask_phone(phone: str) -> str:
    """'13800138000' → '138****8000'"""
    return _keep(phone.strip(), head=3, tail=4)


def mask_id_number(number: str) -> str:
    """'110101199003077475' → '110101********7475'"""
    return _keep(number.strip(), head=6, tail=4)


def mask_account(account: str) -> str:
    """Bank accounts: the last four."""
    return _keep(account.replace(" ", ""), tail=4)


def mask_email(email: str) -> str:
    """'zhou@example.com' → 'z***@example.com'"""
    name, at, domain = email.strip().rpartition("@")
    return _keep(name, head=1) + at + domain if at else _keep(domain, head=1)


def _keep(text: str, *, head: int = 0, tail: int = 0) -> str:
    """At least a third stays hidden; a value too short for that shows nothing, however it got here."""
    if (head + tail) * 3 > len(text) * 2:
        head = tail = 0
    hidden = len(text) - head - tail
    return text[:head] + STAR * hidden + (text[-tail:] if tail else "")
