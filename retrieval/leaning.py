"""Sentences that lean on the one before: those whose subject, place or time was named there. Pure.

A pronoun, a demonstrative, a dropped subject or «l'anno dopo» at the opening tell. Doubtful
openings count as standing alone («È stato Kishida…», "It is likely that…").
"""

from __future__ import annotations

import re

from retrieval.words import AFTER_LO

_THESE = r"(?:(?:quest|quell)(?:[oaie]\b|['’])|(?:quel|quei|quegli|ciò|tal[ei]?)\b)"
_THIS = r"(?:this|these|such|that|those)\b"
_FREE = r"(?!\s(?:che|chi|di\scui|in\scui|a\scui|who|which|as|days)\b)"  # «quello che conta»
_WITH_IT = (
    r"(?:in|a|ad|da|di|per|con|su|tra|fra|dopo|prima\sdi|oltre\sa|nonostante|secondo|durante|come)"
)
_WITH_EN = (
    r"(?:in|at|on|for|to|by|from|of|with|after|before|since|during|despite|under|among|through|as"
    r"|(?:because|one|some|most|both|all)\sof|according\sto)"
)
_JUDGED = r"(?:possible|likely|unlikely|important|necessary|clear|true|hard|easy|that)"

_ITALIAN = (
    r"(?:i\sdue|tutti\se\sdue|egli|ella|ess[oaie]|lui|lei|loro|costui|costoro|entramb[ie])\b",
    rf"{_THESE}{_FREE}",
    rf"{_WITH_IT}\s(?:(?:lui|lei|loro|ess[oaie])\b|{_THESE}{_FREE})",
    r"(?:ha|hanno|aveva|avevano|ebbe|ebbero|vogliono|possono|devono)\s(?!luogo|inizio|origine)",
    r"(?:ne|li)\s",
    rf"lo\s(?!{AFTER_LO})|gli\s(?!{AFTER_LO}|[aeiouh])",  # «gli» is one before vowels, too
    r"l(?:[ae]\s|['’])(?:ha|hanno|aveva|avevano)\b",
    r"ci\s(?!sono|furono|erano|sar|siamo|fu\b|era\b|vuole|vogliono|si\b|è)",
    r"(?:[èe]['’]?|era|fu)\s(?:una?\b|uno\b|un['’]|anche|stat[oa]\sanche|considerat|not[oa]\sper)",
    r"(?:fu|venne|[èe]['’]?\sstat[oa])\s[^\W\d_]+t[oa]\s(?:a|al|in|nel|nella|dal?|dalla|per|con|come)\b",
    r"si\stratta\b",
    r"(?:si\s)?(?!però|ciò|perciò)[^\W\d_]{2,}ò\s",  # «Parlò», «Si fermò»
    r"(?:morì|divenne|scrisse|disse|visse|vinse|fece|prese|diede|ricevette|aggiunse|aggiunge)\s",
    r"(?:(?:ne)?l(?:[oa]\s|['’]))stess[oa]\s(?:anno|giorno|mese|periodo|sera|settimana)\b",
    r"l['’]anno\s(?:dopo|successivo|seguente|prima|precedente)\b",
    r"(?:poco\s(?:dopo|prima),|da\sallora\b)",
    r"\w+\s(?:giorni|mesi|anni|settimane)\s(?:dopo|prima|più\stardi)\b(?!\sd)",
)
_ENGLISH = (
    r"(?:he|she|they|his|her|their|its)\b(?!\s(?:majesty|highness|holiness|excellency))",
    r"the\stwo\s(?:are|were|have|had|\w+ed)\b",
    rf"it\b(?!\s(?:is|was|has\sbeen|seems|may\sbe)\s(?:also\s|not\s)?{_JUDGED}\b)",
    rf"(?:this|these|such|that\s(?:is|was|made|led|meant|year|day|month)|those){_FREE}\b",
    rf"{_WITH_EN}\s(?:{_THIS}|(?:him|them|it)\b){_FREE}",
    r"(?:both|neither)\s(?:were|are|was|is|had|have)\b",
    r"the\s(?:latter|former|(?:same|following|next|previous)\s(?:year|day|month|week))\b",
    r"(?:since\sthen|shortly\s(?:after|before)(?:wards?)?,)",
    r"\w+\s(?:days|months|years|weeks)\s(?:later|earlier)\b",
)
# What may stand before the word that tells: «Tuttavia», «Nel 1911», «On 3 May 2010».
_OPENING = (
    r"[\"“«'(*_]*(?:(?:inoltre|tuttavia|anche|invece|poi|ma|infine|infatti|quindi|in\sseguito"
    r"|successivamente|however|but|and|also|then|later|finally|in\saddition|moreover|instead"
    r"|secondo\s[^,.;:]{1,40},?|according\sto\s[^,.;:]{1,40}"
    r"|(?:(?:il|on)\s\d{1,2}\s[^\W\d_]+|(?:nel|in|by)(?:\s[^\W\d_]+)?)\s\d{4}),?\s)?"
)
_LEANS = re.compile(f"{_OPENING}(?:{'|'.join(_ITALIAN + _ENGLISH)})", re.IGNORECASE)


def leans(text: str, start: int = 0) -> bool:
    """Tell whether the sentence that begins at ``start`` needs the one before to be understood."""
    return _LEANS.match(text, start) is not None
