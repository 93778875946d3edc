"""How often a property of the law is tried: 1,000 times in every run, 10,000 times by `make check-law`."""

import os

from hypothesis import settings

settings.register_profile("law", max_examples=1000, deadline=None)
settings.register_profile("check-law", max_examples=10_000, deadline=None)
settings.register_profile("law-mutants", max_examples=100, deadline=None, database=None)

LAW = settings.get_profile(os.environ.get("LAW_PROFILE", "law"))
