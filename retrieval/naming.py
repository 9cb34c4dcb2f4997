"""What a generation is called: the moment it was made, and something random. Pure."""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime

ID = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{6}")
"""What the name of a generation looks like."""

_TIME = "%Y%m%dT%H%M%S%fZ"


def name_at(moment: datetime) -> str:
    """Name a generation made at a moment of UTC. Names are in the order of their moments."""
    return f"{moment.strftime(_TIME)}-{secrets.token_hex(3)}"


def made_at(name: str) -> datetime:
    """Tell when a generation was made, in UTC.

    Raises:
        ValueError: it is no generation's name.
    """
    return datetime.strptime(name.partition("-")[0], _TIME).replace(tzinfo=UTC)
