"""The lines under the title of a statute: when it was made and changed, not what it rules."""

from __future__ import annotations

import re

from assistant.evidence import Statement
from assistant.question import ParsedQuestion
from knowledge.tokenization import fold

# The lines under a statute's title: when it was made and changed.
_HISTORY = re.compile(
    r"会议.{0,12}(?:通过|批准|修订|修正)|(?:令|公告)第.{1,8}号|(?:第[一二三四五六]次)?(?:修订|修正)$|\d日\s*施行$"
    r"|^(?:19|20)\d\d年[^，。；]{4,60}(?:发布|公布|印发)[）)]?$"
)
_ASKS_HISTORY = re.compile(r"通过|公布|批准|修正|修订|修改|发布|颁布|印发|制定|出台|版")


def is_history(statement: Statement) -> bool:
    """True for a line under a statute's title, which dates the text and not what it rules."""
    return statement.passage.article is None and bool(_HISTORY.search(statement.text))


def asks_history_of(statement: Statement, question: ParsedQuestion) -> bool:
    """True if it is asked when this text was made or changed."""
    title = fold(statement.document.title)
    return bool(_ASKS_HISTORY.search(question.text)) and any(
        term.word in title for term in question.terms
    )
