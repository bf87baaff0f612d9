"""Documents in, ranked passages out. Knows no prompt, no chat and no environment."""
