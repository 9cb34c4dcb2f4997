"""Whether what is certain, planned, possible or due in a claim is so in its evidence. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from retrieval.verification.concepts import is_italian_verb, is_verbal
from retrieval.verification.negation import Cue, draws_on, negations
from retrieval.verification.prose import Pairing, Prose

_POSSIBLE = frozenset(
    """
    puo possono possa possano potesse potessero potra potranno potrebbe potrebbero poteva potevano
    potere possibile possibili forse probabilmente probabile rischia rischiano eventuale
    eventualmente permette permettono consente consentono permettera consentira permetteranno
    consentiranno can cannot could may might possible riescono riesce possibly perhaps maybe
    probably likely risks potential potentially allow allows allowed allowing permitted
    autorizzato autorizzata autorizzati consentito let lets able enable enables permit permits
    unlikely opportunity
    """.split()
)
_UNSURE = frozenset(
    """
    potrebbe potrebbero forse probabilmente probabile could might possibly perhaps maybe probably
    likely unlikely rischia rischiano
    """.split()
)
_PLAN = frozenset(
    """
    vuole vogliono vorrebbe vorrebbero voleva volevano volere voluto voluta intende suggest
    suggests suggested suggerisce suggerito request requests requested richiesto domanda intendono
    intenzione progetta progettano prevede prevedono punta puntano mira mirano pianifica
    pianificano spera sperano cerca chiede chiedono chiesto chiedeva chiedevano richiede ask asks
    asked demand demands demanded calls urge urges urged progetto progetti piano piani cercano
    obiettivo proposta propone propongono proposto programma prevista previsto previsti prevista
    atteso attesa pronto pronta offre offrono offerto offerta offers offer offered expect expects
    want wants wanted plan plans planned planning intend intends
    intended intention aim aims aiming hope hopes seek seeks seeking goal propose proposes
    proposed proposal looking set scheduled expected wish wishes bid objective
    """.split()
)
_DEMANDS_PLAN = frozenset(
    """
    vuole vogliono vorrebbe vorrebbero voleva volevano intende intendono progetta progettano
    prevede prevedono expects expect offered offers
    punta puntano mira mirano pianifica spera sperano propone propongono proposto chiede
    chiedono chiesto ask asks asked proposed suggests suggested want wants wanted plan plans
    planned planning intend intends aim aims hope hopes seek seeks propose proposes
    """.split()
)
_DUTY = frozenset(
    """
    deve devono debba debbano dovra dovranno dovrebbe dovrebbero doveva dovevano dovuto dovuta
    bisogna occorre obbligo obbligatorio obbligatoria obbligatori obbligatorie obbligati obbligato
    necessario necessaria richiede richiesto richiesta serve servono tenuti tenuto tenuta must
    should required requires require need needs needed obliged ought shall mandatory compulsory
    obligation necessary obligatory
    """.split()
)
_DEMANDS_DUTY = frozenset(
    """
    deve devono dovra dovranno dovrebbe dovrebbero doveva dovevano bisogna must should ought shall
    """.split()
)
MOODS = _POSSIBLE | _PLAN | _DUTY
"""All words of what is possible, planned or due."""

_TOLD = frozenset("said told announced promised warned added stated".split())
_WILL = frozenset("will shall ll going".split())
_UNSURE_FORM = re.compile(r"\w+rebber?o?$")
_FUTURE_FORM = re.compile(r"\w{2,}(?:rà|ranno)$")
_HEARSAY = frozenset(
    """
    sembra sembrano pare presunto presunta presunti would reportedly allegedly apparently seems
    seem supposedly alleged sarebbe sarebbero avrebbe avrebbero
    """.split()
)
_PAST_AUXILIARY = frozenset("ha hanno aveva avevano stato stata stati state had has have".split())


_HAVE_OR_DUE = frozenset("have has had having due".split())
_WILL_HAVE_TO = frozenset("dovra dovranno shall".split())
_OBLIGED = re.compile(r"\b(?:ha|hanno)\s(?:da|l['’]obbligo)\b", re.IGNORECASE)
_REQUESTS = frozenset("chiede chiedono chiesto ask asks asked".split())
_DEMANDED_OF_NONE = frozenset(
    """
    permette permettono consente consentono permettera consentira permetteranno consentiranno
    allow allows allowed allowing permitted autorizzato autorizzata autorizzati consentito
    permesso let lets enable enables permit permits able opportunity risks eventuale potential
    eventualmente potentially possibile possibili possible potere
    """.split()
)


@dataclass(frozen=True, slots=True)
class _Moods:
    """What makes a text less than plain fact."""

    possible: bool
    planned: bool
    due: bool
    hearsay: bool
    to_come: bool

    @property
    def is_plain(self) -> bool:
        """Whether all is told as fact."""
        return not (self.possible or self.planned or self.due or self.hearsay or self.to_come)


def agrees_on_certainty(pairing: Pairing) -> bool:
    """Tell whether what is certain, planned, possible or due is so in both."""
    said = _moods(pairing.claim)
    return (
        _keeps_moods(pairing, said)
        and _adds_no_mood(pairing.claim, pairing.evidence)
        and _agrees_on_time(pairing, settled=said.is_plain)
    )


def is_plain(prose: Prose, clause: int | None = None) -> bool:
    """Tell whether nothing in a text, or in a clause of it, is wanted, due or perhaps."""
    less = _DEMANDS_PLAN | _DEMANDS_DUTY | _UNSURE | _HEARSAY
    return not any(
        (clause is None or token.clause == clause)
        and (token.folded in less or _UNSURE_FORM.fullmatch(token.folded))
        for token in prose.tokens
    )


@lru_cache(maxsize=2_000)
def _moods(prose: Prose) -> _Moods:
    return _Moods(
        possible=_said(prose, _POSSIBLE),
        planned=_said(prose, _PLAN),
        due=_said(prose, _DUTY) or bool(_having_to(prose)),
        hearsay=_said(prose, _HEARSAY) or bool(_conditional(prose)),
        to_come=any(is_future(prose, n) for n in range(len(prose.tokens))),
    )


def _keeps_moods(pairing: Pairing, said: _Moods) -> bool:
    """Tell whether what the claim draws on is no plainer in it than in the evidence."""
    evidence = pairing.evidence
    # What isn't possible, or isn't wanted, is denied: that is compared elsewhere.
    denials = negations(evidence) if negations(pairing.claim) else ()
    denied = {at for cue in denials for at in (cue.target, cue.at + 1)}
    unsure = said.possible or said.hearsay
    told_then = said.to_come and _said(evidence, _TOLD)  # "he said they would come"
    demands = (
        (_cues(evidence, _POSSIBLE - _DEMANDED_OF_NONE), unsure, 0.5),
        (_cues(evidence, _REQUESTS), unsure or said.planned, 0.5),
        (_cues(evidence, _DEMANDS_PLAN - _REQUESTS), unsure or said.planned, 0.7),
        (_cues(evidence, _DEMANDS_DUTY - _WILL_HAVE_TO), said.due, 0.5),
        (_cues(evidence, _WILL_HAVE_TO), said.due or said.to_come, 0.5),
        (_having_to(evidence), said.due or said.to_come, 0.5),
        (_conditional(evidence), unsure or said.planned or said.due or told_then, 0.5),
    )
    return not any(
        cue.at not in denied and draws_on(pairing, cue, share)
        for cues, is_said, share in demands
        if not is_said
        for cue in cues
    )


def _adds_no_mood(claim: Prose, evidence: Prose) -> bool:
    """Tell whether nothing is doubted, planned or due that is plain in the evidence."""
    shown = _moods(evidence)
    unsure = shown.possible or shown.hearsay or shown.planned
    planned = shown.possible or shown.planned or shown.to_come
    due = shown.due or shown.planned or _OBLIGED.search(evidence.text) or _orders(evidence)
    return not (
        (_said(claim, _UNSURE) and not unsure)
        or (_said(claim, _DEMANDS_PLAN) and not planned)
        or (_said(claim, _DEMANDS_DUTY) and not due)
    )


def _orders(prose: Prose) -> bool:
    """Tell a text that gives orders or rules: «Conservare al fresco», "Keep the receipt"."""
    if _RULES.search(prose.text):
        return True
    return any(
        (n == 0 or prose.tokens[n].clause != prose.tokens[n - 1].clause)
        and (is_verbal(token.word) or _ORDER_FORM.search(token.folded))
        and prose.folded(n + 1) not in ("of", "di")
        for n, token in enumerate(prose.tokens)
    )


_RULES = re.compile(
    r"\b(?:v(?:a|anno)\s\w+[tsl][oaie]|vietat\w+|proibit\w+|forbidden|banned|not\s(?:allowed|permitted)|payable"
    r"|please|do\snot|don['’]t|solo|only|is\sto\sbe|are\sto\sbe)\b|(?:^|[.;:]\s)[Nn]on\s\w+[aei]\b",
    re.IGNORECASE,
)
_ORDER_FORM = re.compile(r"\w{3,}(?:are|ere|ire|ate|ete|ite)(?:lo|la|li|le|ne)?$")


def _cues(prose: Prose, among: frozenset[str]) -> Iterator[Cue]:
    for n, token in enumerate(prose.tokens):
        if token.folded in among and not (token.folded == "may" and token.text == "May" and n):
            yield Cue(n, prose.target(n))


def _said(prose: Prose, among: frozenset[str]) -> bool:
    return next(_cues(prose, among), None) is not None


def _conditional(prose: Prose) -> tuple[Cue, ...]:
    return tuple(
        Cue(n, prose.target(n))
        for n, token in enumerate(prose.tokens)
        if _UNSURE_FORM.fullmatch(token.folded) or token.folded == "would"
    )


def _having_to(prose: Prose) -> tuple[Cue, ...]:
    return tuple(
        Cue(n, prose.target(n))
        for n, token in enumerate(prose.tokens)
        if token.folded == "to" and prose.folded(n - 1) in _HAVE_OR_DUE
    )


def is_future(prose: Prose, n: int) -> bool:
    """Tell a verb in the future, or the "will" before it."""
    token = prose.tokens[n]
    return bool(_FUTURE_FORM.fullmatch(token.text.lower())) or token.folded in _WILL


def _agrees_on_time(pairing: Pairing, *, settled: bool) -> bool:
    """Tell whether nothing to come is told as done, nor the other way round."""
    claim, evidence = pairing.claim, pairing.evidence
    for n, matches in pairing.found.items():
        done = is_done(claim, n)
        if settled and done and all(_is_to_come(evidence, m) for m in matches):
            return False
        if not settled and _is_to_come(claim, n) and all(is_done(evidence, m) for m in matches):
            return False
    return True


def _is_to_come(prose: Prose, n: int) -> bool:
    if is_future(prose, n):
        return True
    return any(is_future(prose, m) for m in range(max(n - 2, 0), n))


def is_done(prose: Prose, n: int) -> bool:
    """Tell a verb that says what has been done: «ha visitato», "visited"."""
    token = prose.tokens[n]
    if _is_to_come(prose, n):
        return False
    past_form = token.folded.endswith("ed") or bool(re.fullmatch(r"\w{2,}[ts][oaie]", token.folded))
    before = {prose.folded(m) for m in range(max(n - 3, 0), n)}
    if token.folded.endswith("ed"):
        return not before & {"be", "to", "is", "are", "can", "may", "must"}
    if not (past_form and before & _PAST_AUXILIARY):
        return False
    return prose.folded(n - 1) in _PAST_AUXILIARY or is_italian_verb(token.word)
