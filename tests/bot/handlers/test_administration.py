"""Reloading from Telegram: who may, and what is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from bot.handlers.stopping import STOP
from bot.locales import words_in
from bot.sandbox import SandboxMessage
from retrieval import (
    Changes,
    Fault,
    Library,
    LostQuestion,
    OnProgress,
    Progress,
    Regression,
    RegressionError,
    Skipped,
    SourcesError,
    Step,
    StoreBusyError,
)
from retrieval.embedding import LocalEmbedder
from retrieval.ranking import Ranker
from retrieval.reload import reload
from retrieval.settings import Settings as Documents
from tests.bot.conftest import ADMIN, Town
from tests.bot.handlers.documents import Office
from tests.bot.running import bot_at_work
from tests.bot.waiting import until

SAID = words_in("it")


NOT_TEXT = Fault("binary", "/srv/docs/foto.png is not text")


async def an_admin(town: Town) -> int:
    return (await town.client.add_user("Ada", id=ADMIN, language_code="it")).id


def come_to(*outcomes: Changes | Exception) -> Callable[[OnProgress | None], Changes]:
    """What reloads come to, one after the other, and as the last from then on."""
    left = list(outcomes)

    def on_reload(_: OnProgress | None) -> Changes:
        outcome = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return on_reload


async def test_an_admin_is_told_what_changed(town: Town) -> None:
    town.library.on_reload = lambda _: Changes(
        "g2",
        added=("nuovo",),
        changed=("vertice",),
        removed=("vecchio",),
        unchanged=3,
        skipped=(Skipped("foto.png", NOT_TEXT),),
        passages=40,
        seconds=1.234,
    )
    admin = await an_admin(town)
    async with town.bot():
        await town.client.say(admin, admin, "/reload")
        told = await town.client.wait_for_message(admin)
    assert told.text == (
        "Fatto, in 1,2 s. Ora conosco 40 passi.\n\n"
        "Un documento nuovo\n• nuovo\n\n"
        "Un documento cambiato\n• vertice\n\n"
        "Un documento tolto\n• vecchio\n\n"
        "Un documento lasciato da parte\n• foto.png: non è un file di testo, anche se dal nome "
        "sembrerebbe. Salvalo come testo e riprova.\n\n"
        "Altri 3 documenti sono rimasti com’erano."
    )


async def test_nothing_new_is_one_calm_line(town: Town) -> None:
    town.library.on_reload = lambda _: Changes("g1", unchanged=3, passages=40, swapped=False)
    admin = await an_admin(town)
    async with town.bot():
        await town.client.say(admin, admin, "/reload")
        told = await town.client.wait_for_message(admin)
    assert told.text == "Nessuna novità: i documenti sono gli stessi (40 passi; 0 s)."
    assert not await town.client.calls("editMessageText")


async def test_progress_and_result_are_one_message_and_questions_go_on(town: Town) -> None:
    halfway, go_on = threading.Event(), threading.Event()

    def on_reload(on_progress: OnProgress | None) -> Changes:
        assert on_progress
        on_progress(Progress(Step.EMBEDDING, 1, 2))
        halfway.set()
        assert go_on.wait(30)
        return Changes("g2", added=("nuovo",))

    town.library.on_reload = on_reload
    admin = await an_admin(town)
    async with town.bot():
        try:
            await town.client.say(admin, admin, "/reload")
            await town.client.wait_for_message(admin, lambda m: m.text == SAID("reload-start"))
            await town.client.say(admin, admin, "Quanti sono?")
            await town.client.wait_for_message(admin, lambda m: m.text.startswith("Quanti"))
            progress = await town.client.wait_for_message(
                admin, lambda m: m.text == SAID("reload-embedding", done=1, total=2)
            )
        finally:
            go_on.set()
        done = await town.client.wait_for_message(admin, lambda m: "Fatto" in m.text)
    assert done.id == progress.id


async def test_a_reload_is_stopped_by_a_button_while_it_can_be(town: Town) -> None:
    asked, over = threading.Event(), threading.Event()

    def on_reload(on_progress: OnProgress | None) -> Changes:
        assert on_progress
        on_progress(Progress(Step.READING, 1, 2))
        assert asked.wait(30)
        try:
            on_progress(Progress(Step.SWAPPING, 1, 2))  # by now its outcome may stand
            on_progress(Progress(Step.EMBEDDING, 1, 2))
        finally:
            over.set()
        return Changes("g2")

    town.library.on_reload = on_reload
    admin = await an_admin(town)
    anna = (await town.client.add_user("Anna", language_code="it")).id
    group = (await town.client.add_group("Amici", [admin, anna, town.client.bot_id])).id
    async with town.bot():
        try:
            await town.client.say(group, admin, "/reload")
            told = await town.client.wait_for_message(group, lambda m: "reply_markup" in m.raw)
            await town.client.say(admin, admin, "/health")
            health = await town.client.wait_for_message(admin)
            assert SAID("health-reading") in health.text
            refused = await answered(town, group, told.id, anna)
            assert refused == SAID("admins-only")
            assert await answered(town, group, told.id, admin) == SAID("reload-stopping")
        finally:
            asked.set()
        stopped = await town.client.wait_for_message(
            group, lambda m: m.text == SAID("reload-stopped")
        )
        assert "reply_markup" not in stopped.raw
        assert await answered(town, group, told.id, admin) == SAID("confirm-expired")
    assert stopped.id == told.id
    assert over.is_set()


async def test_whoever_stops_a_reload_too_late_hears_so(town: Town) -> None:
    pressed = threading.Event()

    def on_reload(on_progress: OnProgress | None) -> Changes:
        assert on_progress
        on_progress(Progress(Step.CHECKING, 0, 2))
        assert pressed.wait(30)
        return Changes("g2", added=("nato",))

    town.library.on_reload = on_reload
    admin = await an_admin(town)
    async with town.bot():
        try:
            await town.client.say(admin, admin, "/reload")
            told = await town.client.wait_for_message(admin)
            await town.client.say(admin, admin, "/health")
            await town.client.wait_for_message(admin, after=told.id)
            # As on a phone where the message has its button for a moment more.
            assert await answered(town, admin, told.id, admin) == SAID("reload-unstoppable")
        finally:
            pressed.set()
        await town.client.wait_for_message(admin, lambda m: "Un documento nuovo" in m.text)


async def answered(town: Town, chat: int, message: int, user: int) -> str:
    """What the bot answers to whoever presses the button that stops a reload."""
    pressed = await town.client.press(chat, message, user, STOP)
    return str((await town.client.wait_for_answer(pressed))["text"])


LOST = Regression(
    asked=24,
    passed=15,
    passed_before=18,
    lost=(
        LostQuestion("q1", "Quanti membri ha la NATO?", gone="nato"),
        LostQuestion("q2", "Chi è il ministro?", gone="nato"),
        LostQuestion("q3", "Dove si terrà il vertice?"),
    ),
)


async def test_documents_that_answer_worse_are_refused_with_the_questions_and_the_way_out(
    town: Town,
) -> None:
    town.library.on_reload = come_to(RegressionError("/srv/docs loses q1, q2, q3", LOST))
    admin = await an_admin(town)
    group = await town.client.add_group("Amici", [admin, town.client.bot_id])
    async with town.bot():
        await town.client.say(admin, admin, "/reload")
        told = await town.client.wait_for_message(admin)
        await town.client.say(group.id, admin, "/reload")
        in_group = await town.client.wait_for_message(group.id)
    assert told.text == (
        "Con i documenti nuovi risponderei peggio: delle 18 domande di prova che oggi vanno bene "
        "ne perderei 3. Quindi continuo a rispondere con quelli di prima.\n\n"
        "Le domande che perderei\n"
        "• Quanti membri ha la NATO?\n• Chi è il ministro?\n• Dove si terrà il vertice?\n\n"
        "Un documento di cui parlano non c’è più\n• nato\n\n"
        "Sistema i documenti, oppure togli da questions.jsonl le domande che non valgono più, e "
        "mandami di nuovo /reload. Se invece va bene così, scrivimi: /reload forza"
    )
    assert in_group.text == told.text


async def test_refused_documents_are_used_anyway_by_the_press_of_who_asked_alone(
    town: Town,
) -> None:
    refusal = RegressionError("/srv/docs loses q1", LOST)
    refusal.documents = "these"
    used = Changes("g2", skipped=(Skipped("foto.png", NOT_TEXT),))
    town.library.on_reload = come_to(refusal, refusal, used)
    admin = await an_admin(town)
    anna = (await town.client.add_user("Anna", language_code="it")).id
    group = (await town.client.add_group("Amici", [admin, anna, town.client.bot_id])).id

    async def pressed(user: int, sure: SandboxMessage, choice: int) -> str:
        [row] = sure.raw["reply_markup"]["inline_keyboard"]
        id_ = await town.client.press(group, sure.id, user, row[choice]["callback_data"])
        return str((await town.client.wait_for_answer(id_)).get("text") or "")

    async def refused() -> SandboxMessage:
        said = await town.client.say(group, admin, "/reload")
        return await town.client.wait_for_message(
            group, lambda m: m.id > said.id and m.text == SAID("reload-anyway-sure")
        )

    async with town.bot():
        left = await refused()
        assert await pressed(admin, left, 1) == ""
        await town.client.wait_for_message(
            group, lambda m: m.id == left.id and m.text == SAID("confirm-left")
        )
        assert await pressed(admin, left, 0) == SAID("confirm-expired")
        sure = await refused()
        assert await pressed(anna, sure, 0) == SAID("confirm-expired")
        assert town.library.accepted == ["", ""]
        assert await pressed(admin, sure, 0) == ""
        done = await town.client.wait_for_message(
            group, lambda m: m.id == sure.id and "foto.png" in m.text
        )
        assert await pressed(admin, sure, 0) == SAID("confirm-expired")
    assert town.library.accepted == ["", "", "these"]
    assert "/srv" not in done.text  # it is a group that reads it


async def test_documents_of_which_too_much_is_gone_are_used_anyway_by_the_button(
    office: Office,
) -> None:
    for gone in ("nato.txt", "gita.md"):
        (office.sources / gone).unlink()
    office.sources.joinpath("altro.md").write_text("Un altro testo.\n", "utf-8")
    async with office.bot():
        said = await office.client.say(office.admin, office.admin, "/reload")
        sure = await office.client.wait_for_message(
            office.admin, lambda m: m.id > said.id and m.text == SAID("reload-anyway-sure")
        )
        told = [m for m in await office.client.messages(office.admin) if said.id < m.id < sure.id]
        assert "31 membri" in (await office.say("Quanti membri ha la NATO?")).text
        assert await office.press(sure, SAID("reload-anyway-yes"))
        done = await office.edited(sure, "2 documenti tolti")
    assert "Così perderei gran parte di quello che so: 2 documenti su 2" in told[0].text
    assert "• La gita al lago\n• Nato" in told[0].text
    assert "Un documento nuovo\n• Altro" in done.text


async def test_refused_documents_are_not_used_once_others_answer(town: Town) -> None:
    town.library.on_reload = come_to(RegressionError("/srv/docs loses q1", LOST))
    admin = await an_admin(town)
    async with town.bot():
        await town.client.say(admin, admin, "/reload")
        sure = await town.client.wait_for_message(
            admin, lambda m: m.text == SAID("reload-anyway-sure")
        )
        town.library.state = replace(town.library.state, generation="another")
        yes = sure.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        await town.client.press(admin, sure.id, admin, yes)
        await town.client.wait_for_message(
            admin, lambda m: m.id == sure.id and m.text == SAID("confirm-expired")
        )
    assert town.library.forced == [False]


async def test_other_documents_than_those_refused_are_not_used_by_the_button(
    office: Office,
) -> None:
    office.ask_of_nato(4)
    nato, trip = office.sources / "nato.txt", office.sources / "gita.md"
    async with office.bot():
        nato.write_text("La gita fu bella.\n", "utf-8")
        said = await office.client.say(office.admin, office.admin, "/reload")
        sure = await office.client.wait_for_message(
            office.admin, lambda m: m.id > said.id and m.text == SAID("reload-anyway-sure")
        )
        nato.unlink()
        trip.unlink()
        office.sources.joinpath("altro.md").write_text("Un altro testo.\n", "utf-8")
        await office.press(sure, SAID("reload-anyway-yes"))
        again = await office.client.wait_for_message(
            office.admin, lambda m: m.id > sure.id and m.text == SAID("reload-anyway-sure")
        )
        wiped = await office.edited(sure, "• La gita al lago")
        assert "Così perderei gran parte di quello che so" in wiped.text
        assert "31 membri" in (await office.say("Quanti membri ha la NATO?")).text
        # Those that were refused last are taken, since nothing else has changed.
        await office.press(again, SAID("reload-anyway-yes"))
        await office.edited(again, "2 documenti tolti")


async def test_a_document_is_added_once_a_reload_is_over_and_each_tells_its_own(
    office: Office,
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly(settings: Documents, told: OnProgress | None) -> Changes:
        if not begun.is_set():
            begun.set()
            assert go_on.wait(30)
        return reload(settings, LocalEmbedder(), told)

    library = Library(office.documents, LocalEmbedder(), Ranker.load(), slowly)
    library.refresh()
    async with bot_at_work(office.settings, lambda: library):
        asked = await office.client.say(office.admin, office.admin, "/reload")
        await until(begun.is_set)
        await office.client.say(office.admin, office.admin, "/add Faro\nIl faro è alto 40 metri.")
        await office.client.wait_for_message(
            office.admin, lambda m: m.text == SAID("reload-waiting")
        )
        assert "faro.md" not in office.files()
        go_on.set()
        added = await office.client.wait_for_message(
            office.admin, lambda m: "Un documento nuovo\n• Faro" in m.text
        )
        same = await office.client.wait_for_message(
            office.admin, lambda m: m.id > asked.id and "Nessuna novità" in m.text
        )
    assert added.id != same.id


async def test_a_reload_that_fails_for_another_reason_offers_no_way_past_it(town: Town) -> None:
    town.library.on_reload = come_to(SourcesError(Fault("no-folder", "sources is gone")))
    admin = await an_admin(town)
    async with town.bot():
        said = await town.client.say(admin, admin, "/reload")
        await town.client.wait_for_message(admin, after=said.id)
        await town.client.say(admin, admin, "Quanti sono?")
        await town.client.wait_for_message(admin, lambda m: m.text.startswith("Quanti sono? →"))
        told = [m for m in await town.client.messages(admin) if m.id > said.id]
    assert not any(m.text == SAID("reload-anyway-sure") for m in told)


async def test_a_reload_is_forced_by_one_word_in_either_language_and_no_other(town: Town) -> None:
    town.library.on_reload = lambda _: Changes("g2", added=("nuovo",), regression=LOST)
    admin = await an_admin(town)
    reloads = {"/reload": False, "/reload forza": True, "/reload  Force": True}
    others = ("/reload senza forza", "/reload forze")
    async with town.bot():
        last = 0
        for text in others:
            await town.client.say(admin, admin, text)
            usage = await town.client.wait_for_message(admin, after=last)
            assert usage.text == SAID("reload-usage")
            last = usage.id
        for text in reloads:
            await town.client.say(admin, admin, text)
            told = await town.client.wait_for_message(admin, after=last)
            last = told.id
    assert town.library.forced == list(reloads.values())
    assert "Delle 24 domande di prova ne vanno bene 15." in told.text
    assert "3 domande andavano bene e ora non più\n• Quanti membri ha la NATO?" in told.text


async def test_what_goes_wrong_is_said_calmly(town: Town) -> None:
    gone = SourcesError(Fault("no-folder", "sources is gone"))
    town.library.on_reload = come_to(StoreBusyError("process 7"), gone)
    admin = await an_admin(town)
    async with town.bot():
        await town.client.say(admin, admin, "/reload")
        busy = await town.client.wait_for_message(admin)
        await town.client.say(admin, admin, "/reload")
        empty = await town.client.wait_for_message(admin, after=busy.id)
    assert busy.text == SAID("reload-busy")
    because = SAID("because", reason=SAID("fault-no-folder"))
    assert empty.text == SAID("reload-no-sources") + " " + because


async def test_a_reload_cut_short_by_the_end_of_the_bot_is_begun_again(town: Town) -> None:
    begun, release = threading.Event(), threading.Event()

    def stuck(_: OnProgress | None) -> Changes:
        begun.set()
        assert release.wait(30)
        return Changes("never")

    town.library.on_reload = stuck
    admin = await an_admin(town)
    try:
        async with town.bot():
            await town.client.say(admin, admin, "/reload")
            await town.client.wait_for_message(admin)
        town.library.on_reload = lambda _: Changes("g2", added=("nuovo",))
        async with town.bot():
            await town.client.wait_for_message(admin, lambda m: "Fatto" in m.text)
    finally:
        release.set()


async def test_a_group_is_not_shown_why_a_reload_failed_or_a_file_was_skipped(town: Town) -> None:
    left_out = Changes("g1", skipped=(Skipped("foto.png", NOT_TEXT),))
    town.library.on_reload = come_to(SourcesError("/srv/secret is empty"), left_out)
    admin = await an_admin(town)
    group = await town.client.add_group("Amici", [admin, town.client.bot_id])
    async with town.bot():
        await town.client.say(group.id, admin, "/reload")
        failed = await town.client.wait_for_message(group.id)
        await town.client.say(group.id, admin, "/reload")
        skipped = await town.client.wait_for_message(group.id, after=failed.id)
    assert failed.text == SAID("reload-no-sources")
    assert skipped.text.endswith("• foto.png")
