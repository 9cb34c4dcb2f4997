"""What calls to a model use, and who may make them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Usage:
    """How many requests were made to a model, and the tokens they used.

    Tokens are as the server counted them; where it didn't say, as for an answer that was cut
    short, they are estimated from the number of characters, rather too high than too low.
    """

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    @staticmethod
    def largest_call() -> Usage:
        """Give the most that one request may use.

        A prompt never has more bytes in it than this has tokens, and no tokeniser in use makes more
        tokens than there are bytes; the server is told how many to write at most.
        """
        return Usage(1, 24_000, 2_000)

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
        )


class Spend(Protocol):
    """Decides whether a model may be called for one question, and counts what that uses."""

    async def reserve(self) -> bool:
        """Ask before every request, also before another try; without a yes none is made."""

    async def record(self, usage: Usage) -> None:
        """Count what a reserved request has used, however it ended."""


class Unlimited:
    """Allows everything, and counts nothing."""

    async def reserve(self) -> bool:
        """Say yes."""
        return True

    async def record(self, usage: Usage) -> None:
        """Forget it."""
