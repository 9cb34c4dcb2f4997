"""A thousand forged presses, straight to those who take them: none opens or changes anything."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, cast

import pytest
from telegram import CallbackQuery, ChatMemberLeft, ChatMemberMember, User
from telegram.error import BadRequest

from bot.answers import Answers
from bot.context import Context
from bot.feedback import Feedback
from bot.handlers.passages import open_passage
from bot.handlers.votes import vote
from bot.locales import words_in
from bot.members import Members
from bot.preferences import Preferences
from bot.replies import Button, Part
from bot.state import State
from tests.bot.fakes import a_passage, a_quote, an_answer

ANNA, BRUNO, CARLO, GROUP = 1, 2, 3, -1007
MEMBERS = {(GROUP, ANNA), (GROUP, BRUNO)}
CHATS = ((ANNA, ANNA), (BRUNO, BRUNO), (GROUP, ANNA))


class _Bot:
    """Knows who is where, and may not be asked for anything else."""

    async def get_chat_member(self, chat: int, user: int) -> ChatMemberMember | ChatMemberLeft:
        if chat != GROUP:
            raise BadRequest("chat not found")
        there = (chat, user) in MEMBERS
        return (ChatMemberMember if there else ChatMemberLeft)(User(user, "X", is_bot=False))


class _Chat:
    def __init__(self, chat: int) -> None:
        self.id = chat


class _Message:
    reply_markup = None

    def __init__(self, chat: int, message: int) -> None:
        self.chat = _Chat(chat)
        self.message_id = message


class _Query:
    """A press, as Telegram tells of it; what it was answered with is in ``answers``."""

    def __init__(self, chat: int, message: int, user: int, data: str) -> None:
        self.message = _Message(chat, message)
        self.from_user = User(user, "X", is_bot=False, language_code="it")
        self.data = data
        self.answers: list[tuple[str | None, str | None]] = []

    async def answer(
        self, text: str | None, *, show_alert: bool = False, url: str | None = None
    ) -> None:
        self.answers.append((text, url))


class _Context:
    """What the handlers look at. Whatever would open a passage is missing."""

    username = "passo_bot"

    def __init__(self, state: State, preferences: Preferences) -> None:
        self.answers = Answers(state.engine, 42, 90 * 24 * 3600, lambda: 1000.0)
        self.feedback = Feedback(state.engine, 42, 90 * 24 * 3600, lambda: 1000.0)
        self.members = Members(cast("Any", _Bot()), lambda: 1000.0)
        self.preferences = preferences


@pytest.fixture
async def context(state: State) -> _Context:
    return _Context(state, await Preferences.open(state.engine, 42))


async def given(context: _Context) -> Sequence[str]:
    """An answer in each chat, as message 5; their ids."""
    ids = []
    for chat, user in CHATS:
        answer = an_answer(a_quote(a_passage(), "Tutti erano presenti."))
        shown = await context.answers.remember(answer, chat=chat, thread=0, user=user, message=4)
        part = Part("Ecco", buttons=((Button("[1]", f"p:{shown.id}:1"),),))
        await context.answers.note(shown.id, chat, 5, part)
        ids.append(shown.id)
    return ids


def forged(ids: Sequence[str], rng: random.Random) -> tuple[int, int, int, str]:
    """Chat, message, user and data of a press that no button of the bot's leads to."""
    here = rng.randrange(3)
    (chat, user), own = CHATS[here], ids[here]
    kind, tail = rng.choice(
        (("p", ""), ("p", ":1"), ("p", ":1:0:00000000"), ("v", ":g"), ("v", ":w"))
    )
    other = ids[(here + rng.choice((1, 2))) % 3]
    return rng.choice(
        (
            (chat, 5, user, f"{kind}:{rng.randbytes(8).hex()}{tail}"),  # made up
            (chat, 5, user, f"{kind}:{other}{tail}"),  # another chat's
            (chat, 6, user, f"{kind}:{own}{tail}"),  # from another message
            (chat, 5, CARLO, f"{kind}:{own}{tail}"),  # by a stranger
            (CARLO, 5, CARLO, f"{kind}:{own}{tail}"),  # and in a chat of their own
            (chat, 5, user, f"p:{own}:{rng.choice((0, 2, 99, -1))}"),  # no such quote
            (chat, 5, user, f"{kind}:{own}{tail}{rng.choice('x: 🙂')}"),  # garbled
        )
    )


async def test_a_thousand_forged_presses_open_and_change_nothing(context: _Context) -> None:
    ids, rng = await given(context), random.Random(5)
    refusal = (words_in("it")("passage-expired", days=90), None)
    for _ in range(1000):
        chat, message, user, data = forged(ids, rng)
        query = _Query(chat, message, user, data)
        take = vote if data.startswith("v:") else open_passage
        await take(cast("CallbackQuery", query), cast("Context", context))
        assert query.answers == [refusal], (chat, message, user, data)
    assert [await context.feedback.of(each) for each in ids] == [(), (), ()]


async def test_the_same_presses_pass_where_nothing_is_forged(context: _Context) -> None:
    ids = await given(context)
    query = _Query(GROUP, 5, BRUNO, f"p:{ids[2]}:1")
    await open_passage(cast("CallbackQuery", query), cast("Context", context))
    assert query.answers == [(None, f"https://t.me/passo_bot?start=p_{ids[2]}_1")]
    query = _Query(ANNA, 5, ANNA, f"v:{ids[0]}:g")
    await vote(cast("CallbackQuery", query), cast("Context", context))
    assert query.answers == [(words_in("it")("voted-good"), None)]
    assert len(await context.feedback.of(ids[0])) == 1
