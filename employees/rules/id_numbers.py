"""Resident identity numbers (GB 11643-1999): 17 digits and a check character, ISO 7064 mod 11-2."""

from datetime import date
from operator import mul

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"


def check_character(first_17: str) -> str:
    return CHECK[sum(map(mul, map(int, first_17), WEIGHTS)) % 11]


def normalise(text: str) -> str:
    return text.strip().replace(" ", "").upper()


def fault_of(text: str, *, today: date) -> str:
    """Code of the first fault, empty when the number can be genuine."""
    number = normalise(text)
    if len(number) != 18 or not (number[:17].isascii() and number[:17].isdigit()):
        return "id_number_shape"
    if check_character(number[:17]) != number[17]:
        return "id_number_check"
    born = birth_date_of(number)
    if born is None or not date(1900, 1, 1) <= born <= today:
        return "id_number_birth_date"
    return ""


def birth_date_of(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def is_male(number: str) -> bool:
    return int(number[16]) % 2 == 1
