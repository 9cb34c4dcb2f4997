"""A string that must not be shown: a token, a key."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Secret:
    """A string that doesn't show itself when printed. Empty is false."""

    _value: str = field(default="", repr=False)

    def reveal(self) -> str:
        """The string itself, for the one place that needs it."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "Secret(…)" if self._value else "Secret()"

    __str__ = __repr__
