"""Two documents for a library, two questions on them, and what loses both."""

from __future__ import annotations

from pathlib import Path

from retrieval.settings import Settings

ROME = "Roma è la capitale. Conta tre milioni di abitanti.\n"
TURIN = "# Torino\n\nFonte: ANSA\n\nTorino sta sul Po. La Mole è alta 167 metri.\n"


def written(folder: Path) -> Settings:
    """Write the documents there, and give the settings of a store beside them."""
    sources = folder / "sources"
    sources.mkdir()
    (sources / "roma.txt").write_text(ROME, "utf-8")
    (sources / "torino.md").write_text(TURIN, "utf-8")
    return Settings(sources, folder)


def ask_about_both(settings: Settings) -> None:
    """Put two questions beside the documents; both pass."""
    settings.questions.write_text(
        '{"id": "q1", "question": "Quanti abitanti conta la capitale?",'
        ' "answers": ["tre milioni"]}\n'
        '{"id": "q2", "question": "Quanto è alta la Mole?", "answers": ["167 metri"]}\n',
        "utf-8",
    )


def lose_both(settings: Settings) -> None:
    """Change the documents so that neither finds its answer."""
    (settings.sources / "roma.txt").write_text("Roma è la capitale.\n", "utf-8")
    (settings.sources / "torino.md").unlink()
