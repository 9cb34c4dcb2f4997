"""Faults on demand: a client plans them, the server then fails so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.sandbox.errors import ApiError, ControlError

Drop = Literal["before", "after"]
EVERY_METHOD = "*"


@dataclass(slots=True)
class Fault:
    """How the next ``times`` calls of a method (``*``: of any but getUpdates) go wrong.

    ``delay`` seconds pass first. Then the call fails with ``error_code``, or the connection is
    dropped without an answer: ``before`` the call takes effect, or ``after``. With neither, the
    call is only slow.
    """

    method: str
    error_code: int | None = None
    description: str | None = None
    retry_after: int | None = None
    drop: Drop | None = None
    delay: float = 0.0
    times: int = 1
    chat_id: int | None = None

    def __post_init__(self) -> None:
        if self.drop not in (None, "before", "after"):
            raise ControlError(f'drop is "before" or "after", not {self.drop!r}')
        if self.times < 1:
            raise ControlError(f"times is at least 1, not {self.times}")
        if self.error_code is not None and not 400 <= self.error_code <= 599:
            raise ControlError(f"error_code is between 400 and 599, not {self.error_code}")
        if self.error_code is None and self.retry_after is not None:
            self.error_code = 429

    def error(self) -> ApiError | None:
        """What the call is answered, if it fails with an error."""
        if self.error_code is None:
            return None
        parameters = {} if self.retry_after is None else {"retry_after": self.retry_after}
        default = _DESCRIPTIONS.get(self.error_code, "Internal Server Error")
        if self.retry_after is not None:
            default += f": retry after {self.retry_after}"
        return ApiError(self.error_code, self.description or default, parameters)


_DESCRIPTIONS = {
    400: "Bad Request: fault",
    401: "Unauthorized",
    403: "Forbidden: fault",
    404: "Not Found",
    409: "Conflict: fault",
    429: "Too Many Requests",
    502: "Bad Gateway",
}


class Faults:
    """The planned faults, in the order they were planned."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def plan(self, fault: Fault) -> None:
        """Plan a fault."""
        self._planned.append(fault)

    def clear(self) -> None:
        """Forget what is planned."""
        self._planned.clear()

    def take(self, method: str, chat_id: object) -> Fault | None:
        """The fault that a call meets, if any; it counts as met then."""
        for fault in self._planned:
            names = fault.method == EVERY_METHOD and method != "getUpdates"
            if not names and fault.method.lower() != method.lower():
                continue
            if fault.chat_id is not None and str(fault.chat_id) != str(chat_id):
                continue
            fault.times -= 1
            if fault.times == 0:
                self._planned.remove(fault)
            return fault
        return None
