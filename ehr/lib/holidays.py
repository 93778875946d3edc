from datetime import date


def is_statutory_workday(day: date) -> bool:
    return day.weekday() < 5
