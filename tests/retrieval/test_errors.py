"""One base catches all errors, and their docstring draws the tree."""

from __future__ import annotations

import inspect
import pickle

from retrieval import errors
from retrieval.regression import LostQuestion, Regression


def test_every_error_stands_in_the_tree_under_the_one_base() -> None:
    classes = [
        cls
        for _, cls in inspect.getmembers(errors, inspect.isclass)
        if cls.__module__ == errors.__name__
    ]
    assert len(classes) > 5
    for cls in classes:
        assert issubclass(cls, errors.RetrievalError)
        assert cls.__name__ in (errors.__doc__ or "")


def test_the_questions_lost_survive_the_way_from_another_process() -> None:
    regression = Regression(3, 1, 2, (LostQuestion("q1", "Chi?", gone="roma"),))
    error = pickle.loads(pickle.dumps(errors.RegressionError("two are lost", regression)))
    assert isinstance(error, errors.RegressionError)
    assert (str(error), error.regression) == ("two are lost", regression)
