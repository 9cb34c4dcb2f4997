"""What is known of groups and channels is kept, and who is allowed is told from it."""

from __future__ import annotations

from collections.abc import Collection

from bot.chats import Chats, KnownChat, Rights
from bot.state import State


async def chats_of(state: State, allowed: Collection[int] = (), bot: int = 42) -> Chats:
    return await Chats.open(state.engine, bot, allowed)


async def test_what_is_noted_is_there_for_the_next_run_and_for_this_bot_alone(state: State) -> None:
    chats = await chats_of(state)
    await chats.note(-7, title="Amici", kind="group", username="amici_tutti")
    await chats.note(-7, rights=Rights.ADMIN, told="seen-admin", is_source=True)
    expected = KnownChat(
        -7, "group", "Amici", "amici_tutti", Rights.ADMIN, "seen-admin", is_source=True
    )
    again = await chats_of(state)
    assert again.known() == (expected,)
    assert again.get(-7) == expected
    links = ("t.me/amici_tutti", "https://t.me/Amici_tutti/4")
    for name in ("@Amici_Tutti", "amici_tutti", "-7", *links):
        assert again.named(name) == expected
    for name in ("amici", "altri", "--7", "@", "", "https://t.me/+invito", "t.me/c/7"):
        assert again.named(name) is None
    assert (await chats_of(state, bot=43)).known() == ()


async def test_whoever_takes_the_name_of_another_chat_is_not_taken_for_it(state: State) -> None:
    chats = await chats_of(state)
    await chats.note(-7, title="Notizie", kind="channel")
    await chats.note(-8, title="@amici", kind="channel", username="notizie")
    await chats.note(-9, title="-5", kind="channel", username="amici")
    assert chats.named("Notizie") is None
    assert [chat.id for chat in chats.called("Notizie")] == [-8, -7]
    for name in ("amici", "@amici", "t.me/amici"):
        assert chats.named(name) == chats.get(-9)
    assert chats.named("-5") is None
    assert chats.called("-5") == ()


async def test_without_a_list_every_chat_is_allowed_until_an_admin_denies_it(state: State) -> None:
    chats = await chats_of(state)
    assert chats.is_allowed(-7)
    await chats.deny(-7)
    assert not (await chats_of(state)).is_allowed(-7)
    assert chats.is_allowed(-8)
    await chats.allow(-7)
    assert (await chats_of(state)).is_allowed(-7)


async def test_with_a_list_the_others_wait_for_an_admin_but_people_dont(state: State) -> None:
    chats = await chats_of(state, [-7])
    assert [chats.is_allowed(chat) for chat in (-7, -8, 8)] == [True, False, True]
    await chats.allow(-8)
    await chats.deny(-7)
    assert [chats.is_allowed(chat) for chat in (-7, -8)] == [False, True]
    assert chats.known()[0].name == "-8"  # nobody knows its title


async def test_what_is_decided_of_a_supergroup_holds_for_the_group_that_it_was(
    state: State,
) -> None:
    chats = await chats_of(state, {-1})
    await chats.note(-7, title="Amici", kind="group")
    await chats.allow(-7)
    await chats.move(-7, -1007)
    assert chats.is_allowed(-7)
    again = await chats_of(state, {-1})
    assert again.is_allowed(-7)
    await again.deny(-1007)
    assert not again.is_allowed(-7)
    assert again.named("-7") == again.get(-7) == again.get(-1007)
    assert [chat.id for chat in (await chats_of(state)).known()] == [-1007]


async def test_settings_that_name_a_supergroup_hold_for_the_group_that_it_was(
    state: State,
) -> None:
    chats = await chats_of(state, {-1007})
    await chats.note(-7, title="Amici", kind="group")
    await chats.move(-7, -1007)
    assert chats.is_allowed(-7)


async def test_what_comes_late_from_a_group_that_has_moved_undoes_nothing(state: State) -> None:
    """Both chats say that it has, each in its own queue: one may still say more meanwhile."""
    chats = await chats_of(state, {-1})
    await chats.note(-7, title="Amici", kind="group")
    await chats.allow(-7)
    await chats.move(-7, -1007)
    await chats.note(-7, title="Amici", kind="group")
    assert chats.is_allowed(-7)
    await chats.move(-7, -1007)
    assert chats.is_allowed(-1007)
    assert [chat.id for chat in (await chats_of(state)).known()] == [-1007]


async def test_a_group_that_moves_stays_allowed_by_the_settings(state: State) -> None:
    chats = await chats_of(state, [-7])
    await chats.note(-7, title="Amici", kind="group", told="seen-called")
    for _ in range(2):
        await chats.move(-7, -1007)
    again = await chats_of(state, [-7])
    assert again.is_allowed(-1007)
    assert again.known() == (
        KnownChat(-1007, "supergroup", "Amici", told="seen-called", allowed=True, earlier="-7"),
    )


async def test_the_names_a_chat_had_are_remembered_once_each(state: State) -> None:
    chats = await Chats.open(state.engine, 42)
    for username in ("notizie", "novita", "", "notizie", "altro"):
        await chats.note(-1001, username=username)
    again = await Chats.open(state.engine, 42)
    known = again.get(-1001)
    assert known
    assert (known.username, known.earlier) == ("altro", "notizie novita")


def test_the_address_of_a_chat_is_one_that_no_other_can_have() -> None:
    assert KnownChat(-7, title="Notizie", username="notizie").address == "@notizie"
    assert KnownChat(-7, title="Notizie").address == "-7"
