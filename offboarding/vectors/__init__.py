"""The law's rules from the command line: JSON facts in, JSON results out. What a kind reads and writes is a contract."""

from offboarding.vectors.evaluating import evaluate

__all__ = ["evaluate"]
