"""An admin decides by command where the bot answers."""

from __future__ import annotations

from bot.locales import words_in
from tests.bot.conftest import ADMIN, Town

SAID = words_in("it")


async def test_a_group_is_denied_and_allowed_again_by_its_number(town: Town) -> None:
    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    async with town.bot():
        group = await town.client.add_group("Amici", [admin])
        await town.client.set_member(group.id, town.client.bot_id, "member")
        await town.client.wait_for_message(group.id)

        async def told(text: str) -> str:
            said = await town.client.say(admin, admin, text)
            return (await town.client.wait_for_message(admin, after=said.id)).text

        assert await told(f"/deny {group.id}") == SAID("denied-now", title="Amici")
        assert f"✗ Amici · {group.id}" in await told("/allow")
        said = await town.client.say(group.id, admin, "/ask Uno?")
        refused = await town.client.wait_for_message(group.id, after=said.id)
        assert refused.text == SAID("denied-here")  # nobody is asked for permission
        assert await told(f"/allow {group.id}") == SAID("allowed-now", title="Amici")
        assert f"✓ Amici · {group.id}" in await told("/deny")
        by_title = await told("/deny amici")  # anybody may call theirs so
        assert by_title == SAID("chats-called") + f"\n\n{group.id} · Amici"
        assert f"✓ Amici · {group.id}" in await told("/allow")
        assert await told(f"/deny {group.id}") == SAID("denied-now", title="Amici")
        bare = str(group.id).removeprefix("-100")
        by_link = await told(f"/allow https://t.me/c/{bare}/7")
        assert by_link == SAID("allowed-now", title="Amici")
        await town.client.say(group.id, admin, "/ask Due?")
        await town.client.wait_for_message(group.id, lambda m: m.text.startswith("Due?"))
        assert await told("/allow @nessuno") == SAID("chat-unknown", name="@nessuno")
    assert town.library.asked == ["Due?"]


async def test_a_chat_that_nobody_has_met_is_allowed_beforehand_and_said_to_be_unknown(
    town: Town,
) -> None:
    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    async with town.bot():
        await town.client.say(admin, admin, "/allow -1009999")
        told = await town.client.wait_for_message(admin)
        assert told.text == SAID("allowed-beforehand", title="-1009999")
        await town.client.say(admin, admin, "/deny -1009999")
        told = await town.client.wait_for_message(admin, after=told.id)
        assert told.text == SAID("denied-beforehand", title="-1009999")


async def test_a_name_that_two_groups_have_is_asked_back(town: Town) -> None:
    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    async with town.bot():
        ids = []
        for _ in range(2):
            group = await town.client.add_group("Redazione", [admin])
            await town.client.set_member(group.id, town.client.bot_id, "member")
            await town.client.wait_for_message(group.id)
            ids.append(group.id)
        await town.client.say(admin, admin, "/deny Redazione")
        told = await town.client.wait_for_message(admin)
        assert told.text.startswith(SAID("chats-called"))
        assert all(f"{id_} · Redazione" in told.text for id_ in ids)
        await town.client.say(admin, admin, "/allow")
        listed = await town.client.wait_for_message(admin, after=told.id)
    assert listed.text.count("✓ Redazione") == 2
