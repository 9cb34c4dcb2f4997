"""Whether a text is in another language than Italian or English, as far as that is plain. Pure."""

from __future__ import annotations

import re
import unicodedata

from retrieval.words import FUNCTION_WORDS, words

# Folded words of German, French, Spanish, Portuguese and Dutch that are none of ours: one of those
# that ask is enough, or two of the others.
_ASKING = frozenset(
    """
    wie wieviele wer wen wem warum wieso wann welche welcher welches
    combien pourquoi quand quel quelle quels quelles comment lequel
    cuanto cuanta cuantos cuantas quien quienes donde cuando cual cuales
    quem onde quantos quantas porque qual
    hoeveel waarom wanneer welke
    """.split()
) - {"qual", "porque"}
_OTHERS = frozenset(
    """
    der die das den dem ein eine einen ist sind hat haben wird wurde nicht und oder mit auf fur von
    zum zur bei uber viele gibt es ich sie
    le les des est sont une dans avec pour sur qui que quoi ou et ne pas ont etait vous je il elle
    el los las es son una tiene tienen esta estan por para con que como fue y hay
    os um uma tem sao nao em no na do da foi voce
    het een zijn heeft hebben wordt niet van voor wat wie
    """.split()
)
# In front of a capital they are part of a name, but for «der» and «die»: in German all nouns have
# capitals. «Van der» is one however it is written.
_IN_NAMES = re.compile(
    r"\b(?:(?i:v[ao]n\s+de[rnm])\b|(?i:von|van|el|los|las|les|des|dos)\s+(?=[A-ZÀ-ÖØ-Þ]))"
)
_SHARED = _OTHERS & FUNCTION_WORDS | frozenset("a de l la an o do da".split())


def is_foreign(text: str) -> bool:
    """Tell whether a text is plainly in a language that isn't understood."""
    said = [word.folded for word in words(_IN_NAMES.sub(" ", text))]
    letters = [c for c in text if c.isalpha()]
    if sum("LATIN" not in unicodedata.name(c, "LATIN") for c in letters) * 2 > len(letters):
        return True
    ours = sum(word in FUNCTION_WORDS - _SHARED for word in said)
    others = sum(word in _OTHERS - FUNCTION_WORDS for word in said)
    theirs = 2 * sum(word in _ASKING for word in said) + others
    return theirs >= 2 and theirs > ours
