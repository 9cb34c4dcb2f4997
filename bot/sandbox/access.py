"""Who may use the control API and the page: this machine, and no page of another site.

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
    if not _is_loopback(_name_in(headers)):
        return f"the control API doesn't answer to the name {host!r}; use 127.0.0.1"
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != host:
        return f"the control API doesn't answer to pages of {origin!r}"
    return None


def is_misled(server: str, headers: Mapping[str, str]) -> bool:
    """Whether a request reached this machine's own address by a name that isn't this machine's.

    The bot's token here is no secret, so a page that made its own name point at ``server``, the
    address that was connected to, could otherwise read what the bot is told and says.
    """
    return _is_loopback(server) and not _is_loopback(_name_in(headers))


def _name_in(headers: Mapping[str, str]) -> str:
    return urlsplit(f"//{headers.get('host', '')}").hostname or ""


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
