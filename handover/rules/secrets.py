"""What opens a door never enters a handover: systems and accounts are named, IT passes on the access."""

import re

_NAMED = re.compile(
    r"(密码|口令|密钥|passw(or)?d|passwd|pwd|secret|api[ _-]?key|token)\s*(是|为|[:：=])\s*\S+", re.IGNORECASE
)
_BESIDE = re.compile(r"(密码|口令|passw(or)?d|pwd)\s+(?=\S*[A-Za-z])(?=\S*\d)[!-~]{6,}", re.IGNORECASE)
_SHAPES = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\b(?:ghp|gho|glpat|xox[abp]|sk|pk|rk)[_-][A-Za-z0-9_-]{16,}"
    r"|\bAKIA[0-9A-Z]{16}\b"
    r"|\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\."
    r"|\b[a-z][a-z0-9+.-]*://[^\s/:@]+:[^\s/@]+@"
)
# Lower and upper case, a digit and a sign in one word: nobody writes an account name or a sentence like that.
_STRONG = re.compile(
    r"(?<!\S)(?=[!-~]*[a-z])(?=[!-~]*[A-Z])(?=[!-~]*\d)(?=[!-~]*[!$%^&*])(?![a-z]+://)[!-~]{8,64}(?!\S)"
)
_LABEL = re.compile(r"密码|口令|密钥|passw|pwd|secret|api[ _-]?key|token", re.IGNORECASE)


def looks_secret(text: str) -> bool:
    return any(pattern.search(text) for pattern in (_NAMED, _BESIDE, _SHAPES, _STRONG))


def asks_for_secret(label: str) -> bool:
    """A field of a template that would collect passwords."""
    return bool(_LABEL.search(label))
