"""One question on its way through a model: put anew, answered, checked, and tried again."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from retrieval import composing, prompting
from retrieval.drafts import Draft, OnDraft
from retrieval.errors import ModelError
from retrieval.gate import Gate
from retrieval.outages import Outage
from retrieval.parsing import End, Parser
from retrieval.reasons import Fallback
from retrieval.rewriting import LONGEST, MOST_TOKENS, accepted
from retrieval.usage import Usage

if TYPE_CHECKING:
    from retrieval.answering import Found
    from retrieval.attempts import Attempts
    from retrieval.follow_up import FollowUp
    from retrieval.question import Question
    from retrieval.types import Answer, Claim, Language, Turn

logger = logging.getLogger(__name__)

_TRIES = 2  # at an output that ends as it should


class UnfinishedError(Exception):
    """A model's output didn't end as it should, twice."""


class Task:
    """One question. ``found`` is what there is to write from, and the answer should that fail.

    Args:
        read: the question.
        found: what was found for it.
        follow_up: how it leans on the conversation, if it does.
        history: the conversation.
        attempts: the requests it may make.
        find: searches for a question that was put anew.
        on_draft: is told what may be shown meanwhile.
    """

    def __init__(
        self,
        read: Question,
        found: Found,
        follow_up: FollowUp | None,
        history: Sequence[Turn],
        *,
        attempts: Attempts,
        find: Callable[[str, Language], Awaitable[Found]],
        on_draft: OnDraft | None = None,
    ) -> None:
        self.found = found
        self._read = read
        self._follow_up = follow_up
        self._history = history if follow_up else ()
        self._attempts = attempts
        self._find = find
        self._on_draft = on_draft

    async def run(self) -> Answer:
        """Have the question answered.

        Raises:
            UnfinishedError: there was no whole output.
            ModelError: the model fails.
            OverBudgetError: it may not be asked.
        """
        # Where others are asked for than were shown, the search knows best how to leave those out;
        # and who wants the same in another language has put no question.
        if self._follow_up and not (self._follow_up.asks_for_more or self._read.talk):
            await self._put_anew()
        if not self.found.passages:
            return self.found.answer
        self._show()
        for _ in range(_TRIES):
            gate, whole = await self._output()
            if whole:
                return self._composed(gate)
            if not self._attempts.left:
                break
        raise UnfinishedError

    async def _put_anew(self) -> None:
        """Have a follow-up put so that it stands alone, and search for that."""
        pieces: list[str] = []

        def on_text(text: str) -> bool:
            pieces.append(text)
            return sum(map(len, pieces)) <= LONGEST

        read, history = self._read, self._history
        prompt = prompting.rewriting(read.text, read.language, history)
        try:
            finish = await self._attempts.request(prompt, MOST_TOKENS, on_text)
        except ModelError as error:
            if not error.again:
                raise
            logger.info("a follow-up is completed without the model: %s", error)
            return
        text = accepted("".join(pieces), read.text, history) if finish == "stop" else ""
        if text:
            found = await self._find(text, read.language)
            searched = "" if text == read.text else text
            self.found = replace(found, answer=replace(found.answer, searched=searched))
            self._history = ()

    async def _output(self) -> tuple[Gate, bool]:
        """Read one output, and tell whether it is whole; asks again where there is none at all."""
        passages = prompting.chosen(self.found.passages)
        question = self.found.answer.searched or self._read.text
        while True:
            parser, gate = Parser(), Gate(self.found, passages)
            structured = self._attempts.structured
            prompt = prompting.answering(
                question,
                self._read.language,
                passages,
                self.found.title,
                self._history,
                structured=structured,
            )
            on_text = partial(self._on_text, parser, gate)
            try:
                finish = await self._attempts.request(
                    prompt, Usage.largest_call().output_tokens, on_text, structured=structured
                )
            except ModelError as error:
                if parser.length and error.outage is not Outage.SLOW:
                    return gate, False  # cut off, which befalls servers that are well, too
                await self._attempts.pause(error)
                continue
            last, end = parser.finish()
            for proposal in last:
                gate.take(proposal)
            return gate, finish == "stop" and end is End.COMPLETE

    def _on_text(self, parser: Parser, gate: Gate, text: str) -> bool:
        for proposal in parser.feed(text):
            if gate.take(proposal):
                self._show(gate.claims)
        return not parser.is_looping

    def _show(self, claims: Sequence[Claim] = ()) -> None:
        if self._on_draft is None:
            return
        given = self.found.answer
        closest = given.quotes[0] if given.quotes else given.closest
        try:
            self._on_draft(Draft(given.searched, closest, tuple(claims), given.follows))
        except Exception:
            logger.exception("a draft can't be shown")

    def _composed(self, gate: Gate) -> Answer:
        if gate.claims:
            answer = composing.written(self.found, gate.claims, left_out=gate.left_out)
        elif gate.left_out:
            answer = composing.instead(self.found, Fallback.UNVERIFIED)
        else:
            answer = composing.refused(self.found)
        return replace(answer, outcomes=gate.outcomes)
