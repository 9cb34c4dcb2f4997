"""LangChain can use the search, and whoever doesn't ask for that doesn't wait for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from retrieval.library import Library

ROOT = Path(__file__).parent.parent.parent


def test_langchain_gets_passages_as_documents_best_first(sample: Library) -> None:
    documents = sample.as_retriever(3).invoke("Quanti membri ha la NATO?")
    assert len(documents) == 3
    best = documents[0]
    assert "31 membri" in best.page_content
    assert set(best.metadata) >= {"source", "start", "end", "heading", "score"}
    assert best.metadata["source"] == "nato-ufficio-tokyo"
    assert best.metadata["end"] - best.metadata["start"] == len(best.page_content)
    assert best.id is not None
    assert best.id.startswith("nato-ufficio-tokyo@")
    scores = [document.metadata["score"] for document in documents]
    assert scores == sorted(scores, reverse=True)


async def test_langchain_may_ask_without_blocking(sample: Library) -> None:
    documents = await sample.as_retriever(1).ainvoke("Dove si terrà il vertice?")
    assert len(documents) == 1
    assert await sample.as_retriever().ainvoke("???") == []


def test_a_library_without_it_does_not_wait_for_langchain() -> None:
    code = "import sys, retrieval.library\nsys.exit('langchain_core.retrievers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
