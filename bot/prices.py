"""What models cost, from a file that the owner may replace by their own."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.errors import SettingsError

FILE = Path(__file__).with_name("prices.toml")
"""The prices that come with the bot."""

# How a provider names one version of a model: by the day it was made.
_VERSION = re.compile(r"-\d{4}-?\d{2}-?\d{2}$")


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs, in US dollars for a million tokens read (``input``) and written."""

    input: Decimal
    output: Decimal

    def cost(self, input_tokens: int, output_tokens: int) -> int:
        """What so many tokens cost, in micro-dollars, rounded up."""
        # A dollar a million tokens is a micro-dollar a token.
        return math.ceil(self.input * input_tokens + self.output * output_tokens)


def read_prices(file: Path = FILE) -> Mapping[str, Price]:
    """The price of each model in a file such as ``bot/prices.toml``.

    Raises:
        SettingsError: The file can't be read, or doesn't say what a model costs. The message names
            ``PRICES``, the file and the model.
    """
    try:
        found = tomllib.loads(file.read_text("utf-8"), parse_float=Decimal)
    except (OSError, ValueError) as error:
        raise SettingsError(f"PRICES: {file} can't be read: {error}. {_advice()}") from error
    models = found.get("models")
    if not isinstance(models, dict):
        raise SettingsError(f"PRICES: {file} has no models in it. {_advice()}")
    return {name: _price(file, name, fields) for name, fields in models.items()}


def price_of(model: str, prices: Mapping[str, Price]) -> Price | None:
    """What a model costs; one version of it, such as ``gpt-5-mini-2025-08-07``, costs the same.

    ``None`` where the prices don't say.
    """
    return prices.get(model) or prices.get(_VERSION.sub("", model))


def _price(file: Path, name: str, fields: Any) -> Price:
    given = fields if isinstance(fields, dict) else {}
    values = [
        Decimal(value)
        for key in ("input", "output")
        if isinstance(value := given.get(key), int | Decimal) and not isinstance(value, bool)
    ]
    if len(values) < 2 or not all(value.is_finite() and value >= 0 for value in values):
        raise SettingsError(
            f"PRICES: {file} doesn't say what {name!r} costs: it needs input and output, in US "
            f"dollars for a million tokens. {_advice()}"
        )
    return Price(*values)


def _advice() -> str:
    return f"Write it like {FILE}, or leave PRICES empty to use that one."
