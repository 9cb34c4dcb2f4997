"""The words around quotes, for people: one table a language. Quotes stay in their source's."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.reasons import Fallback, Talk
from retrieval.types import Language


@dataclass(frozen=True, slots=True)
class Wording:
    """What an answer says in its own words.

    ``sure`` and ``unsure`` introduce quotes; ``not_in_sources`` is said when something close is
    shown, ``off_topic`` when nothing is close, and ``unclear`` when there were no words to look
    for. ``nothing_more`` is said to those who ask who else, or what else. ``mending`` is said while
    what they were read into is built anew. ``closest`` goes before a refusal's quote,
    ``try_asking`` before its suggestion.

    From ``hello`` to ``link``, each is said to the small talk of its name: :class:`Talk`.
    ``titles`` goes before those of the sources, ``more_titles`` counts those that aren't named,
    and ``for_example`` goes before questions that they answer.

    ``disagree`` introduces quotes of sources that don't agree; ``disagree_newest``, where their
    dates tell which is newer; ``disagree_with_this``, those that don't agree with what stands above
    it, and ``disagree_so`` stands below them all. ``one_source`` and ``some_sources`` count those
    that say the same.

    ``said``, ``reported``, ``partly_said``, ``said_otherwise``, ``disputed``, ``not_said`` tell
    what is said of a claim, and ``nothing_claimed`` that there is none in what was to be checked.

    ``left_out`` ends a written answer that lost a part to verification. The four after it end an
    answer or a refusal that a model should have written, by why it didn't: :class:`Fallback`.
    """

    sure: str
    unsure: str
    not_in_sources: str
    off_topic: str
    nothing_more: str
    unclear: str
    hello: str
    how_are_you: str
    thanks: str
    bye: str
    fine: str
    no: str
    sorry: str
    wrong: str
    about_it: str
    help: str
    documents: str
    summary: str
    language: str
    foreign: str
    link: str
    titles: str
    more_titles: str
    for_example: str
    no_sources: str
    mending: str
    closest: str
    try_asking: str
    disagree: str
    disagree_newest: str
    disagree_with_this: str
    disagree_so: str
    one_source: str
    some_sources: str
    said: str
    reported: str
    partly_said: str
    said_otherwise: str
    disputed: str
    not_said: str
    nothing_claimed: str
    left_out: str
    unavailable: str
    unfinished: str
    unverified: str
    budget: str

    def reply(self, talk: Talk) -> str:
        """Reply to small talk."""
        return str(getattr(self, talk))

    def say_so(self, count: int) -> str:
        """Say how many sources say the same."""
        return self.one_source if count == 1 else self.some_sources.format(count=count)

    def fallback(self, reason: Fallback) -> str:
        """Say why the sources' own words are given."""
        match reason:
            case Fallback.UNAVAILABLE:
                return self.unavailable
            case Fallback.UNFINISHED:
                return self.unfinished
            case Fallback.UNVERIFIED:
                return self.unverified
            case Fallback.BUDGET:
                return self.budget


_WORDING: dict[Language, Wording] = {
    "it": Wording(
        sure="Le fonti dicono:",
        unsure="Non sono sicuro che risponda, ma nelle fonti ho trovato questo:",
        not_in_sources="Le fonti ne parlano, ma non dicono quello che chiedi.",
        off_topic="Nelle fonti non trovo niente su questo.",
        nothing_more="Oltre a quello che ti ho già mostrato, nelle fonti non trovo altro.",
        unclear="Non ho capito la domanda. Prova a scriverla per intero, con parole tue.",
        hello="Ciao! Fammi una domanda: rispondo con le parole delle fonti.",
        how_are_you="Bene, grazie! Fammi pure una domanda: rispondo con le parole delle fonti.",
        thanks="Prego! Se vuoi sapere altro, chiedi pure.",
        bye="A presto!",
        fine="Bene! Se vuoi sapere altro, chiedi pure.",
        no="Va bene. Se cercavi altro, prova a chiedermelo con altre parole.",
        sorry="Nessun problema! Chiedi pure.",
        wrong="Mi dispiace! Riporto le parole delle fonti, ma posso aver scelto quelle sbagliate:"
        " prova a chiedermelo con altre parole.",
        about_it="Sono un programma: cerco la risposta nelle fonti scelte da chi mi gestisce, e te"
        " la do con le loro parole.",
        help="Scrivimi una domanda per intero, con parole tue. La cerco nelle fonti e ti riporto le"
        " loro parole, con il passo da cui vengono; se non c’è risposta, te lo dico.",
        documents="Rispondo con le parole delle fonti che conosco.",
        summary="Non so fare riassunti: rispondo a domande precise, con le parole delle fonti.",
        language="Capisco l’italiano e l’inglese, e rispondo nella lingua della domanda; le"
        " citazioni restano nella lingua delle fonti.",
        foreign="Capisco solo l’italiano e l’inglese: prova a chiedermelo in una delle due lingue.",
        link="I link non li apro: scrivimi una domanda, e la cerco nelle fonti.",
        titles="Le fonti:",
        more_titles="e altre {count}",
        for_example="Per esempio, puoi chiedermi:",
        no_sources="Non ho ancora nessuna fonte da cui rispondere.",
        mending="Sto rileggendo le fonti: chiedimelo di nuovo fra qualche minuto.",
        closest="Il passo più vicino:",
        try_asking="Prova a chiedere:",
        disagree="Le fonti non concordano:",
        disagree_newest="Le fonti non concordano (la più recente per prima):",
        disagree_with_this="Le fonti non concordano. Altrove si legge:",
        disagree_so="Le fonti non concordano.",
        one_source="(1 fonte)",
        some_sources="({count} fonti)",
        said="Le fonti lo dicono:",
        reported="Le fonti lo riportano, come parole di qualcuno:",
        partly_said="Le fonti ne dicono una parte; del resto non trovo conferma:",
        said_otherwise="Le fonti dicono una cosa diversa:",
        disputed="Le fonti non concordano. C’è chi lo dice e chi dice una cosa diversa:",
        not_said="Le fonti ne parlano, ma questo non ce lo trovo.",
        nothing_claimed="In quel messaggio non trovo un’affermazione da cercare nelle fonti.",
        left_out="(Ho lasciato fuori una parte che nelle fonti non ha conferma.)",
        unavailable="(Il modello che scrive le risposte ora non risponde: ho cercato io.)",
        unfinished="(Il modello non ha finito di scrivere la risposta: ho cercato io.)",
        unverified="(Le fonti non confermano quello che ha scritto il modello: ho cercato io.)",
        budget="(Per oggi le risposte scritte da un modello sono finite: ho cercato io.)",
    ),
    "en": Wording(
        sure="The sources say:",
        unsure="I’m not sure that it answers, but this is what I found in the sources:",
        not_in_sources="The sources touch on this, but they don’t say what you ask.",
        off_topic="I can’t find anything about this in the sources.",
        nothing_more="Beyond what I have already shown you, I find nothing more in the sources.",
        unclear="I didn’t understand the question. Try writing it out, in your own words.",
        hello="Hello! Ask me a question: I answer in the words of the sources.",
        how_are_you="I’m fine, thank you! Ask me a question: I answer in the words of the sources.",
        thanks="You’re welcome! If there is more you’d like to know, just ask.",
        bye="See you soon!",
        fine="Good! If there is more you’d like to know, just ask.",
        no="All right. If you meant something else, try asking in other words.",
        sorry="No problem at all! Just ask.",
        wrong="I’m sorry! I give the sources’ words, but I may have picked the wrong ones: please"
        " try asking in other words.",
        about_it="I’m a program: I look for the answer in the sources chosen by whoever runs me,"
        " and give it to you in their words.",
        help="Write me a whole question, in your own words. I look it up in the sources and give"
        " you their words, with the passage they come from; if there is no answer, I tell you.",
        documents="I answer in the words of the sources I know.",
        summary="I can’t write summaries: I answer precise questions, in the words of the sources.",
        language="I understand Italian and English, and answer in the question’s language; quotes"
        " stay in the language of the sources.",
        foreign="I only understand Italian and English: please try asking in one of the two.",
        link="I don’t open links: write me a question, and I look it up in the sources.",
        titles="The sources:",
        more_titles="and {count} more",
        for_example="You can ask me, for example:",
        no_sources="I don’t have any sources to answer from yet.",
        mending="I’m reading the sources again: please ask me once more in a few minutes.",
        closest="The closest passage:",
        try_asking="Try asking:",
        disagree="The sources disagree:",
        disagree_newest="The sources disagree (the newest first):",
        disagree_with_this="The sources disagree. Elsewhere they say:",
        disagree_so="The sources disagree.",
        one_source="(1 source)",
        some_sources="({count} sources)",
        said="The sources say so:",
        reported="The sources report it, as somebody’s words:",
        partly_said="The sources say a part of it; I can’t find the rest in them:",
        said_otherwise="The sources say something different:",
        disputed="The sources disagree. Some say so, others say something different:",
        not_said="The sources touch on this, but I can’t find this in them.",
        nothing_claimed="I can’t find a claim in that message to look up in the sources.",
        left_out="(I left out a part that the sources don’t bear out.)",
        unavailable="(The model that writes answers isn’t answering now: I searched myself.)",
        unfinished="(The model didn’t finish writing its answer: I searched myself.)",
        unverified="(The sources don’t bear out what the model wrote: I searched myself.)",
        budget="(Today’s answers written by a model are used up: I searched myself.)",
    ),
}


_ITALIAN, _ENGLISH = ("«", "»"), ("“", "”")
_MARKS = {"it": (_ITALIAN, _ENGLISH), "en": (_ENGLISH, _ITALIAN)}  # the usual ones, and others


def wording(language: Language) -> Wording:
    """Give the words of a language."""
    return _WORDING[language]


def quoted(text: str, language: Language) -> str:
    """Put a quote in quotation marks, without touching a letter: those of the language around it.

    Where it holds such itself, they are others.
    """
    usual, others = _MARKS[language]
    opening, closing = others if set(usual) & set(text) else usual
    return f"{opening}{text}{closing}"
