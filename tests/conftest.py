"""The same examples every time, however slow the machine."""

from hypothesis import settings

settings.register_profile("conv-anim", deadline=None, derandomize=True, database=None)
settings.load_profile("conv-anim")
