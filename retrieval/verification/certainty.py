"""Whether what is certain, planned, possible or due in a claim is so in its evidence. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.verification.concepts import is_italian_verb
from retrieval.verification.negation import Cue, draws_on, negations
from retrieval.verification.prose import Pairing, Prose

_POSSIBLE = frozenset(
    """
    puo possono potra potranno potrebbe potrebbero poteva potevano potere possibile possibili
    forse probabilmente probabile rischia rischiano eventuale eventualmente permette permettono
    consente consentono permettera consentira permetteranno consentiranno can cannot could may
    might possible riescono riesce possibly perhaps maybe probably likely risks potential
    potentially allow allows allowed allowing permitted autorizzato autorizzata autorizzati
    consentito let lets able enable enables permit permits unlikely opportunity
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
    atteso attesa pronto pronta want wants wanted plan plans planned planning intend intends
    intended intention aim aims aiming hope hopes seek seeks seeking goal propose proposes
    proposed proposal looking set scheduled expected wish wishes bid objective
    """.split()
)
_DEMANDS_PLAN = frozenset(
    """
    vuole vogliono vorrebbe vorrebbero voleva volevano intende intendono progetta progettano
    prevede punta puntano mira mirano pianifica spera sperano propone propongono proposto chiede
    chiedono chiesto ask asks asked proposed suggests suggested want wants wanted plan plans
    planned planning intend intends aim aims hope hopes seek seeks propose proposes
    """.split()
)
_DUTY = frozenset(
    """
    deve devono dovra dovranno dovrebbe dovrebbero doveva dovevano dovuto dovuta bisogna occorre
    obbligo obbligatorio obbligatoria obbligatori obbligatorie obbligati obbligato necessario
    necessaria richiede richiesto richiesta serve servono tenuti tenuto tenuta must should
    required requires require need needs needed obliged ought shall mandatory compulsory
    obligation necessary obligatory
    """.split()
)
_DEMANDS_DUTY = frozenset(
    """
    deve devono dovra dovranno dovrebbe dovrebbero bisogna must should ought
    """.split()
)
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


_REQUESTS = frozenset("chiede chiedono chiesto ask asks asked".split())
_DEMANDED_OF_NONE = frozenset(
    """
    permette permettono consente consentono permettera consentira permetteranno consentiranno
    allow allows allowed allowing permitted autorizzato autorizzata autorizzati consentito
    permesso let lets enable enables permit permits able opportunity risks eventuale potential
    eventualmente potentially possibile possibili possible potere
    """.split()
)


def agrees_on_certainty(pairing: Pairing) -> bool:
    """Tell whether what is certain, planned, possible or due is so in both."""
    claim, evidence = pairing.claim, pairing.evidence
    possible, plan = _said(claim, _POSSIBLE), _said(claim, _PLAN)
    duty, hearsay = _said(claim, _DUTY), _said(claim, _HEARSAY) or _conditional(claim)
    duty = duty or any(
        t.folded in ("have", "has") and claim.folded(n + 1) == "to"
        for n, t in enumerate(claim.tokens)
    )
    duty = duty or _has_to(claim)
    future = _future(claim)
    if _has_to(evidence) and not (duty or future):
        for n, token in enumerate(evidence.tokens):
            if token.folded == "to" and evidence.folded(n - 1) in _HAVE:
                if draws_on(pairing, Cue(n, evidence.target(n))):
                    return False
    denied = {other.target for other in negations(evidence)} if negations(claim) else set()
    denied |= {other.at + 1 for other in negations(evidence)} if negations(claim) else set()
    for cue in _cues(evidence, _POSSIBLE - _DEMANDED_OF_NONE):
        if cue.at in denied:
            continue
        if draws_on(pairing, cue) and not (possible or hearsay):
            return False
    for cue in _cues(evidence, _DEMANDS_PLAN):
        share = 0.5 if evidence.folded(cue.at) in _REQUESTS else 0.7
        if (
            cue.at not in denied
            and draws_on(pairing, cue, share)
            and not (plan or possible or hearsay)
        ):
            return False
    for cue in _cues(evidence, _DEMANDS_DUTY):
        if draws_on(pairing, cue) and not (duty or (future and _is_shall(evidence, cue))):
            return False
    for cue in _conditional(evidence):
        if draws_on(pairing, cue) and not (hearsay or possible or plan or duty):
            return False
    unsure = _said(evidence, _POSSIBLE | _HEARSAY) or _conditional(evidence)
    if _said(claim, _UNSURE) and not (unsure or _said(evidence, _PLAN)):
        return False
    if _said(claim, _DEMANDS_PLAN) and not (
        _said(evidence, _PLAN | _POSSIBLE) or _future(evidence)
    ):
        return False
    due = (
        _has_to(evidence)
        or _said(evidence, _DUTY)
        or re.search(r"\b(?:ha[sn]?n?o?|have)\s(?:to|da|l['’]obbligo)\b", evidence.text)
    )
    if _said(claim, _DEMANDS_DUTY) and not due:
        return False
    return _agrees_on_time(pairing, settled=not (possible or plan or duty or hearsay or future))


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


_HAVE = frozenset("have has had having".split())


def _has_to(prose: Prose) -> bool:
    return any(
        token.folded == "to" and prose.folded(n - 1) in _HAVE
        for n, token in enumerate(prose.tokens)
    )


def _is_shall(prose: Prose, cue: Cue) -> bool:
    return prose.folded(cue.at) in ("dovra", "dovranno", "shall")


def _is_future(prose: Prose, n: int) -> bool:
    token = prose.tokens[n]
    return bool(_FUTURE_FORM.fullmatch(token.text.lower())) or token.folded in _WILL


def _future(prose: Prose) -> bool:
    return any(_is_future(prose, n) for n in range(len(prose.tokens)))


def _agrees_on_time(pairing: Pairing, *, settled: bool) -> bool:
    """Tell whether nothing to come is told as done, nor the other way round."""
    claim, evidence = pairing.claim, pairing.evidence
    for n, matches in pairing.found.items():
        done = _is_done(claim, n)
        if settled and done and all(_is_to_come(evidence, m) for m in matches):
            return False
        if not settled and _is_to_come(claim, n) and all(_is_done(evidence, m) for m in matches):
            return False
    return True


def _is_to_come(prose: Prose, n: int) -> bool:
    if _is_future(prose, n):
        return True
    return any(_is_future(prose, m) for m in range(max(n - 2, 0), n))


def _is_done(prose: Prose, n: int) -> bool:
    token = prose.tokens[n]
    if _is_to_come(prose, n):
        return False
    past_form = token.folded.endswith("ed") or bool(re.fullmatch(r"\w{2,}[ts][oaie]", token.folded))
    before = {prose.folded(m) for m in range(max(n - 3, 0), n)}
    if token.folded.endswith("ed"):
        return not before & {"be", "to", "is", "are", "can", "may", "must"}
    return past_form and bool(before & _PAST_AUXILIARY) and is_italian_verb(token.word)
