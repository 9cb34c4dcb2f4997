"""Texts and their entities, as the page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bot.sandbox.page.conftest import Window

if TYPE_CHECKING:
    from playwright.async_api import Locator

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONG = "\n".join(f"Riga numero {number} di un passo lungo." for number in range(1, 9))


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def entity(kind: str, text: str, part: str, **fields: object) -> dict[str, object]:
    at = text.index(part)
    return {"type": kind, "offset": utf16(text[:at]), "length": utf16(part), **fields}


async def shown(window: Window, text: str, *entities: dict[str, object]) -> Locator:
    message = await window.message_from_bot(text, entities=list(entities))
    await message.wait_for()
    return message.locator(".text")


async def test_each_kind_of_entity_has_its_look(window: Window) -> None:
    text = "🎉 grasso corsivo sotto barrato codice citato"
    kinds = {
        "bold": ("grasso", "strong"),
        "italic": ("corsivo", "em"),
        "underline": ("sotto", "u"),
        "strikethrough": ("barrato", "s"),
        "code": ("codice", "code"),
        "blockquote": ("citato", "blockquote"),
    }
    given = [entity(kind, text, part) for kind, (part, _) in kinds.items()]
    words = await shown(window, text, *given)
    for part, tag in kinds.values():
        assert await words.locator(tag).text_content() == part


async def test_a_long_quote_shows_three_lines_until_it_is_opened(window: Window) -> None:
    words = await shown(window, LONG, entity("expandable_blockquote", LONG, LONG))
    quoted = words.locator(".quoted")
    toggle = words.get_by_role("button", name="Mostra tutto")
    await toggle.wait_for()
    line = await quoted.evaluate("e => parseFloat(getComputedStyle(e).lineHeight)")
    collapsed = await quoted.evaluate("e => e.clientHeight")
    assert collapsed == pytest.approx(3 * line, abs=2)
    await toggle.click()
    assert await quoted.evaluate("e => e.clientHeight") == pytest.approx(8 * line, abs=2)
    await words.get_by_role("button", name="Mostra meno").click()
    assert await quoted.evaluate("e => e.clientHeight") == collapsed


async def test_a_quote_is_opened_by_a_click_on_its_words(window: Window) -> None:
    words = await shown(window, LONG, entity("expandable_blockquote", LONG, LONG))
    await words.get_by_role("button", name="Mostra tutto").wait_for()
    await words.locator(".quoted").click()
    await words.get_by_role("button", name="Mostra meno").wait_for()


async def test_a_short_quote_has_nothing_to_open(window: Window) -> None:
    words = await shown(window, "Breve.", entity("expandable_blockquote", "Breve.", "Breve."))
    await words.locator("blockquote.fits").wait_for()
    assert await words.get_by_role("button").count() == 0


async def test_what_looks_like_markup_stays_text(window: Window) -> None:
    hostile = "<img src=x onerror=alert(1)> <b>no</b> &amp; javascript:alert(1)"
    words = await shown(
        window, hostile, entity("text_link", hostile, "no", url="http://example.org/?a=<b>")
    )
    assert await words.text_content() == hostile
    assert await words.locator("img, b, script").count() == 0


async def test_links_lead_out_in_a_window_that_knows_nothing_of_the_page(window: Window) -> None:
    words = await shown(window, "Vedi https://example.org/a?b=1 e basta")
    link = words.get_by_role("link", name="https://example.org/a?b=1")
    assert await link.get_attribute("href") == "https://example.org/a?b=1"
    assert await link.get_attribute("target") == "_blank"
    assert await link.get_attribute("rel") == "noopener noreferrer"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc", "x"])
async def test_a_link_that_could_do_harm_is_plain_words(window: Window, url: str) -> None:
    made: dict[str, Any] = await window.page.evaluate(
        """async (url) => {
          const { linkTo } = await import("/page/links.js");
          const { tagName, textContent } = linkTo(url, ["parole"]);
          return { tagName, textContent };
        }""",
        url,
    )
    assert made == {"tagName": "SPAN", "textContent": "parole"}


async def test_a_spoiler_hides_its_words_until_it_is_pressed(window: Window) -> None:
    words = await shown(window, "Il segreto è 42", entity("spoiler", "Il segreto è 42", "42"))
    await words.get_by_role("button", name="Mostra il testo nascosto").click()
    assert await words.get_by_role("button").count() == 0
    assert await words.text_content() == "Il segreto è 42"


async def test_a_command_in_a_text_is_sent_when_it_is_pressed(window: Window) -> None:
    words = await shown(window, "Prova /help, per esempio")
    await words.get_by_role("button", name="/help").click()
    await window.page.locator(".mine .text", has_text="/help").wait_for()
    assert window.updates("message")[-1]["text"] == "/help"


KINDS = ["bold", "italic", "blockquote", "expandable_blockquote", "pre", "text_link", "url", "x"]
TEXTS = st.text(
    st.one_of(st.sampled_from("ab \nè🎉<&\u200f"), st.characters(exclude_categories=["Cs", "Cc"])),
    max_size=40,
)


@st.composite
def texts_with_entities(draw: st.DrawFn) -> tuple[str, list[dict[str, object]]]:
    """Any entities, also such as lie across each other, which Telegram wouldn't send."""
    text = draw(TEXTS)
    entities: list[dict[str, object]] = []
    for _ in range(draw(st.integers(0, 5)) if text else 0):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        offset, length = utf16(text[:start]), utf16(text[start:end])
        kind = draw(st.sampled_from(KINDS))
        entities.append({"type": kind, "offset": offset, "length": length, "url": "https://a.it"})
    return text, entities


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts_with_entities())
async def test_no_word_is_lost_or_doubled_whatever_the_entities(
    window: Window, given_text: tuple[str, list[dict[str, object]]]
) -> None:
    text, entities = given_text
    made = await window.page.evaluate(
        """async ([text, entities]) => {
          const { toNodes } = await import("/page/entities.js");
          const made = document.createElement("div");
          made.append(...toNodes(text, entities));
          return made.textContent;
        }""",
        [text, entities],
    )
    # A line break after a block is the block's own end.
    assert made.replace("\n", "") == text.replace("\n", "")
