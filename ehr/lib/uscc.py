"""The unified social credit code of an organisation (GB 32100-2015): eighteen signs, of which the last checks the others."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18


def normalised(code: str) -> str:
    """As on the licence: it is often copied in groups, or typed small."""
    return "".join(code.split()).upper()


def fault(code: str) -> str:
    """length | sign | check, or '' for one that can be right."""
    if len(code) != LENGTH:
        return "length"
    if stray(code):
        return "sign"
    return "" if check_sign(code[:-1]) == code[-1] else "check"


def stray(code: str) -> str:
    """The first sign that occurs in no code; I, O, S, V and Z look too much like others."""
    return next((sign for sign in code if sign not in ALPHABET), "")


def check_sign(first: str) -> str:
    total = sum(ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(first))
    return ALPHABET[-total % 31]
