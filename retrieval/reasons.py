"""What came of a question: why it was refused or not written, or none, and what a check found."""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    """Why a question was refused: it makes no sense, is about something else, or asks for more."""

    NONSENSE = "nonsense"
    OFF_TOPIC = "off_topic"
    NEAR_MISS = "near_miss"


class Talk(StrEnum):
    """What was said that asks nothing of the sources, or asks about all of them.

    ``FOREIGN`` is a question in a language that isn't understood; ``LINK`` a link and no words.
    """

    HELLO = "hello"
    HOW_ARE_YOU = "how_are_you"
    THANKS = "thanks"
    BYE = "bye"
    FINE = "fine"
    NO = "no"
    SORRY = "sorry"
    WRONG = "wrong"
    ABOUT_IT = "about_it"
    HELP = "help"
    DOCUMENTS = "documents"
    SUMMARY = "summary"
    LANGUAGE = "language"
    FOREIGN = "foreign"
    LINK = "link"


class Verdict(StrEnum):
    """What the sources say of somebody's claim: the same, a part of it, otherwise, or nothing.

    Where they say it in somebody else's name alone, they have reported it. Where one says it and
    another has a different figure or date in its place, it is disputed.
    """

    SAID = "said"
    REPORTED = "reported"
    PARTLY = "partly"
    DISPUTED = "disputed"
    OTHERWISE = "otherwise"
    UNSAID = "unsaid"


class Fallback(StrEnum):
    """Why the sources' own words are given instead of a written answer.

    The model can't be reached or doesn't answer in time; it began and didn't end; nothing of what
    it wrote stood in the sources; or there is nothing left to spend on it.
    """

    UNAVAILABLE = "unavailable"
    UNFINISHED = "unfinished"
    UNVERIFIED = "unverified"
    BUDGET = "budget"
