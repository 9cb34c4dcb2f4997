"""How the tests run: on machines that are busy with other things, and at nobody's expense."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np  # noqa: F401 - its threads are what is limited
from hypothesis import settings
from threadpoolctl import threadpool_limits

# As the bot does. More threads than there are free cores wait for each other, for minutes.
threadpool_limits(limits=1, user_api="blas")

# A reload steps back behind whatever else wants the processor, and beside other tests it would wait
# for minutes; where all step back, it has its share.
if hasattr(os, "nice"):
    os.nice(19)

settings.register_profile("passo", deadline=None)
settings.load_profile("passo")

# Whoever has a key in their environment doesn't want tests to spend its money.
for _name in [name for name in os.environ if name.startswith(("OPENAI_", "LANGSMITH_"))]:
    del os.environ[_name]

# Tests start dozens of processes, each of which would compile what it imports anew where Python is
# told not to write that down.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(Path(__file__).parent.parent / ".pytest_cache" / "bytecode")
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
