"""How Hypothesis runs here: on machines that are busy with other things, too."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("passo", deadline=None)
settings.load_profile("passo")
