"""Who says what: reported speech and quotations in Italian and English prose. Pure.

What a source only reports («X ha detto che…», "according to X") must stay reported in a claim, and
by the same person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from retrieval.verification.concepts import same
from retrieval.verification.names import TITLES, names
from retrieval.verification.prose import Pairing, Prose

_VERBS = (
    r"dett[oaie]|dic[eo]|dicono|diceva(?:no)?|disse(?:ro)?|dirà|afferm(?:a|ano|ato|ò|ava|avano|ando)"
    r"|dichiar(?:a|ano|ato|ò|ava|ando)|sostien[ei]|sostengono|sostenuto|sostenne|sosteneva(?:no)?"
    r"|spieg(?:a|ano|ato|ò|ando)|aggiun(?:ge|gono|to|se|gendo)|scriv(?:e|ono|eva)|scritto\s(?:che|in|su)"
    r"|scrisse|ritien[ei]|ritengono|ritenuto|crede|credono|creduto|pensa|pensano|accus(?:a|ano|ato|ò)"
    r"|assicur(?:a|ano|ato|ò)|avvert(?:e|ono|ito|ì)|conferm(?:a|ano|ato|ò)|smenti(?:sce|scono|to|ì)"
    r"|neg(?:a|ano|ato|ò)|annunci(?:a|ano|ato|ò)|promet(?:te|tono)|promesso|promise|rifer(?:isce|iscono|ito|ì)"
    r"|raccont(?:a|ano|ato|ò)|ricord(?:a|ano|ato|ò)|ammet(?:te|tono)|ammesso|ammise|tem(?:e|ono|uto|eva)|sper(?:a|ano|ato|ò|ava)|dubit(?:a|ano|ato|ava)|mett(?:e|ono)\sin\sdubbio|attribui(?:sce|scono|to|ì)|imput(?:a|ano)|auspic(?:a|ano)|fa(?:nno)?\spensare|suggerisc\w+"
    r"|stim(?:a|ano|ato|ò|ava)|sottoline(?:a|ano|ato|ò)|ribad(?:isce|ito|ì)|osserv(?:a|ano|ato|ò)"
    r"|precis(?:a|ano|ato|ò)|comment(?:a|ano|ato|ò)|rispo(?:nde|sto|se)|denunci(?:a|ano|ato|ò)"
    r"|riport(?:a|ano|ato|ò)|rivel(?:a|ano|ato|ò)|conclu(?:de|so|se)|defin(?:isce|iscono|it[oaie]|ì)"
    r"|consider(?:a|ano|ato)|giudic(?:a|ano|ato)|lod(?:a|ano|ato|ò)|chie(?:de|dono|sto|devano|deva)\s(?:che|di)|incolpa\w*|(?:dà|dato|danno)\sla\scolpa"
    r"|second[oa]\s(?:quanto|fonti)|propost[oa]?\sche|sosten(?:endo|itori)|evidenzi(?:a|ato|ano)"
    r"|lament(?:a|ano|ato|ata|ò)|(?:si\s)?sospett(?:a|ano|ato)|preved(?:e|ono)|complain(?:s|ed)?"
    r"|sa(?:ys?|id|ying)|tells?|told|stat(?:es|ed|ing)|claim(?:s|ed|ing)?|argu(?:es?|ed|ing)"
    r"|explain(?:s|ed|ing)?|add(?:s|ed)\sthat|wr(?:ites?|ote|itten)\sthat|believ(?:es?|ed)|thinks?|thought"
    r"|accus(?:es?|ed)|assur(?:es?|ed)|warn(?:s|ed|ing)?|confirm(?:s|ed)?|den(?:y|ies|ied)"
    r"|announc(?:es?|ed|ing)|promis(?:es?|ed)|report(?:s|ed)?|reportedly|recall(?:s|ed)?\sthat|admit(?:s|ted)?"
    r"|fear(?:s|ed)|estimat(?:es?|ed)|stress(?:es|ed)|emphasi[sz](?:es?|ed)|reiterat(?:es?|ed)"
    r"|not(?:es?|ed)\sthat|clarif(?:ies|ied)|comment(?:s|ed)|repl(?:ies|ied)|insist(?:s|ed)?|declar(?:es?|ed|ing)"
    r"|reveal(?:s|ed)?|conclud(?:es?|ed)\sthat|describ(?:es?|ed|ing)|call(?:s|ed|ing)?|consider(?:s|ed)?|regards?"
    r"|regarded|prais(?:es?|ed)|defin(?:es?|ed)|assert(?:s|ed)?|maintain(?:s|ed)?\sthat|alleg(?:es?|ed|edly)"
    r"|suggest(?:s|ed)?|hop(?:es?|ed)|doubts?|doubted|afraid|attribut(?:es?|ed)|credits|insist(?:s|ed)|worr(?:y|ies|ied)|suspect(?:s|ed)?|expect(?:s|ed)?|point(?:s|ed)?\sout|remark(?:s|ed)?|quoted|underlin(?:es?|ed)"
    r"|highlight(?:s|ed)?|asks?|asked|demands?|demanded|urg(?:es?|ed)|blam(?:es?|ed)|sees?|vede|vedono|find(?:s)?\sthat|found\sthat|put\sit"
)
_NOT_REPORTING = re.compile(r"\b(?:per|to|so)\s$", re.IGNORECASE)
# In a claim a hint will do; in a source only what surely reports asks for a speaker.
_HINT = re.compile(rf"\b(?:{_VERBS})\b", re.IGNORECASE)
_WEAK = re.compile(
    r"(?:expect\w*|preved\w*|ammes\w*|ammis\w*|ammet\w*|admit\w*|sper\w*|tem\w*|dubit\w*|auspic\w*|suggeri\w*|suggest\w*|hope\w*|doubt\w*|worr\w*|suspect\w*"
    r"|fa\w*\spensare|ricord\w*|osserv\w*|rivel\w*|conclu\w*|rispo\w*|scriv\w*|scriss\w*|wr[io]te\w*|see?s?|vede|vedono|considerat\w*|consider(?:ed)?|regarded|call\w*|lod\w*|prais\w*"
    r"|giudicat\w*|definit\w*|defined|described|asks?|asked|demand\w*|urg\w*|chie\w*\s\w+|think\w*|fear\w*|thought|add\w*|sostengono|sostien[ei]|sostenuto|report\w*"
    r"|riport\w*|conferm\w*|confirm\w*|ritenuto|considerat\w*|quoted|detta|dette|detti|told)$",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;](?=\s)")
_ANYTHING = re.compile("")
_REQUEST = re.compile(r"(?:chie|ask|demand|urg)", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:\s(?:però|anche|inoltre|infatti|invece|poi|however|also))?\s*[,:]?\s*(?:che\b|that\b|di\s\w+[aei]re\b|[«“\"]|:)"
    r"|,?\s(?:però|however),?\s(?:che|that)\b|(?<=expects)\s(?:the|its|a|an|his|her|their)\s\w+(?:\s\w+)?\sto\b",
    re.IGNORECASE,
)
_SPEAKER = r"(?P<who>[^,.;:«»“”\"()]{2,80}?)"
_ACCORDING = re.compile(
    rf"(?:(?-i:(?:^|[.;]\s)Per(?=\s[A-Z]))|\b(?:secondo|stando\sa\w*|a\sdetta\sd\w+|a\sgiudizio\sd\w+|per\sbocca\sd\w+"
    rf"|according\sto|in\sthe\swords\sof|in\sthe\s(?:view|opinion)\sof"
    rf"|(?:indicat|citat|riferit|riportat|spiegat|data|dat)[oaie]?\sda(?:l|llo|lla|i|gli|lle|ll)?"
    rf"|(?:given|cited|reported|indicated|quoted)\sby)\b)['’]?\s?{_SPEAKER}"
    rf"(?=[,.;:«»“”\"()]|$|\s(?:la|il|lo|l['’]|i|gli|le|the|ha|è|che|permett\w+|has|is|will)\b)",
    re.IGNORECASE,
)
_ORDINAL_BEFORE = re.compile(r"(?:\b(?:il|al|del|nel|un|col|dal|sul|in|ogni)\s)$", re.IGNORECASE)
_QUOTATION = re.compile(r"«[^«»]{2,600}»|“[^“”]{2,600}”|\"[^\"]{2,600}\"")
_NOUNISH = re.compile(
    r"(?:accusa|conferma|denuncia|stima|report|claim|call|promise|comment|demand|estimate|fear|note)s?$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"\b(?:il|la|una?|the|an?|of|di|its|this|these|those|questa|le|gli|i|e|and)\s$", re.IGNORECASE
)
_IN_SENTENCE = re.compile(r"[\w,]\s$")
_THE_SOURCE = re.compile(
    r"\b(?:fonte|fonti|articolo|testo|documento|pagina|sources?|article|text|document|passage|page"
    r"|brano|passo)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Report:
    """A stretch ``text[start:end]`` that somebody else says.

    ``speakers`` are the canonical names of those who say it, where names tell; ``verb`` is where
    the word that reports stands.
    """

    start: int
    end: int
    verb: int
    speakers: frozenset[str]
    is_sure: bool


@lru_cache(maxsize=2_000)
def reports(prose: Prose) -> tuple[Report, ...]:
    """Find what is reported in a text, as far as it can be told."""
    return (*_according(prose), *_said(prose))


def speaks(prose: Prose) -> bool:
    """Tell whether a text has any form of reporting, quotation marks among them."""
    return bool(reports(prose) or _QUOTATION.search(prose.text))


def keeps_attribution(pairing: Pairing, others: frozenset[int]) -> bool:
    """Tell whether a claim keeps what the evidence only reports as reported, by the same people.

    ``others`` are words of the evidence that the claim says, besides those paired: its figures.
    """
    claim, evidence = pairing.claim, pairing.evidence
    said, mine = reports(evidence), reports(claim)
    speakers = frozenset(name for report in said for name in report.speakers)
    named = {name.canonical for name in names(claim)} & speakers
    told = any(report.is_sure or not speakers or named for report in mine)
    if not told and not _QUOTATION.search(claim.text) and _draws_on(pairing, said, others):
        return False
    verbs = {claim.tokens[n].start for n in pairing.found}
    invented = any(report.is_sure and report.verb not in verbs for report in mine)
    if invented and not said and not speaks(evidence):
        return bool(_THE_SOURCE.search(claim.text))
    for report in mine:
        known = any(same(one, other) for one in report.speakers for other in speakers)
        if report.speakers and speakers and report.is_sure and not known:
            return False
    return True


def _draws_on(pairing: Pairing, said: tuple[Report, ...], others: frozenset[int]) -> bool:
    """Tell whether a claim says what stands in a report, and nowhere else."""
    tokens = pairing.evidence.tokens
    inside = {
        n
        for n, token in enumerate(tokens)
        if any(report.is_sure and report.start <= token.start < report.end for report in said)
    }
    says = [matches for matches in pairing.found.values() if matches]
    return any(inside.issuperset(matches) for matches in (*says, *((n,) for n in others)))


def _sentence(text: str, at: int) -> tuple[int, int]:
    start = max(
        (m.end() for m in re.finditer(r"[.!?…][»”\")]?\s+(?=[A-ZÈÀÌÒÙ«“\"])|\n\n", text[:at])),
        default=0,
    )
    end = re.compile(r"[.!?…][»”\")]?(?=\s+[A-ZÈÀÌÒÙ«“\"]|\s*$)|\n\n").search(text, at)
    return start, end.end() if end else len(text)


def _according(prose: Prose) -> Iterator[Report]:
    for match in _ACCORDING.finditer(prose.text):
        if _ORDINAL_BEFORE.search(prose.text[: match.start()][-6:]):
            continue
        start, end = _sentence(prose.text, match.start())
        who = _names_in(prose, match.start("who"), match.end("who"))
        yield Report(start, end, match.start(), who, is_sure=True)


def _said(prose: Prose) -> Iterator[Report]:
    text = prose.text
    for match in _HINT.finditer(text):
        if (
            _NOT_REPORTING.search(text[: match.start()][-6:])
            or (_NOUNISH.match(match.group()) and _ARTICLE.search(text[: match.start()][-8:]))
            or (match.group()[0].isupper() and _IN_SENTENCE.search(text[: match.start()]))
        ):
            continue
        start, end = _sentence(text, match.start())
        goes_on = _GOES_ON.match(text, match.end())
        before = text[start : match.start()]
        after_words = bool(re.search(r"[»”\",]\s(?:[^,]{0,60}\s)?$", before)) or bool(
            re.search(r"[,»”\"]\s(?:ha|hanno|aveva|have|has|had)?\s?$", before)
        )
        if goes_on is None and match.group().lower().endswith(("che", "that", " di")):
            goes_on = _ANYTHING.match(text, match.end())
        if _REQUEST.match(match.group()):
            goes_on = None
        sure = bool(goes_on) or not _WEAK.match(match.group()) or _names_it(text, match)
        if after_words and not goes_on:
            who = _names_in(prose, match.end(), end)
        else:
            who = _speaker(prose, start, match.start(), match.end(), end)
        if goes_on:
            yield Report(match.end(), end, match.start(), who, is_sure=True)
            if re.search(
                r"[»”\"],?\s(?:ha|hanno|aveva|has|have|had)?\s?(?:[^,»”\"]{0,40}\s)?$", before
            ):
                yield Report(start, match.start(), match.start(), who, is_sure=sure)
        elif after_words and sure:
            yield Report(start, end, match.start(), who, is_sure=True)
        else:
            stop = _CLAUSE_END.search(text, match.end(), end)
            reach = stop.start() if stop and stop.start() > match.end() else end
            yield Report(match.end(), reach, match.start(), who, is_sure=sure)


def _names_it(text: str, match: re.Match[str]) -> bool:
    """Tell «called it a success» from «a man called Rossi»."""
    if not re.match(
        r"call|describ|defin|consider|regard|hop|fear|tem", match.group(), re.IGNORECASE
    ):
        return False
    if match.group().lower().startswith("call"):
        return re.match(r"\s(?:it|him|her|them)\b", text[match.end() :]) is not None
    passive = re.search(
        r"\b(?:is|was|are|were|been|be|è|era|stat[oaie])\s$", text[: match.start()][-8:]
    )
    return not passive and bool(
        re.match(
            r",?\s(?:it|him|her|them|this|that|the|un|a|an|la|il|lo|for|però|however)\b",
            text[match.end() :],
        )
    )


def _speaker(prose: Prose, start: int, verb: int, verb_end: int, end: int) -> frozenset[str]:
    """Find who says: the names right after the verb («ha detto Pechino»), or those before it."""
    text = prose.text
    after = re.compile(
        r"\s+(?:(?:il|la|lo|l['’]|i|gli|le|the)\s?)?(?=[A-Z])[^,.;:«»“”\"()]{2,60}"
    ).match(text, verb_end, end)
    if after:
        found = _names_in(prose, after.start(), after.end())
        if found:
            return found
    clause = max((text.rfind(mark, start, verb) for mark in ',;:«»“”"'), default=-1)
    for opening in (clause + 1 if clause >= 0 else start, start):
        found = _names_in(prose, opening, verb)
        if found:
            return found
    return frozenset()


def _names_in(prose: Prose, start: int, end: int) -> frozenset[str]:
    return frozenset(
        name.canonical
        for name in names(prose)
        if start <= prose.tokens[name.first].start < end and name.canonical not in TITLES
    )
