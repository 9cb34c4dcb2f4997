"""What the sandbox refuses, in one small tree.

::

    SandboxError            the base: catch this one
    ├── ApiError            the bot's call is refused, as Telegram would refuse it
    └── ControlError        a client asks for something that can't happen; the message says why
"""

from __future__ import annotations

from typing import Any


class SandboxError(Exception):
    """The base of all errors of this package."""


class ApiError(SandboxError):
    """A refused Bot API call: its HTTP status, Telegram's words, and what it adds to them.

    ``parameters`` is Telegram's ``ResponseParameters``: ``retry_after`` in seconds, or
    ``migrate_to_chat_id``.
    """

    def __init__(self, code: int, description: str, parameters: dict[str, int] | None = None):
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters or {}

    def to_json(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class ControlError(SandboxError):
    """What a client asked of the control API can't be done. The message says why."""


def bad_request(reason: str, **parameters: int) -> ApiError:
    """A 400, in Telegram's wording."""
    return ApiError(400, f"Bad Request: {reason}", parameters)


def forbidden(reason: str) -> ApiError:
    """A 403, in Telegram's wording."""
    return ApiError(403, f"Forbidden: {reason}")
