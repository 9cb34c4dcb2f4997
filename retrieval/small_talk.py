r"""What people say to a bot that asks nothing of the sources: hello, thanks, ok, who are you. Pure.

A message is small talk if it is made of such phrases alone, one after the other, with a few words
that fill in between: «Ciao, come stai?», «ok, grazie mille!». One more word, and it is a question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain

from retrieval.reasons import Talk
from retrieval.types import Language
from retrieval.words import fold

_SHORT_FOR = {
    "DOCUMENTS": "(document[oi]|font[ei]|test[oi]|articol[oi]|notizi[ae]"
    "|(document|source|text|article|file)s?)",
    "THE ": "((il|lo|la|i|gli|le|l|quest[oaie]?|tutt[oaie]|tu[oa]|tuoi|tue|the|this|these|that|your"
    "|all|of) )*",
    "OF ": "(di|del|della|dello|dei|delle|degli|dell|of) ",
    "CAN YOU ": "((mi )?(puoi|potresti) |(can|could) you )?",
    "GIVE ": "((mi )?(fai|fare|fammi|farmi|dammi|vorrei|give me|make) )?((una?|il|la|a|the) )?",
    "ASKED": "((la |mia |my |the )*(domanda|question)|quello che (ti )?(ho chiesto|chiedevo)"
    "|what i asked)",
    "HAVE NOT": "(don|didn|doesn|haven|aren|won|do|did|does|have|are) (t|not)",
    "LANGUAGE": "(inglese|italiano|francese|tedesco|spagnolo"
    "|english|italian|french|german|spanish)",
}

# The first kind that is found decides what is replied. Folded, without marks: what «what's» has
# left is «what s». A line, or what stands between two bars, is one phrase.
_PHRASES: Mapping[Talk, str] = {
    Talk.SUMMARY: r"""
        CAN YOU (riassum(i|imi|ere|ermi)|sintetizza(mi|re)?)( THE (DOCUMENTS|tutto|contenuto))?
        CAN YOU GIVE (riassunto|sintesi)( OF THE (DOCUMENTS|tutto))?
        CAN YOU summari[sz]e( THE (DOCUMENTS|it|that|everything))? | tl ?dr
        CAN YOU GIVE summary( OF THE (DOCUMENTS|it|everything))?
    """,
    Talk.DOCUMENTS: r"""
        (che|quali) DOCUMENTS (hai|conosci|usi|leggi|ci sono|sono|sai)( letto)?
        (qual e|quali sono|elenca(mi)?|mostra(mi)?|dimmi|dammi) THE DOCUMENTS
        di (che )?cosa (parlano|parla|trattano|tratta) THE DOCUMENTS
        (che )?cosa (c e|dice|dicono|contengono|contiene) ((nei|nel|nelle|nella) )?THE DOCUMENTS
        (di|su) (che )?cosa (parli|ti occupi|sai rispondere|posso (chiederti|interrogarti))
        su (che )?cosa posso farti (delle )?domande | (che )?(cosa|argomenti|temi) (sai|conosci)
        (da|su) (che|quali) DOCUMENTS (rispondi|prendi le risposte|ti basi) | DOCUMENTS
        (what|which) DOCUMENTS (do you (have|know|use)|have you read|are there)
        (what|which) (is|are|s) THE DOCUMENTS( about)? | what do you know( about)?
        what (do|does) THE DOCUMENTS (say|talk about|cover|contain) | (list|show me) THE DOCUMENTS
        what (topics|subjects) (do you (know|cover)|can i ask( about)?)
    """,
    Talk.LANGUAGE: r"""
        CAN YOU ((rispond|scriv|parl|ripet|traduc|tradur)\w+ |dimmelo |dillo )?in LANGUAGE
        CAN YOU ((answer|reply|speak|write|repeat|translate) )?((me|it|that) )?(in|to|into) LANGUAGE
        LANGUAGE please | (do you speak|can you speak|speak|parli|sai parlare|capisci) (l )?LANGUAGE
        (che|quali) lingu[ae] (parli|capisci|conosci|sai)
        (what|which) languages? do you (speak|know|understand)
    """,
    Talk.HELP: r"""
        aiuto | aiutami | mi aiuti | (ho|avrei) bisogno di? (un )?(aiuto|una mano)
        mi (serve|servirebbe|occorre) (un )?(po di? )?(aiuto|una mano)
        (mi )?(puoi|potresti) (aiutar(mi|e)|dar(mi|e) una mano)
        come (funzioni|ti uso|ti si usa|si usa|funziona( (questo |il )?bot)?)
        (che )?(cosa|che) (sai|puoi|potresti) fare( per me)? | (che )?cosa fai
        a (che )?cosa servi | (che )?cosa (ti )?posso chieder(e|ti) | non (ho capito|capisco)
        help( me)? | i (need|want) (some |your )?help | (can|could) you help( me)?
        what (can|do) you do( for me)? | how (do|does) (you|this|it|this bot) work
        what can i ask( you)? | how (do|can) i use (you|this|it)
        i (don t|do not|didn t) understand | eh+ | (ho|avrei) una domanda | i have a question
        (ti |vi )?(posso|potrei) (far(ti|vi|e)|chieder(ti|vi|e)) (una domanda|una cosa|qualcosa)
        (vorrei|cerco|mi serv(e|ono)) (un |una |delle |alcune |qualche )?informazion[ei]
        (can|could|may) i ask( you)? (a question|something|you something)
    """,
    Talk.ABOUT_IT: r"""
        (di )?chi sei | (che )?cosa sei | che sei | come ti chiami | qual e il tuo nome
        quanti anni hai | dove (sei|abiti|vivi)
        sei (un |una |uno |l )?(bot|robot|uman[oa]|ver[oa]|reale|persona|essere umano|macchina)
        sei (un |una |l )?(programma|ia|ai|intelligenza artificiale|chat ?gpt|gpt)
        (da )?chi (ti ha|ti hanno|sei stato) (creato|fatto|programmato|inventato|costruito|scritto)
        (da )?chi (ti ha|ti hanno|sei stato) (sviluppato|addestrato|messo qui)
        chi (e|sono) (il|i) tu(o|oi) (creator|autor|padron|sviluppator|programmator)[ei]
        (who|what) are you | what (is|s) your name | how old are you | where are you( from)?
        are you (an? )?(bot|robot|human|real|person|machine|program|ai|chat ?gpt|gpt)
        who (made|created|built|programmed|wrote|developed|trained|invented) you
        who (is|s|are) your (maker|creator|author|owner|developer)s?
    """,
    Talk.WRONG: r"""
        (hai|avete) (sbagliato|torto) | (ti|vi) sbagli(ate)?
        (e )?(sbagliat[oa]|fals[oa]|errat[oa])
        (la )?risposta (e )?(sbagliata|errata) | non e (vero|giusto|corretto|cosi|esatto)
        non (e quello che|ti) (ho )?(chiesto|chiedevo) | non (capisci|sai) (niente|nulla)
        sei (stupid|scem|inutil|ignorant|un idiot|un disastr)[oaie] | hai sbagliato tutto
        (perche )?non (mi )?(hai risposto|rispondi|stai rispondendo)( (a|alla) ASKED)?
        (questo |questa )?non (mi )?(risponde|(e )?una risposta)( (a|alla) ASKED)?
        (ti )?(ho chiesto|avevo chiesto|chiedevo|intendevo) (tutt )?(un )?altr[oa]( cosa)?
        (questo |questa |la risposta )?non c entra( (niente|nulla|per niente|affatto))?
        (questo |questa )?che c entra( questo| questa)? | (questo |questa )?non mi (serve|aiuta)
        (che )?schifo( di risposta)? | che (stai dicendo|dici) | non era quest[oa]( ASKED)?
        (why )?(you )?HAVE NOT (you )?(answer(ed|ing)?|repl(y|ied|ying))( me| to me)?( ASKED)?
        (that|this|it) HAVE NOT (answer|help)( me| ASKED)?
        (that|this|it) (is|s)(n t| not) (an answer|helpful|useful|what i (asked|meant|wanted))
        i (asked|meant) (you )?something else | i (didn t|did not) ask (you )?(for )?(that|this)
        not what i asked
        (that|this|it) (is|s) (wrong|false|not (true|right|correct|what i asked)) | wrong( answer)?
        you (are|re) (wrong|mistaken|stupid|useless|dumb) | not true
    """,
    Talk.HOW_ARE_YOU: r"""
        come (stai|state|sta|va|andiamo|te la passi) | tutto (bene|ok|a posto) | che (fai|si dice)
        how are you( doing)? | how (is|s) it going | what s up | how do you do
    """,
    Talk.SORRY: r"""
        scus(a|ami|ate|atemi|i) | (mi|chiedo) scus[ia] | perdonami | (mi|ci) dispiace
        (i am |i m |so )?sorry | excuse me | my bad | pardon( me)? | apologies
    """,
    Talk.NO: r"""
        no+ | nope | nah | niente | nulla | nothing( else)? | lascia (stare|perdere) | non importa
        (non )?fa niente | never ?mind | per ora no | not now | basta( cosi)?
    """,
    Talk.THANKS: r"""
        (ti |vi |la )?ringrazio( (molto|tanto))? | (molto )?gentil(e|issim[oa])
        ((mille|tante|molte|many) )?(grazie|thanks|thank you|thx|tks|ty)
        (grazie|thanks|thank you) (mille|infinite|tante|molte|ancora|di (tutto|cuore)|dell aiuto)
        (grazie|thanks|thank you) (a lot|so much|very much|again|a million)
        (grazie|thanks|thank you) (per|for) (l |la |il tuo |your |the )?(aiuto|risposta|help|answer)
        (grazie|thanks|thank you) (per|for) (questo|tutto|this|that|everything)
    """,
    Talk.BYE: r"""
        arrivederci | a (presto|dopo|domani|piu tardi) | buona ?notte | addio
        ci (vediamo|sentiamo) | buona (giornata|serata|continuazione) | (good ?)?bye( bye)?
        see you( (later|soon|tomorrow))? | good ?night | have a (nice|good) day
    """,
    Talk.HELLO: r"""
        ciao+ | salve | buon ?giorno | buona ?sera | buon pomeriggio | buondi | ehi | ehila | hola
        hello | hi+ | he+y+ | good (morning|afternoon|evening|day) | greetings
        (piacere|lieto)( di conoscerti)? | nice to meet you | ci sei | are you there | prova
        test(ing)? | c e qualcuno | anyone there
    """,
    Talk.FINE: r"""
        ok+ | okay | okey | k | va (bene|benissimo) | bene | benissimo | perfetto | ottimo
        eccellente | fantastico | ((ho|tutto) )?(capito|chiaro)( tutto)? | d accordo | certo
        certamente | esatto | giusto | bello | si+ | yes+ | yep | yeah | yup | sure | great
        perfect | got it | i see | fine | al+ ?right | good | nice | cool | wow | interessante
        interesting | understood | right | correct | exactly | brav(o|a|issim[oa])
        sei (grande|brav[oa]|fantastico|utile|gentile|forte) | (ottimo|bel|buon) lavoro
        well done | (good|great|nice) (job|bot|work) | a+h+a* | o+h+ | (a?ha)+h? | (he){2,} | lol
        mi piace | ti (amo|adoro|voglio bene) | i love you | mah | boh | hm+ | mm+ | ehm+
    """,
}  # fmt: skip
_FILLING = r"""
    e | ed | ma | allora | dunque | quindi | beh? | dai | and | but | so | then | well | tu | te
    you | a tutt[ie] | everyone | everybody | there | all | guys | bot | car[oa] | amico | dear
    oggi | today | molto | tanto | davvero | proprio | really | per favore | per piacere | please
    invece | adesso | ora | now | mi | dimmi | tell me
"""
_ORDER = tuple(_PHRASES)

_LONGEST = 100  # characters; whoever writes more has something to ask
# A blank has to stand between two links: else one text can be read as links in endless ways.
_LINKS = re.compile(r"\s*(?:https?://|www\.)\S+(?:\s+(?:https?://|www\.)\S+)*\s*", re.IGNORECASE)
_NODS = re.compile(
    r"[👍👌🙏❤😊🙂👏🎉✅💪😉🤝][\s👍👌🙏❤😊🙂👏🎉✅💪😉🤝\ufe0f\U0001f3fb-\U0001f3ff]*"
)
_MARKS = re.compile(r"[\W_]+")


def _compiled(phrases: str) -> list[re.Pattern[str]]:
    for short, long in _SHORT_FOR.items():
        phrases = phrases.replace(short, long)
    # One by one, since of several that are joined the first would match, not the longest.
    return [re.compile(rf"(?:{one})(?: |\Z)") for one in re.split(r" \| |\n\s*", phrases.strip())]


_PATTERNS = tuple((talk, one) for talk, phrases in _PHRASES.items() for one in _compiled(phrases))
_BETWEEN = tuple(_compiled(_FILLING))
# Nearly all questions begin with none of them, and this tells it in a tenth of the time.
_ANY = re.compile("|".join(one.pattern for one in (*(one for _, one in _PATTERNS), *_BETWEEN)))


def small_talk(text: str) -> Talk | None:
    """Tell what kind of small talk a text is; ``None`` if it asks something."""
    if _LINKS.fullmatch(text):
        return Talk.LINK
    if text.strip() and _NODS.fullmatch(text):
        return Talk.FINE
    if len(text) > _LONGEST:
        return None
    found, rest = set[Talk](), _plain(text)
    while rest:
        talk, length = _longest(rest)
        if not length:
            return None
        found |= {talk} if talk else set()
        rest = rest[length:]
    return next((talk for talk in _ORDER if talk in found), None)


def language_asked_for(text: str) -> Language | None:
    """Give the language that somebody wants to be answered in, if that is all a text says."""
    if small_talk(text) is not Talk.LANGUAGE:
        return None
    said = set(_plain(text).split())
    if said & {"english", "inglese"}:
        return "en"
    return "it" if said & {"italian", "italiano"} else None


def _plain(text: str) -> str:
    return _MARKS.sub(" ", fold(text)).strip()


def _longest(text: str) -> tuple[Talk | None, int]:
    """Find the longest phrase that a text begins with: its kind, if it has one, and its length."""
    if not _ANY.match(text):
        return None, 0
    patterns = chain(_PATTERNS, ((None, one) for one in _BETWEEN))
    matches = ((talk, match.end()) for talk, one in patterns if (match := one.match(text)))
    return max(matches, key=lambda match: match[1], default=(None, 0))
