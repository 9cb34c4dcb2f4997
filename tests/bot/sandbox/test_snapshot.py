from __future__ import annotations

from bot.sandbox import Sandbox, populate
from bot.sandbox.methods import call
from bot.sandbox.people import delete, react, say
from bot.sandbox.snapshot import snapshot


async def test_it_has_members_topics_links_reactions_and_the_draft() -> None:
    sandbox = Sandbox()
    cast = populate(sandbox)
    ada = cast.owner.id
    number = say(sandbox, ada, ada, "Ciao")["message_id"]
    await call(
        sandbox,
        "setMessageReaction",
        {"chat_id": ada, "message_id": number, "reaction": [{"type": "emoji", "emoji": "👀"}]},
    )
    await call(sandbox, "sendMessageDraft", {"chat_id": ada, "draft_id": 5, "text": "Le fonti"})
    seen = snapshot(sandbox)
    chats = {chat["id"]: chat for chat in seen["chats"]}
    assert seen["seq"] == sandbox.events.seq
    assert chats[ada]["draft"] == {"draft_id": 5, "text": "Le fonti"}
    [reaction] = chats[ada]["reactions"]
    assert (reaction["user_id"], reaction["reaction"][0]["emoji"]) == (sandbox.bot.id, "👀")
    topics = [topic["name"] for topic in chats[cast.group.id]["topics"]]
    assert topics == ["Esteri", "Verifiche"]
    assert chats[cast.channel.id]["linked_chat_id"] == cast.discussion.id
    assert chats[cast.group.id]["members"][str(ada)] == "creator"


def test_reactions_that_were_taken_back_or_to_what_is_gone_are_left_out() -> None:
    sandbox = Sandbox()
    ada = populate(sandbox).owner.id
    kept, gone = (say(sandbox, ada, ada, text)["message_id"] for text in ("uno", "due"))
    for number in (kept, gone):
        react(sandbox, ada, number, ada, "👍")
    react(sandbox, ada, kept, ada, None)
    delete(sandbox, ada, gone)
    [private] = [chat for chat in snapshot(sandbox)["chats"] if chat["id"] == ada]
    assert private["reactions"] == []
