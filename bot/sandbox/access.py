"""Who may use the control API: this machine, and no page of another site.

A browser sends an ``Origin``, and a name that was made to point here shows in ``Host``.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit


def refusal(client: str, headers: Mapping[str, str]) -> str | None:
    """Why a request may not use the control API, or None if it may."""
    if not _is_loopback(client):
        return "the control API answers on this machine only"
    host = headers.get("host", "")
    if not _is_loopback(urlsplit(f"//{host}").hostname or ""):
        return f"the control API doesn't answer to the name {host!r}; use 127.0.0.1"
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != host:
        return f"the control API doesn't answer to pages of {origin!r}"
    return None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
