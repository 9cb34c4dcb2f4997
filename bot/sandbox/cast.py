"""People and places to begin with: somebody to be, and somewhere to talk."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox.chats import Chat, User
from bot.sandbox.membership import set_status
from bot.sandbox.opening import add_chat, add_topic, add_user
from bot.sandbox.state import Sandbox


@dataclass(frozen=True, slots=True)
class Cast:
    """Who there is: the one who runs the bot, two who use it, and where they all meet."""

    owner: User
    italian: User
    english: User
    group: Chat
    channel: Chat
    discussion: Chat


def populate(sandbox: Sandbox) -> Cast:
    """Open three accounts, a group with topics, and a channel with its discussion group.

    The bot is a member of the groups and an administrator of the channel.
    """
    owner = add_user(sandbox, "Marta", username="marta_admin", language_code="it")
    italian = add_user(sandbox, "Giulia", username="giulia_it", language_code="it")
    english = add_user(sandbox, "Emma", username="emma_en", language_code="en")
    everyone = (owner.id, italian.id, english.id)
    group = add_chat(sandbox, "supergroup", "Redazione", is_forum=True, members=everyone)
    for topic in ("Esteri", "Verifiche"):
        add_topic(sandbox, group.id, topic)
    channel = add_chat(
        sandbox, "channel", "Notizie", members=everyone, username="notizie_prova", bot_status=None
    )
    set_status(sandbox, channel, sandbox.bot.id, "administrator", by=owner.id)
    discussion = add_chat(
        sandbox,
        "supergroup",
        "Notizie · commenti",
        members=everyone,
        linked_chat_id=channel.id,
    )
    return Cast(owner, italian, english, group, channel, discussion)
