"""Tests of the evaluation: known values, and pages that hold whatever a document says."""
