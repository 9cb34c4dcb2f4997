"""One base catches all errors, and their docstring draws the tree."""

from __future__ import annotations

import inspect

from retrieval import errors


def test_every_error_stands_in_the_tree_under_the_one_base() -> None:
    classes = [cls for _, cls in inspect.getmembers(errors, inspect.isclass)]
    assert len(classes) > 5
    for cls in classes:
        assert issubclass(cls, errors.RetrievalError)
        assert cls.__name__ in (errors.__doc__ or "")
