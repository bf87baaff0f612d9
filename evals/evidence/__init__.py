"""Answers over noisy evidence: declining, several sources, contradictions (suite `evidence`)."""
