"""Documents an admin sends are read at once, or taken away again."""

from __future__ import annotations

import threading
import unicodedata
from functools import partial

import pytest

from bot.handlers.stopping import STOP
from bot.locales import words_in
from bot.sandbox import SandboxClient
from bot.sandbox.views import SandboxMessage
from retrieval import (
    Changes,
    Collection,
    Fault,
    OnProgress,
    Progress,
    Replaced,
    Skipped,
    SourceError,
    Step,
    StoreBusyError,
    StoreError,
)
from tests.bot.conftest import ADMIN, Town
from tests.bot.handlers.documents import Office

SAID = words_in("it")
GONE = Fault("not-there", "it is gone", status="404")
TEXT = "Il laghetto del parco misura 340 metri quadrati."


async def replace_by(client: SandboxClient, name: str, content: bytes) -> SandboxMessage:
    """Have the admin put a file in another's place; their message."""
    sent = await client.send_file(ADMIN, ADMIN, name, content, caption="/add")
    offer = await client.wait_for_message(
        ADMIN, lambda m: m.text == SAID("add-replace", name=name), after=sent.id
    )
    yes = offer.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await client.press(ADMIN, offer.id, ADMIN, yes)
    return sent


async def test_a_pasted_text_becomes_a_document_that_answers(office: Office) -> None:
    async with office.bot():
        told = await office.say(f"/add Il laghetto, nuovo\n{TEXT}")
        told = await office.edited(told, "Un documento nuovo")
        assert "Il laghetto, nuovo" in told.text
        answer = await office.say("Quanto misura il laghetto?")
    assert "340 metri quadrati" in answer.text
    assert (office.sources / "il-laghetto-nuovo.md").read_text("utf-8") == (
        f"# Il laghetto, nuovo\n\n{TEXT}\n"
    )


async def test_a_file_is_offered_to_be_added_and_added_by_one_tap(office: Office) -> None:
    async with office.bot():
        sent = await office.client.send_file(
            office.admin, office.admin, "Laghetto.txt", TEXT.encode()
        )
        offer = await office.client.wait_for_message(office.admin, after=sent.id)
        assert offer.text == SAID("add-offer", name="Laghetto.txt")
        assert "Laghetto.txt" not in office.files()
        await office.press(offer, SAID("add-yes"))
        await office.edited(offer, "Un documento nuovo")
        answer = await office.say("Quanto misura il laghetto?")
    assert "340 metri quadrati" in answer.text
    assert "Laghetto.txt" in office.files()


async def test_a_file_with_the_command_as_its_caption_is_added_at_once(office: Office) -> None:
    async with office.bot():
        sent = await office.client.send_file(
            office.admin, office.admin, "a.md", TEXT.encode(), caption="/add"
        )
        await office.client.wait_for_message(
            office.admin, lambda message: "Un documento nuovo" in message.text, after=sent.id
        )
    assert "a.md" in office.files()


async def test_a_message_is_added_by_a_reply_to_it(office: Office) -> None:
    async with office.bot():
        first = await office.client.say(office.admin, office.admin, TEXT)
        await office.client.wait_for_message(office.admin, after=first.id)
        told = await office.say("/add", reply_to_message_id=first.id)
        await office.edited(told, "Un documento nuovo")
    assert "il-laghetto-del-parco-misura-340-metri-quadrati.md" in office.files()


async def test_a_message_that_begins_as_another_takes_nothings_place(office: Office) -> None:
    texts = (f"Buongiorno a tutti\n{TEXT}", "Buongiorno a tutti\nIl museo apre alle 9.")
    async with office.bot():
        for text in texts:
            said = await office.client.say(office.admin, office.admin, text)
            await office.client.wait_for_message(office.admin, after=said.id)
            told = await office.say("/add", reply_to_message_id=said.id)
            await office.edited(told, "Un documento nuovo")
    added = [(office.sources / name).read_text("utf-8") for name in office.files()]
    assert [sum(text in document for document in added) for text in texts] == [1, 1]


async def test_it_is_asked_before_a_document_takes_anothers_place(office: Office) -> None:
    async with office.bot():
        sent = await office.client.send_file(office.admin, office.admin, "nato.txt", TEXT.encode())
        offer = await office.client.wait_for_message(office.admin, after=sent.id)
    assert offer.text == SAID("add-replace", name="nato.txt")
    assert offer.raw["reply_markup"]["inline_keyboard"][0][0]["text"] == SAID("add-replace-yes")


async def test_a_text_takes_anothers_place_after_a_yes_alone(office: Office) -> None:
    before = office.sources.joinpath("gita.md").read_text("utf-8")
    async with office.bot():
        offer = await office.say(f"/add Gita\n{TEXT}")
        assert offer.text == SAID("add-replace", name="gita.md")
        assert office.sources.joinpath("gita.md").read_text("utf-8") == before
        await office.press(offer, SAID("add-replace-yes"))
        await office.edited(offer, "Un documento cambiato")
    assert office.sources.joinpath("gita.md").read_text("utf-8") == f"# Gita\n\n{TEXT}\n"


async def test_a_file_with_the_command_takes_anothers_place_after_a_yes_alone(
    office: Office,
) -> None:
    before = office.sources.joinpath("nato.txt").read_text("utf-8")
    async with office.bot():
        sent = await office.client.send_file(
            office.admin, office.admin, "nato.txt", TEXT.encode(), caption="/add"
        )
        offer = await office.client.wait_for_message(office.admin, after=sent.id)
        assert offer.text == SAID("add-replace", name="nato.txt")
        assert office.sources.joinpath("nato.txt").read_text("utf-8") == before
        await office.press(offer, SAID("add-replace-yes"))
        await office.edited(offer, "Un documento cambiato")
    assert office.sources.joinpath("nato.txt").read_text("utf-8") == TEXT


async def test_a_name_whose_accents_are_written_apart_is_the_same_name(office: Office) -> None:
    """Some systems write them so, and files come from there as they are."""
    file = office.sources.joinpath(unicodedata.normalize("NFD", "città.md"))
    long = "\n\n".join(f"# Parte {n}\n\nLa parte {n} parla del faro. " * 30 for n in range(9))
    file.write_text(long, "utf-8")
    async with office.bot():
        told = await office.say("/reload")
        await office.edited(told, "Un documento nuovo")
        sent = await office.client.send_file(office.admin, office.admin, "città.md", b"# Citta")
        offer = await office.client.wait_for_message(office.admin, after=sent.id)
        assert offer.text == SAID("add-replace", name="città.md")
        await office.press(offer, SAID("add-replace-yes"))
        await office.client.wait_for_message(
            office.admin, lambda m: m.text == SAID("add-anyway-sure"), after=sent.id
        )
        sent = await replace_by(office.client, "città.md", b"\xff\xfeR\x00")
        await office.client.wait_for_message(
            office.admin, lambda m: SAID("add-put-back", name=file.name) in m.text, after=sent.id
        )
    assert file.read_text("utf-8") == long


async def test_a_much_shorter_one_takes_its_place_by_a_second_yes(office: Office) -> None:
    long = "\n\n".join(f"# Parte {n}\n\nLa parte {n} parla del faro. " * 30 for n in range(9))
    office.sources.joinpath("lungo.md").write_text(long, "utf-8")
    async with office.bot():
        told = await office.say("/reload")
        await office.edited(told, "Un documento nuovo")
        sent = await office.client.send_file(office.admin, office.admin, "lungo.md", TEXT.encode())
        offer = await office.client.wait_for_message(office.admin, after=sent.id)
        await office.press(offer, SAID("add-replace-yes"))
        again = await office.client.wait_for_message(
            office.admin, lambda m: m.text == SAID("add-anyway-sure")
        )
        texts = [m.text for m in await office.client.messages(office.admin)]
        assert SAID("add-put-back", name="lungo.md") in texts
        assert office.sources.joinpath("lungo.md").read_text("utf-8") == long
        await office.press(again, SAID("reload-anyway-yes"))
        await office.edited(again, "Un documento cambiato")
    assert office.sources.joinpath("lungo.md").read_text("utf-8") == TEXT


async def test_what_cannot_be_read_is_taken_away_again(office: Office) -> None:
    before = office.files()
    async with office.bot():
        sent = await office.client.send_file(
            office.admin, office.admin, "rotto.md", b"\xff\xfeR\x00", caption="/add"
        )
        await office.client.wait_for_message(
            office.admin,
            lambda message: message.text == SAID("add-taken-back", name="rotto.md"),
            after=sent.id,
        )
    assert office.files() == before


async def test_a_document_that_is_of_no_kind_is_refused_before_anything_is_done(
    office: Office,
) -> None:
    before = office.files()
    async with office.bot():
        sent = await office.client.send_file(office.admin, office.admin, "a.exe", b"MZ")
        told = await office.client.wait_for_message(office.admin, after=sent.id)
    assert "a.exe" in told.text
    assert "reply_markup" not in told.raw
    assert office.files() == before


async def test_adding_that_is_stopped_leaves_the_documents_as_they_were(town: Town) -> None:
    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    pressed = threading.Event()

    def on_reload(on_progress: OnProgress | None) -> Changes:
        assert on_progress
        assert pressed.wait(30)
        on_progress(Progress(Step.READING, 1, 1))
        raise AssertionError("it went on")

    town.library.on_reload = on_reload
    async with town.bot():
        sent = await town.client.send_file(admin, admin, "a.md", b"Tanto testo", caption="/add")
        told = await town.client.wait_for_message(admin, after=sent.id)
        press = await town.client.press(admin, told.id, admin, STOP)
        await town.client.wait_for_answer(press)
        pressed.set()
        await town.client.wait_for_message(
            admin, lambda m: m.text == SAID("add-taken-back", name="a.md")
        )
    assert told.id in [m.id for m in await town.client.messages(admin)]
    assert town.library.collection.paths() == ()


async def test_files_sent_at_once_wait_for_each_other_and_all_come_in(office: Office) -> None:
    def is_told(name: str, message: SandboxMessage) -> bool:
        return "Un documento nuovo" in message.text and f"• {name.capitalize()}" in message.text

    names = ("uno", "due")
    async with office.bot():
        for name in names:
            content = f"Il documento {name} parla del laghetto.".encode()
            await office.client.send_file(
                office.admin, office.admin, f"{name}.md", content, caption="/add"
            )
        for name in names:
            await office.client.wait_for_message(office.admin, partial(is_told, name))
    assert office.files() >= {"uno.md", "due.md"}


async def test_the_command_alone_says_how_it_is_used(office: Office) -> None:
    async with office.bot():
        assert (await office.say("/add")).text == SAID("add-usage")


async def test_others_files_are_not_read(office: Office) -> None:
    anna = await office.client.add_user("Anna", language_code="it")
    async with office.bot():
        for caption in (None, "/add"):
            sent = await office.client.send_file(
                anna.id, anna.id, "a.md", TEXT.encode(), **({"caption": caption} if caption else {})
            )
            told = await office.client.wait_for_message(anna.id, after=sent.id)
            assert told.text == SAID("text-only")
    assert "a.md" not in office.files()


async def test_a_link_is_added_and_taken_out_again_where_it_leads_nowhere(town: Town) -> None:
    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    link = "https://example.org/pagina"
    async with town.bot():
        town.library.on_reload = lambda _: Changes("g2", added=("example.org/pagina",), passages=9)
        said = await town.client.say(admin, admin, f"/add {link}")
        told = await town.client.wait_for_message(admin, after=said.id)
        assert "example.org/pagina" in told.text
        assert town.library.links.added == town.library.links.kept == [link]
        town.library.links.added.clear()
        town.library.on_reload = lambda _: Changes("g2", skipped=(Skipped(link, GONE),))
        said = await town.client.say(admin, admin, f"/add {link}")
        await town.client.wait_for_message(
            admin, lambda m: m.text == SAID("add-taken-back", name=link), after=said.id
        )
    assert town.library.links.added == []


async def test_a_reload_that_fails_after_a_document_was_put_back_is_told(town: Town) -> None:
    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    town.library.collection.add("a.md", b"Prima")
    reloads = iter([Changes("g2", skipped=(Skipped("a.md", Fault("damaged", "it is garbled")),))])

    def on_reload(_: OnProgress | None) -> Changes:
        for changes in reloads:
            return changes
        raise StoreBusyError("busy")

    town.library.on_reload = on_reload
    async with town.bot():
        sent = await replace_by(town.client, "a.md", b"Dopo")
        told = await town.client.wait_for_message(
            admin, lambda m: m.text.startswith(SAID("reload-busy")), after=sent.id
        )
        before = [m.text for m in await town.client.messages(admin) if sent.id < m.id < told.id]
    assert before[-1] == SAID("add-put-back", name="a.md")
    assert (town.library.collection.folder / "a.md").read_bytes() == b"Prima"


async def test_what_was_there_before_a_crash_is_put_back(town: Town) -> None:
    """The next run begins anew with a file that has taken its place already."""
    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    collection = town.library.collection
    collection.add("a.md", b"Prima")
    crashed = threading.Event()

    def on_reload(_: OnProgress | None) -> Changes:
        if not crashed.is_set():
            crashed.set()
            raise KeyError("nobody expects this, and nobody puts anything back")
        return Changes("g2", skipped=(Skipped("a.md", Fault("damaged", "it is garbled")),))

    town.library.on_reload = on_reload
    async with town.bot():
        await replace_by(town.client, "a.md", b"Dopo")
        await town.client.wait_for_message(admin, lambda m: m.text == SAID("error"))
        sent = await town.client.send_file(admin, admin, "a.md", b"Dopo", caption="/add")
        await town.client.wait_for_message(
            admin, lambda m: m.text == SAID("add-put-back", name="a.md"), after=sent.id
        )
    assert (collection.folder / "a.md").read_bytes() == b"Prima"
    assert [path.name for path in collection.folder.iterdir()] == ["a.md"]


async def test_nobody_stops_the_reload_that_brings_back_what_could_not_be_replaced(
    town: Town,
) -> None:
    """The documents without it answer by then."""
    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    town.library.collection.add("a.md", b"Prima")
    pressed = threading.Event()
    garbled = Skipped("a.md", Fault("damaged", "it is garbled"))
    reloads = iter([Changes("g2", removed=("a",), skipped=(garbled,), swapped=True)])

    def on_reload(_: OnProgress | None) -> Changes:
        for changes in reloads:
            return changes
        assert pressed.wait(30)
        raise StoreError("the disk is full")

    town.library.on_reload = on_reload
    async with town.bot():
        sent = await replace_by(town.client, "a.md", b"Dopo")
        told = await town.client.wait_for_message(
            admin, lambda m: m.text == SAID("reload-start"), after=sent.id
        )
        assert "reply_markup" not in told.raw
        press = await town.client.press(admin, told.id, admin, STOP)
        await town.client.wait_for_answer(press)
        pressed.set()
        await town.client.wait_for_message(
            admin, lambda m: m.text == SAID("add-not-read", name="a.md"), after=sent.id
        )
        texts = [m.text for m in await town.client.messages(admin)]
    assert any(text.startswith(SAID("reload-failed")) for text in texts)
    assert SAID("reload-stopped") not in texts


@pytest.mark.parametrize("key", ["add-stays", "add-not-back"])
async def test_what_the_disk_lets_nobody_put_back_is_said(
    town: Town, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    def full(_: Collection, replaced: Replaced) -> None:
        raise SourceError(Fault("disk-full", f"no room for {replaced.path}"))

    def on_reload(_: OnProgress | None) -> Changes:
        raise StoreBusyError("busy")

    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id
    if key == "add-not-back":
        town.library.collection.add("a.md", b"Prima")
    monkeypatch.setattr(Collection, "restore", full)
    town.library.on_reload = on_reload
    async with town.bot():
        if key == "add-not-back":
            sent = await replace_by(town.client, "a.md", b"Dopo")
        else:
            sent = await town.client.send_file(admin, admin, "a.md", b"Dopo", caption="/add")
        told = SAID(key, name="a.md", reason=SAID("fault-disk-full"))
        await town.client.wait_for_message(admin, lambda m: m.text == told, after=sent.id)


async def test_what_else_has_changed_is_named_where_a_new_document_is_refused(
    office: Office,
) -> None:
    office.ask_of_nato(3)
    async with office.bot():
        office.sources.joinpath("nato.txt").write_text("Fu bello.\n", "utf-8")
        said = await office.client.say(
            office.admin, office.admin, "/add Faro\nIl faro è alto 40 metri."
        )
        others = SAID("add-others", name="faro.md", others="Nato")
        told = await office.client.wait_for_message(
            office.admin, lambda m: m.id > said.id and others in m.text
        )
    assert told.id > said.id
    assert office.files() == {"gita.md", "nato.txt"}


async def test_nothing_else_is_blamed_where_the_document_itself_is_at_fault(
    office: Office,
) -> None:
    office.ask_of_nato(3)
    async with office.bot():
        await replace_by(office.client, "nato.txt", b"Fu bello.\n")
        left = SAID("add-put-back", name="nato.txt")
        await office.client.wait_for_message(office.admin, lambda m: m.text == left)
        await office.say("Quanti membri ha la NATO?")
        texts = [m.text for m in await office.client.messages(office.admin)]
    assert not any("altro (" in text for text in texts)
