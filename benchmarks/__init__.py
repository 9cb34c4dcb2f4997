"""Measurements, and the training of the ranking. Not part of the product."""
