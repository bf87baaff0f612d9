"""The suites over documents that have no articles.

notices        first questions
notice-turns   conversations, every turn of them

Plans, opinions, notices and replies of the State Council, as pages of gov.cn in the data folder's
`gov_html`. A question is right if the answer holds the words that stand where the document answers it, or,
where it answers nowhere, if it is declined.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from evals.laws.turns import TurnsSuite

NOTICES_SUITE = TurnsSuite(
    name="notices",
    gate=0.7,
    parts=("gov_html",),
    path=Path(__file__).parent / "asked.tsv",
    subfolder="gov_html/pages",
    pattern="*.html",
    what=("文件", "documents"),
)
NOTICE_TURNS_SUITE = replace(
    NOTICES_SUITE, name="notice-turns", gate=0.6, path=Path(__file__).parent / "turns.tsv"
)
