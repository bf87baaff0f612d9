"""Measurements of speed, each beside a baseline taken in the same run."""
