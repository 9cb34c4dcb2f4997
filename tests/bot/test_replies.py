"""Replies survive the journal."""

from __future__ import annotations

from functools import partial
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replies import Button, Entity, Kind, Outbox, Part, Reply

entities = st.builds(Entity, st.sampled_from(get_args(Kind)), st.integers(0), st.integers(1))
words = st.text(min_size=1, max_size=10)
buttons = st.builds(Button, words, data=words) | st.builds(Button, words, url=words)
few = partial(st.lists, max_size=3)
keyboards = few(few(buttons).map(tuple)).map(tuple)
parts = st.builds(Part, st.text(), few(entities).map(tuple), keyboards)
ids = st.none() | st.integers()
edits = few(st.integers()).map(tuple)


@given(st.builds(Reply, st.integers(), few(parts).map(tuple), ids, ids, edits, st.text()))
def test_a_reply_comes_back_as_it_was(reply: Reply) -> None:
    assert Reply.from_json(reply.to_json()) == reply


def test_an_outcome_is_picked_up_once() -> None:
    outbox, reply = Outbox(), Reply(7, ())
    outbox.put(1, None)
    outbox.put(1, reply)
    assert outbox.take(1) is reply
    assert outbox.take(1) is None


def test_a_button_does_one_thing_that_telegram_can_carry() -> None:
    for data, url in (("", ""), ("p", "https://example.org/"), ("p" * 65, ""), ("à" * 33, "")):
        with pytest.raises(ValueError, match="not a button"):
            Button("[1]", data, url)
