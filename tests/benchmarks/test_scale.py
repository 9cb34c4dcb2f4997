"""What size costs is measured stage by stage."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import scale
from benchmarks.scale import StandIn, measure, table


def test_a_small_store_is_built_and_asked(tmp_path: Path) -> None:
    sized = measure(tmp_path, paragraphs=60, questions=20)
    assert (sized.paragraphs, sized.found) == (60, 1.0)
    assert sized.passages <= 60
    assert min(sized.index_s, sized.disk_mb, sized.open_s, sized.p50_ms) > 0
    assert all(spent > 0 for spent in sized.stages.values()), "a stage isn't where it was"
    # No stage is counted twice.
    assert sum(sized.stages.values()) < 3 * sized.p95_ms
    lines = table([sized, sized]).split("\n")
    assert lines[0].split() == ["paragraphs", "60", "60"]
    assert len({len(line) for line in lines}) == 1


def test_texts_that_share_words_are_near_each_other() -> None:
    rows = StandIn().encode(["il ponte rosso", "un ponte rosso", "il mercato nuovo", ""])
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    near, far = rows[0] @ rows[1], rows[0] @ rows[2]
    assert near > 0.8 > 0.3 > far
    assert np.allclose(rows[0], StandIn().encode(["il ponte rosso"])[0], atol=1e-6)


@pytest.mark.parametrize("sizes", ["many", "10", ""])
def test_a_size_that_makes_no_sense_is_refused(
    sizes: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        scale.main(["--sizes", sizes])
    assert "--sizes" in capsys.readouterr().err
