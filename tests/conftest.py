"""How the tests run: on machines that are busy with other things, and at nobody's expense."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("passo", deadline=None)
settings.load_profile("passo")

# Whoever has a key in their environment doesn't want tests to spend its money.
for _name in [name for name in os.environ if name.startswith(("OPENAI_", "LANGSMITH_"))]:
    del os.environ[_name]
