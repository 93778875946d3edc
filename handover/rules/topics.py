"""What an omission is about, so that the same thing named twice is counted once."""

import unicodedata

LONGEST = 80


def topic_of(title: str) -> str:
    """Letters and digits only, width and case folded: '客户的特殊要求。' and '客户的 特殊要求' are one topic."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(sign for sign in folded if sign.isalnum())[:LONGEST]
