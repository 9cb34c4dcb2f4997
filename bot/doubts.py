"""Whether a question only asks if what somebody else wrote is true: «è vero?», “is that right?”."""

from __future__ import annotations

import re

from retrieval import Language

_ITALIAN = re.compile(
    r"""(?:ma\s|e\s|beh?\s|scusa\s|quindi\s|allora\s|dimmi\s|secondo\ste\s)*
    (?:(?:questo\s|questa\s|cio\s|tutto\s)?(?:e|sara|era)\s(?:davvero\s|proprio\s|tutto\s)?
        (?:ver[oaie]|giust[oa]|corrett[oa]|esatt[oa]|cosi|confermat[oa]|sicur[oa]|attendibile
        |fals[oa]|una\sbufala|una\sfake\snews)(?:\s(?:questo|questa|tutto|cio|o\sno|o\sfals[oa]))*
    |ver[oa](?:\so\sfals[oa])?|davvero|veramente|sul\sserio|esatto|giusto|bufala
    |(?:me\slo\s|ce\slo\s|lo\s|lo\spuoi\s|puoi\s|potete\s|mi\s)?
        (?:conferm(?:i|ate|are|armelo|arlo|a)|verific(?:a|hi|are|arlo|ate)
        |controll(?:a|i|are|arlo|ate))(?:\s(?:questo|questa\snotizia|la\snotizia|o\sno))?
    |sicur[oa]|(?:ne\s)?(?:sei|siete)\s(?:davvero\s|proprio\s)?(?:sicur|cert)[oaie](?:\sdi\s(?:questo|cio))?
    |(?:(?:ti|vi)\s)?risulta|le\sfonti\slo\s(?:dicono|confermano)
    |lo\s(?:dicono|confermano)\sle\sfonti|fonti?
    |(?:c\se|ci\sono|ci\sstanno|hai|avete)\s(?:una\s|delle\s)?(?:conferm[ae]|fonti?|prov[ae])
    |fact\s?check(?:ing)?)""",
    re.VERBOSE,
)
_ENGLISH = re.compile(
    r"""(?:but\s|so\s|and\s|wait\s|hey\s|hm+\s)*
    (?:(?:is|s|was|are)\s?(?:this|that|it|these|all\sthis|all\sthat|all\sof\sthis)\s
        (?:really\s|actually\s|even\s|all\s)?
        (?:true|right|correct|accurate|so|real|confirmed|a\sfact|false|fake|a\shoax|fake\snews)
        (?:\sor\s(?:not|false|fake|wrong))?
    |are\syou\s(?:really\s|quite\s)?(?:sure|certain)(?:\s(?:of|about)\s(?:this|that|it))?
    |true|true\sor\sfalse|really|for\sreal|right|correct|seriously|source|sources|any\ssources?
    |(?:can|could)\syou\s(?:confirm|verify|check|fact\s?check)(?:\s(?:this|that|it))?
    |(?:please\s)?(?:confirm|verify|check|fact\s?check)(?:\s(?:this|that|it))?(?:\splease)?
    |do\s(?:the|your)\ssources\s(?:say|confirm)\s(?:so|this|that|it))""",
    re.VERBOSE,
)
_SAID_OF_ITSELF = frozenset("fonte fonti source sources giusto esatto right correct".split())
_MARKS = re.compile(r"[^\w]+")
_ACCENTS = str.maketrans("àèéìòù", "aeeiou")
_LONGEST = 60  # characters; more is a question of its own


def doubted_in(text: str, *, alone: bool = False) -> Language | None:
    """The language a text doubts in what it replies to; ``None`` if it asks something else.

    Where it stands ``alone``, a reply to nothing, a word such as «giusto» or «fonti?» is no doubt.
    """
    if len(text) > _LONGEST:
        return None
    plain = _MARKS.sub(" ", text.lower().translate(_ACCENTS)).strip()
    if not plain or (
        alone and (plain in _SAID_OF_ITSELF or ("?" not in text and " " not in plain))
    ):
        return None
    if _ITALIAN.fullmatch(plain):
        return "it"
    return "en" if _ENGLISH.fullmatch(plain) else None
