"""Texts made up for measuring: plain Italian paragraphs, and documents full of odd characters."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from retrieval.evaluation import TestQuestion

_PLACES = """Aosta Bari Cagliari Catania Como Crotone Cuneo Enna Ferrara Foggia Genova Gorizia
Imola Ivrea Lecce Lodi Lucca Mantova Matera Modena Novara Nuoro Olbia Padova Parma Pavia Perugia
Pisa Potenza Prato Ragusa Rieti Rimini Salerno Sassari Siena Taranto Teramo Trento Udine""".split()
_NAMES = """Ada Bice Carla Dario Elena Fabio Giulia Ivo Lidia Marco Nadia Oreste Paola Rocco Silvia
Tullio""".split()
_FAMILIES = """Arrighi Bassi Conti Donati Ferri Galli Leoni Marchi Negri Orsi Pace Riva Sala Testa
Valle Zani""".split()
_WORKS = """ponte teatro museo mercato acquedotto faro mulino osservatorio orto porto archivio
conservatorio""".split()
_MATERIALS = ["mattoni rossi", "pietra grigia", "legno di quercia", "marmo bianco", "ferro battuto"]

_FACTS = (
    "Il {work} di {place} fu inaugurato nel {year} dal sindaco {name} {family}.",
    "I lavori durarono {number} mesi e costarono circa {cost} mila lire.",
    "Il progetto era di {other} {family2}, che aveva studiato a {place2}.",
    "L'edificio è costruito in {material} ed è alto {height} metri.",
    "Ogni anno lo visitano {visitors} persone, soprattutto in estate.",
    "Secondo la guida della città, «è il più bello della regione».",
)

_ODD = (
    *(
        "é",
        "ﬁ",
        "ß",
        "İ",
        "ı",
        "Å",
        "n\u0303",
        "o\u0308\u0323",
        "½",
        "Ω",
        "漢字",
        "שלום",
        "مرحبا",
        "ไทย",
    ),
    *("\U0001f469\u200d\U0001f467", "\U0001f1ee\U0001f1f9", "𝔓𝔞𝔰𝔰𝔬", "\U0010ffff", "\ue000"),
    *("\u200b", "\u200d", "\u00ad", "\u202e", "\u2066", "\ufeff", "\ufffd", "\u00a0"),
    *("\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1f", "\t"),
    *("…", "«", "»", "“", "”", "’", "—", "art. 3", "S.p.A.", "3,14", "1.000", "ecc.", "e.g."),
    *("**", "_", "`", "# ", "> ", "- ", "<b>", "[1]", "\\", "|"),
)
_ENDS = (". ", "! ", "? ", "… ", ".” ", ".» ", ".\n", "\n", "\r\n", "\n\n", "\r\n\r\n", "\r", ": ")


def plain_paragraphs(count: int, seed: int = 1) -> Iterator[str]:
    """Make up paragraphs of six sentences, each about something else."""
    chance = random.Random(seed)
    for number in range(count):
        values = {
            "work": _WORKS[number % len(_WORKS)],
            "place": _PLACES[number // len(_WORKS) % len(_PLACES)],
            "place2": chance.choice(_PLACES),
            "year": chance.randint(1701, 1999),
            "name": chance.choice(_NAMES),
            "other": chance.choice(_NAMES),
            "family": chance.choice(_FAMILIES),
            "family2": chance.choice(_FAMILIES),
            "number": chance.randint(3, 90),
            "cost": chance.randint(20, 900),
            "material": chance.choice(_MATERIALS),
            "height": chance.randint(4, 90),
            "visitors": chance.randint(1000, 99999),
        }
        # Past the first few hundred, places come again in another quarter.
        quarter = f"Nel quartiere {number // 480 + 1}. " if number >= 480 else ""
        yield quarter + " ".join(_FACTS).format(**values) + "\n"


def questions_on(folder: Path) -> Sequence[TestQuestion]:
    """Ask of every plain paragraph in a folder who opened what it tells of."""
    questions = []
    for file in sorted(folder.glob("*.txt")):
        words = file.read_text("utf-8").split(" fu inaugurato nel ")
        opened, what = words[1].split(" ")[0], words[0].split("Il ")[-1]
        question = f"In che anno fu inaugurato il {what}?"
        questions.append(TestQuestion(file.stem, question, "it", (opened,), file.stem))
    return questions


def odd_documents(count: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """Make up files of odd characters, line ends and markup: their names and their bytes."""
    chance = random.Random(seed)
    plain = " ".join(plain_paragraphs(20, seed)).split()
    for number in range(count):
        pieces: list[str] = []
        for _ in range(chance.randint(1, 40)):
            words = [
                chance.choice(_ODD) if chance.random() < 0.3 else chance.choice(plain)
                for _ in range(chance.randint(1, 25))
            ]
            pieces += [chance.choice(["", " "]).join(words) if chance.random() < 0.2 else
                       " ".join(words), chance.choice(_ENDS)]  # fmt: skip
        mark = "\ufeff" if chance.random() < 0.2 else ""
        suffix = chance.choice(["txt", "md"])
        yield f"{number % 7}/odd-{number}.{suffix}", (mark + "".join(pieces)).encode()
