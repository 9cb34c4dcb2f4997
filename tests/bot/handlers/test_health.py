"""How the bot is, in a message."""

from __future__ import annotations

from dataclasses import replace

from bot.dates import moment_in_words
from bot.locales import words_in
from retrieval import Fault, Health
from tests.bot.conftest import ADMIN, Town

READ = "2026-11-26T10:00:00+00:00"


async def test_what_answers_is_said_and_what_is_wrong_with_it(town: Town) -> None:
    said = words_in("en")
    admin = (await town.client.add_user("Ada", id=ADMIN, language_code="en")).id
    async with town.bot():
        town.library.state = Health("g2", READ, "g1", 3, 40)
        await town.client.say(admin, admin, "/health")
        well = await town.client.wait_for_message(admin)
        town.library.state = Health(damaged=True, why="vectors.npy is not as it was built")
        await town.client.say(admin, admin, "/health")
        ill = await town.client.wait_for_message(admin, after=well.id)
        full = Fault("disk-full", "the store cannot be written: no space left on device")
        town.library.state = replace(town.library.state, hindrance=full)
        await town.client.say(admin, admin, "/health")
        worse = await town.client.wait_for_message(admin, after=ill.id)
    assert well.text.startswith(
        f"I answer from the documents read on {moment_in_words(READ, 'en')}\n"
        "3 documents, 40 passages\nBefore: those read on g1\n\n"
    )
    assert said("health-running", time="1 minute") in well.text
    assert said("health-no-model") in well.text
    assert said("health-waiting", count=0) in well.text
    assert ill.text.startswith(said("health-no-generation"))
    assert f"{said('health-damaged')}\n{said('health-mending')}\n\n" in ill.text
    reason = said("fault-disk-full")
    assert f"{said('health-damaged')}\n{said('health-not-mended', reason=reason)}\n" in worse.text
