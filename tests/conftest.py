"""What all tests share: generated examples are the same in every run, so that a red build can be repeated."""

from hypothesis import settings

settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")
