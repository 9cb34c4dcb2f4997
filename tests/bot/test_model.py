"""The price of the model, and budgets that can't be kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.model import price_in
from bot.prices import FILE, read_prices
from bot.settings import Settings
from retrieval import Usage


def test_a_model_costs_what_the_owners_prices_say(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text('[models."gpt-5-mini"]\ninput = 7\noutput = 8\n')
    assert price_in(Settings(), "gpt-5-mini") == read_prices()["gpt-5-mini"]
    price = price_in(Settings(prices=own), "gpt-5-mini")
    assert price
    assert price.input == 7


def test_an_unknown_price_stands_in_the_way_of_a_budget_in_dollars_alone() -> None:
    assert price_in(Settings(budget_user_calls=3), "llama3.2") is None
    with pytest.raises(SettingsError) as caught:
        price_in(Settings(budget_total=1_000_000), "llama3.2")
    for word in ("BUDGET_TOTAL_USD", "'llama3.2'", str(FILE), "PRICES"):
        assert word in str(caught.value)


def test_a_budget_too_small_for_a_single_call_is_told() -> None:
    price = read_prices()["gpt-5-mini"]
    largest = Usage.largest_call()
    most = price.cost(largest.input_tokens, largest.output_tokens)
    assert price_in(Settings(budget_total=most), "gpt-5-mini") == price
    with pytest.raises(SettingsError, match=r"BUDGET_TOTAL_USD is less .* at least 0\.01"):
        price_in(Settings(budget_total=most - 1), "gpt-5-mini")
