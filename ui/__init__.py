"""Answer to screen."""
