"""What handlers work with, in one frozen container."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from bot.answers import Answers
from bot.chats import Chats
from bot.confirmations import Confirmations
from bot.conversations import Conversations
from bot.feedback import Feedback
from bot.forgetting import Forgetting, UnderWay
from bot.journal import Journal
from bot.members import Members
from bot.misses import Misses
from bot.moving import Moving
from bot.newest import Newest
from bot.notices import Notices
from bot.posts import Posts
from bot.preferences import Preferences
from bot.spending import Spending
from bot.statistics import Statistics
from bot.stopping import Stops
from bot.threads import in_own_thread
from retrieval import (
    Answer,
    Changes,
    Collection,
    Draft,
    Health,
    Language,
    OnProgress,
    Opening,
    Place,
    Quote,
    Ranking,
    SourceSummary,
    Spend,
    Turn,
)

T = TypeVar("T")


class Links(Protocol):
    """The links that were sent to the bot: what a reload reads besides the documents."""

    def add(self, link: str, /) -> str:
        """Add a link; the link in its one spelling. It is to be kept or removed after that."""

    def keep(self, url: str, /) -> None:
        """Note that something came of a link: from then on it is there already."""

    def find(self, link: str, /) -> str:
        """A link that can be taken out, named as it is written or by its source's id."""

    def remove(self, link: str, /) -> str:
        """Take out a link, named as it is written or by its source's id."""


class Library(Protocol):
    """The part of ``retrieval.Library`` that handlers use. Every method blocks."""

    @property
    def generation(self) -> str:
        """The id of what answers, "" where nothing does."""

    def health(self) -> Health:
        """How the store is."""

    def rollback(self) -> str:
        """Answer from the generation before the current one; its id."""

    @property
    def links(self) -> Links:
        """The links to follow, to put some in and take some out."""

    @property
    def collection(self) -> Collection:
        """The folder of documents, to put some in and take some away."""

    def search(self, question: str, *, within: str = "") -> Ranking:
        """What there is for a question, best first; with ``within``, in that set alone."""

    def ask(
        self,
        question: str,
        *,
        language: Language | None = None,
        history: Sequence[Turn] = (),
        within: str = "",
    ) -> Answer:
        """Answer a question, which may lean on those before; takes some 20 ms.

        With ``within``, from that set of the documents alone.
        """

    def offers(
        self, question: str, *, language: Language | None = None, within: str = ""
    ) -> tuple[Quote, ...]:
        """Up to five quotes to choose from."""

    def suggestions(self, language: Language, *, within: str = "") -> tuple[str, ...]:
        """Up to three questions that the documents answer well."""

    def check(self, claim: str, *, language: Language | None = None, within: str = "") -> Answer:
        """Tell whether the sources say what somebody claims; takes some 50 ms."""

    def sources(self) -> tuple[SourceSummary, ...]:
        """What the library has read."""

    def open_passage(self, place: Place) -> Opening:
        """Open a place of a source again; takes milliseconds."""

    def reload(
        self,
        on_progress: OnProgress | None = None,
        *,
        force: bool = False,
        accepted: str = "",
        asked: bool = True,
    ) -> Changes:
        """Read the sources again, ``force`` whatever is lost by it; may take minutes.

        ``accepted`` names documents that were refused, and may come whatever is lost. Unless
        ``asked`` for by somebody, it doesn't undo going back to an earlier version.
        """


class Writer(Protocol):
    """The part of ``retrieval.Writer`` that handlers use."""

    async def ask(
        self,
        question: str,
        *,
        language: Language | None = None,
        history: Sequence[Turn] = (),
        within: str = "",
        on_draft: Callable[[Draft], None] | None = None,
        spend: Spend | None = None,
    ) -> Answer:
        """Have a model answer a question, which takes seconds; the library's answer otherwise."""


@dataclass(frozen=True, slots=True)
class Context:
    """The collaborators of the handlers.

    ``bot_id`` and ``username`` (without @) are the bot's own; ``notices`` reach its admins.
    ``answering`` is the pool that questions are answered in. ``writer`` answers them instead where
    there is a model; what that uses goes to ``spending``. ``session_minutes`` and ``keep_days`` are
    how long conversations and answers are kept; the bot has been running since ``started_at``
    (as ``clock`` tells). With ``guest_mode``, chats the bot isn't in may ask
    it; ``changing`` is held by whoever changes the documents or reads them again, one at a time;
    ``typing`` does the newest of what each person types of an inline question. ``clock`` gives
    seconds since 1970. ``progress_seconds`` is the time between two looks at how a reload goes.
    """

    library: Library
    conversations: Conversations
    answers: Answers
    journal: Journal
    feedback: Feedback
    preferences: Preferences
    misses: Misses
    confirmations: Confirmations
    members: Members
    statistics: Statistics
    chats: Chats
    moving: Moving
    notices: Notices
    posts: Posts
    bot_id: int
    username: str
    admins: frozenset[int]
    answering: Executor
    clock: Callable[[], float]
    session_minutes: int
    keep_days: int
    started_at: float
    guest_mode: bool = False
    typing: Newest = field(default_factory=Newest)
    changing: asyncio.Lock = field(default_factory=asyncio.Lock)
    forgetting: Forgetting = field(default_factory=Forgetting)
    stops: Stops = field(default_factory=Stops)
    progress_seconds: float = 4.0
    writer: Writer | None = None
    spending: Spending | None = None

    async def write(
        self,
        question: str,
        language: Language,
        history: Sequence[Turn],
        *,
        asker: tuple[int, int],
        under_way: UnderWay,
        on_draft: Callable[[Draft], None],
    ) -> Answer:
        """Have the model (``writer``) answer from what a chat has chosen, for a chat and a user."""
        assert self.writer
        return await self.writer.ask(
            question,
            language=language,
            history=history,
            within=self.preferences.of(asker[0]).sources,
            on_draft=on_draft,
            spend=(
                self.spending.for_question(*asker, forgotten=lambda: under_way.forgotten)
                if self.spending
                else None
            ),
        )

    async def ask(
        self, question: str, language: Language, history: Sequence[Turn], *, chat: int
    ) -> Answer:
        """Answer a question in the pool, from the set of documents that ``chat`` has chosen."""
        within = self.preferences.of(chat).sources
        return await self._in_pool(
            lambda: self.library.ask(question, language=language, history=history, within=within)
        )

    async def offers(self, question: str, language: Language, *, chat: int) -> tuple[Quote, ...]:
        """Quotes to choose from, in the pool, of the set of documents that ``chat`` has chosen."""
        within = self.preferences.of(chat).sources
        return await self._in_pool(
            lambda: self.library.offers(question, language=language, within=within)
        )

    async def suggestions(self, language: Language, *, chat: int) -> tuple[str, ...]:
        """Questions that the documents of a chat answer well; a pressed button waits for them."""
        within = self.preferences.of(chat).sources
        return await in_own_thread(lambda: self.library.suggestions(language, within=within))

    async def sources(self, *, chat: int | None = None) -> tuple[SourceSummary, ...]:
        """List the sources: all, or those of the set that a chat has chosen.

        In a thread of its own, as a pressed button waits for no question.
        """
        within = self.preferences.of(chat).sources if chat is not None else ""
        summaries = await in_own_thread(self.library.sources)
        return tuple(summary for summary in summaries if within in ("", summary.set))

    async def search(self, question: str, *, chat: int) -> Ranking:
        """Look for what there is for a question, in the pool, in the set that ``chat`` has."""
        within = self.preferences.of(chat).sources
        return await self._in_pool(lambda: self.library.search(question, within=within))

    async def check(self, claim: str, language: Language, *, chat: int) -> Answer:
        """Tell whether the sources that a chat has chosen say what somebody claims, in the pool."""
        within = self.preferences.of(chat).sources
        return await self._in_pool(
            lambda: self.library.check(claim, language=language, within=within)
        )

    async def _in_pool(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.answering, work)

    async def forget(self, user: int) -> None:
        """Delete all that is kept of a person; where their calls are limited, not today's sum."""
        async with self.forgetting.of(user):
            # First what would be answered, and kept, by the next run if this one were killed now.
            await self.journal.forget_user(user)
            await self.conversations.forget_user(user)
            await self.feedback.forget_user(user)
            await self.confirmations.forget_user(user)
            await self.answers.forget_user(user)
            await self.preferences.forget(user)
            limited = bool(self.spending and self.spending.user_calls)
            await self.statistics.forget_user(user, keep_today=limited)

    async def open_passage(self, place: Place) -> Opening:
        """Open a place again, in a thread of its own: a pressed button waits for no question."""
        return await in_own_thread(lambda: self.library.open_passage(place))

    async def reload(
        self, on_progress: OnProgress, *, force: bool = False, accepted: str = ""
    ) -> Changes:
        """Read the sources again in a thread of its own, so that questions keep theirs.

        Whoever calls it holds ``changing``.
        """
        return await in_own_thread(
            lambda: self.library.reload(on_progress, force=force, accepted=accepted)
        )

    async def refresh(self) -> Changes:
        """Read the sources again where nobody has asked for it, once it is its turn.

        So it undoes no going back to an earlier version.
        """
        async with self.changing:
            return await in_own_thread(lambda: self.library.reload(asked=False))
