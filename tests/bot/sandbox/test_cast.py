from __future__ import annotations

from bot.sandbox import Sandbox, populate


def test_there_is_somebody_to_be_in_each_language_and_somewhere_of_each_kind() -> None:
    sandbox = Sandbox()
    cast = populate(sandbox)
    bot = sandbox.bot.id
    assert {cast.owner.language_code, cast.italian.language_code} == {"it"}
    assert cast.english.language_code == "en"
    assert cast.group.is_forum
    assert len(cast.group.topics) == 2
    assert cast.channel.linked_chat_id == cast.discussion.id
    assert cast.discussion.linked_chat_id == cast.channel.id
    assert cast.channel.is_admin(bot)
    assert cast.group.status(bot) == cast.discussion.status(bot) == "member"
    for chat in (cast.group, cast.channel, cast.discussion):
        assert chat.status(cast.owner.id) == "creator"
        assert chat.holds(cast.italian.id)
        assert chat.holds(cast.english.id)
