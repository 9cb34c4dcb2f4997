"""The model that writes answers, as the bot is given it: its name, its price, how to open it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, Protocol

from bot.context import Writer as WriterForHandlers
from bot.errors import SettingsError
from bot.prices import FILE, Price, price_of, read_prices
from bot.settings import Settings
from retrieval import Usage


class Writer(WriterForHandlers, Protocol):
    """A writer as the service keeps it: it is closed at the end."""

    async def aclose(self) -> None:
        """Close all connections."""


class OpenWriter(Protocol):
    """Opens what writes answers from a library."""

    def __call__(
        self,
        library: Any,
        *,
        executor: Executor,
        on_outage: Callable[[str], None],
        on_recovery: Callable[[], None],
    ) -> Writer:
        """Open it. Searches run in ``executor``; the others are told how the model does."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model that writes answers: its name, what it costs where that is known, how to open it."""

    name: str
    price: Price | None
    open_writer: OpenWriter


def price_in(settings: Settings, model: str) -> Price | None:
    """What a model costs, by the owner's prices; ``None`` where they don't say.

    Raises:
        SettingsError: The prices can't be read, or there is a budget in dollars for a model whose
            price isn't known, or too small a one for a single call.
    """
    file = settings.prices or FILE
    price = price_of(model, read_prices(file))
    if settings.budget_total and price is None:
        raise SettingsError(
            f"BUDGET_TOTAL_USD can't be kept: {file} doesn't say what {model!r} costs. Name a file "
            f"that does in PRICES (zeros for a model of your own), or leave BUDGET_TOTAL_USD empty."
        )
    largest = Usage.largest_call()
    most = price.cost(largest.input_tokens, largest.output_tokens) if price else 0
    if 0 < settings.budget_total < most:
        raise SettingsError(
            f"BUDGET_TOTAL_USD is less than a single call to {model!r} may cost, so none would "
            f"ever be made. Write at least {most / 1_000_000}, or leave it empty for no limit."
        )
    return price
