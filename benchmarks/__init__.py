"""Measurements, the training of the ranking, and the pictures. Not part of the product."""
