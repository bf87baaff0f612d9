"""Does text obey nobody but the reader? Attacks in documents and in questions."""
