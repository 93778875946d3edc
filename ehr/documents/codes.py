"""The code on the paper: 128 random bits in Crockford's base 32, which survives being read aloud and typed."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def new_code() -> str:
    return encode(secrets.randbits(128))


def encode(value: int) -> str:
    return "".join(ALPHABET[value >> 5 * place & 31] for place in reversed(range(LENGTH)))


def normalise(text: str) -> str:
    """What somebody typed or scanned, or '' when it can't be a code."""
    code = "".join(sign for sign in text.upper() if sign.isalnum()).translate(_READ_AS)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def grouped(code: str) -> str:
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))
