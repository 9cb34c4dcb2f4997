"""Why a document or a link was left out is said in the chat's language, by a bot at work."""

from __future__ import annotations

import errno
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from bot.dates import day_in_words
from bot.locales import words_in
from bot.sandbox.views import SandboxMessage
from retrieval.sources.kinds import ALL
from tests.bot.handlers.documents import Office
from tests.retrieval.sources.made import pdf
from tests.retrieval.web.site import Site, page, response, serving_in_thread

SAID = words_in("it")


@pytest.fixture
def site() -> Iterator[Site]:
    rules = response(body=b"User-agent: *\nDisallow: /privata\n", content_type="text/plain")
    pages = {"/robots.txt": rules, "/privata": response(body=page("Privata", "Qui no."))}
    with serving_in_thread(pages) as site:
        yield site


def locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt("segreto", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def refused(name: str, code: str, **values: str | float) -> str:
    return SAID("add-refused", name=name, reason=SAID(f"fault-{code}", **values))


async def added(office: Office, name: str, data: bytes) -> SandboxMessage:
    """Have the admin add a file that can't be added; what the bot says to that."""
    sent = await office.client.send_file(office.admin, office.admin, name, data, caption="/add")
    return await office.client.wait_for_message(
        office.admin, lambda told: told.text.startswith("Non "), after=sent.id
    )


async def said(office: Office, text: str) -> SandboxMessage:
    """Have the admin ask for what can't be done; what the bot says to that."""
    sent = await office.client.say(office.admin, office.admin, text)
    return await office.client.wait_for_message(
        office.admin, lambda told: told.text.startswith("Non "), after=sent.id
    )


async def test_files_that_cannot_be_added_are_refused_in_italian(office: Office) -> None:
    before = office.files()
    async with office.bot():
        for name, data, code in (
            ("rotto.pdf", b"%PDF-1.7\nniente", "damaged"),
            ("chiuso.pdf", locked(), "password"),
            ("vuoto.md", b" \n", "empty"),
            ("largo.txt", "Perché no".encode("utf-16"), "encoding"),
            ("finto.docx", b"MZ", "damaged"),
        ):
            told = await added(office, name, data)
            assert told.text == refused(name, code)
        told = await added(office, "foto.png", b"\x89PNG")
        assert told.text == refused("foto.png", "kind", kinds=ALL)
        told = await added(office, ".nascosto.txt", b"Testo.")
        assert told.text == refused(".nascosto.txt", "name")
    assert office.files() == before


async def test_what_the_folder_holds_and_nobody_can_read_is_told_in_italian(
    office: Office,
) -> None:
    with (office.sources / "enorme.txt").open("wb") as file:
        file.truncate(20_000_001)
    (office.sources / "foto.png").write_bytes(b"\x89PNG")
    (office.sources / "zero.md").write_bytes(b"")
    (office.sources / "brutti.links").write_text("ftp://example.org/\nhttp://10.0.0.1/\n", "utf-8")
    (office.documents.store / "questions.jsonl").write_text("{}\n", "utf-8")
    (office.sources / "nato.txt").write_text("La NATO ha 32 membri.\n", "utf-8")
    async with office.bot():
        told = await office.edited(await office.say("/reload"), "Fatto")
    lines = told.text.split("\n")
    for line in (
        f"• enorme.txt: {SAID('fault-too-large', megabytes=20)}",
        f"• foto.png: {SAID('fault-kind', kinds=ALL)}",
        f"• zero.md: {SAID('fault-empty')}",
        f"• brutti.links:1: {SAID('fault-scheme')}",
        f"• brutti.links:2: {SAID('fault-internal')}",
        f"• questions.jsonl: {SAID('fault-question', line='1')}",
    ):
        assert line in lines


async def test_links_that_cannot_be_followed_are_refused_in_italian(
    office: Office, site: Site
) -> None:
    office = replace(office, documents=replace(office.documents, web=site.settings()))
    missing, forbidden = site.url("/manca", "127.0.0.1"), site.url("/privata", "127.0.0.1")
    async with office.bot():
        told = await said(office, "/add http://192.168.1.1/admin")
        assert told.text == SAID("documents-refused", reason=SAID("fault-internal"))
        told = await said(office, "/add http://ada:segreta@example.org/")
        assert told.text == SAID("documents-refused", reason=SAID("fault-link-password"))
        told = await said(office, f"/add {missing}")
        assert told.text == refused(missing, "not-there", status="404")
        told = await said(office, f"/add {forbidden}")
        assert told.text == refused(forbidden, "robots")
        told = await said(office, "/remove https://example.org/mai-visto")
        assert told.text == SAID("documents-refused", reason=SAID("fault-no-link"))
    assert "/privata" not in site.targets()


async def test_a_page_that_fails_and_keeps_its_text_is_told_in_italian(
    office: Office, site: Site
) -> None:
    office = replace(office, documents=replace(office.documents, web=site.settings()))
    site.pages["/mole"] = response(body=page("La Mole", "La Mole di Torino è alta 167 metri."))
    link = site.url("/mole", "127.0.0.1")
    (office.sources / "web.links").write_text(f"{link}\n", "utf-8")
    async with office.bot():
        await office.edited(await office.say("/reload"), "Un documento nuovo")
        site.pages["/mole"] = response(503, b"")
        told = await office.say("/reload")
        told = await office.edited(told, SAID("fault-fails", status="503"))
    [summary] = [each for each in office.open_library().sources() if each.kind == "web"]
    kept = SAID(
        "fault-kept",
        cause=SAID("fault-fails", status="503"),
        day=day_in_words(summary.seen[:10], "it"),
    )
    assert told.text.endswith(f"• {link}: {kept}")


async def test_a_version_that_cannot_be_gone_back_to_is_told_in_italian(office: Office) -> None:
    async with office.bot():
        (office.sources / "nato.txt").write_text("La NATO ha 32 membri.\n", "utf-8")
        await office.edited(await office.say("/reload"), "Un documento cambiato")
        sure = await office.say("/rollback")
        [before, _] = sorted((office.documents.store / "generations").glob("2*"))
        (before / "words.npy").write_bytes(b"")
        await office.press(sure, SAID("rollback-yes"))
        refusal = SAID("documents-refused", reason=SAID("fault-store-damaged"))
        await office.edited(sure, refusal)


def no_room(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


async def test_a_full_disk_is_told_in_italian(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office.bot():
        with monkeypatch.context() as full:
            full.setattr("retrieval.sources.collection.sync", no_room)
            told = await added(office, "a.md", b"Un testo.")
            assert told.text == refused("a.md", "disk-full")
        monkeypatch.setattr("retrieval.reload.write_sources", no_room)
        (office.sources / "b.md").write_text("Un altro testo.\n", "utf-8")
        told = await office.say("/reload")
        told = await office.edited(told, SAID("because", reason=SAID("fault-disk-full")))
    assert told.text.startswith(SAID("reload-failed"))
    assert "Non riesco" not in told.text


async def test_a_folder_that_is_gone_is_told_in_italian(office: Office, tmp_path: Path) -> None:
    async with office.bot():
        office.sources.rename(tmp_path / "altrove")
        told = await office.say("/reload")
        told = await office.edited(told, SAID("because", reason=SAID("fault-no-folder")))
    assert str(office.sources) not in told.text
