"""Question in, cited answer out. Knows no user interface."""
