"""Is personal data kept out of what is processed? Seeded items and look-alikes."""
