"""Prices: what a file says, whole micro-dollars, and mistakes that name the file and the model."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.prices import FILE, Price, price_of, read_prices

MINI = Price(Decimal("0.15"), Decimal("0.60"))


def test_the_prices_that_come_with_the_bot_can_be_read() -> None:
    prices = read_prices()
    assert prices["gpt-4o-mini"] == MINI
    assert all(price.input <= price.output for price in prices.values())


def test_a_million_tokens_cost_what_the_file_says() -> None:
    assert MINI.cost(1_000_000, 0) == 150_000
    assert MINI.cost(0, 1_000_000) == 600_000


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_cost_is_never_rounded_down_and_by_less_than_a_micro_dollar(read: int, said: int) -> None:
    exactly = MINI.input * read + MINI.output * said
    assert exactly <= MINI.cost(read, said) < exactly + 1


@pytest.mark.parametrize("model", ["gpt-5-mini", "gpt-5-mini-2025-08-07", "gpt-5-mini-20250807"])
def test_a_version_of_a_model_costs_what_the_model_costs(model: str) -> None:
    prices = read_prices()
    assert price_of(model, prices) == prices["gpt-5-mini"]


@pytest.mark.parametrize("model", ["", "llama3.2", "gpt-5-mini-tuned", "gpt-5-minimal"])
def test_the_price_of_another_model_is_not_guessed(model: str) -> None:
    assert price_of(model, read_prices()) is None


def test_an_own_file_replaces_the_prices(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text('[models."llama3.2"]\ninput = 0\noutput = 0.5\n')
    assert read_prices(own) == {"llama3.2": Price(Decimal(0), Decimal("0.5"))}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "can't be read"),
        ("models = [", "can't be read"),
        ("", "no models"),
        ("[models.a]\ninput = 1\n", "'a'"),
        ("[models.a]\ninput = -1\noutput = 1\n", "'a'"),
        ('[models.a]\ninput = "1"\noutput = 1\n', "'a'"),
        ("[models.a]\ninput = nan\noutput = 1\n", "'a'"),
        ("[models.a]\ninput = inf\noutput = 1\n", "'a'"),
        ("[models.a]\ninput = true\noutput = 1\n", "'a'"),
        ("[models]\na = 3\n", "'a'"),
    ],
)
def test_a_mistake_names_the_setting_the_file_and_the_way_out(
    tmp_path: Path, text: str | None, told: str
) -> None:
    own = tmp_path / "mine.toml"
    if text is not None:
        own.write_text(text)
    with pytest.raises(SettingsError) as caught:
        read_prices(own)
    for word in ("PRICES", str(own), told, str(FILE)):
        assert word in str(caught.value)
