"""Outputs of a model, scripted: each a claim about a source, over HTTP, from a real writer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from retrieval.answering import Found
from retrieval.library import Library
from retrieval.types import Answer, Claim, Language, Quote, Status, Turn
from tests.model_server import Reply, Request, claims, saying
from tests.retrieval.verification.claims import Case
from tests.retrieval.writers import desk

_NUMBER = re.compile(r"Caso numero (\d+)")


@dataclass(frozen=True, slots=True)
class Shown:
    """What became of one output: whether its claim was shown, and whether a model's words were."""

    case: Case
    as_it_was: bool
    written: bool


class _Cases:
    """A library that finds, for the question about a case, that case's source."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self._cases = cases

    def find(
        self,
        question: str,
        *,
        language: Language | None = None,
        history: Sequence[Turn] = (),
        within: str = "",
    ) -> Found:
        case = self._cases[_which(question)]
        cited = case.passages[case.number - 1]
        passages = (cited, *(passage for passage in case.passages if passage is not cited))[:6]
        quote = Quote.of(case.source, cited.sentences[0], cited)
        answer = Answer(
            question=question,
            language=language or "it",
            status=Status.ANSWERED,
            text=f"«{quote.text}» [1]",
            confidence=0.9,
            claims=(Claim(quote.text, (quote,)),),
            ranked=(case.source.id,),
        )
        return Found(answer, passages, (case.source,))


def _which(text: str) -> int:
    match = _NUMBER.search(text)
    assert match
    return int(match[1])


async def write_all(cases: Sequence[Case], size: int = 16) -> list[Shown]:
    """Have a scripted model say each claim, in pieces of ``size`` characters; what was shown."""

    def reply(request: Request) -> Reply:
        case = cases[_which(request.data)]
        quotes = [*case.also, case.quote]
        return saying(claims((case.claim, [(1, quote) for quote in quotes])), size)

    shown = []
    async with desk(cast("Library", _Cases(cases))) as at:
        at.server.otherwise = reply
        for number, case in enumerate(cases):
            answer = await at.ask(f"Caso numero {number}: che cosa dice la fonte di questo?")
            said = {claim.text for claim in answer.claims}
            shown.append(Shown(case, case.claim in said, answer.written))
        assert at.server.calls == len(cases)
    return shown
