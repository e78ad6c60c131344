"""Measuring how fast practices are found, beside the same work written by hand in SQL."""
