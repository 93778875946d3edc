from . import feeds, plans, results, voices, work

__all__ = ["feeds", "plans", "results", "voices", "work"]
