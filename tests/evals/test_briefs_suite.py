"""The questions on the policy briefs that come along, and on notices: what they hold to."""

from __future__ import annotations

from pathlib import Path

from assistant.in_focus import unspaced
from evals.briefs.suite import BRIEF_TURNS_SUITE, BRIEFS_SUITE
from evals.laws.turns import NOTHING, load_law_conversations
from evals.notices.suite import NOTICE_TURNS_SUITE

STARTER = Path(__file__).parents[2] / "knowledge" / "starter"


def test_what_answers_stands_in_a_brief() -> None:
    texts = [unspaced(file.read_text("utf-8")) for file in STARTER.glob("*.md")]
    for suite in (BRIEFS_SUITE, BRIEF_TURNS_SUITE):
        for conversation in load_law_conversations(suite.path):
            for asked, words in conversation.turns:
                stands = any(unspaced(words) in text for text in texts)
                assert words == NOTHING or stands, (asked, words)


def test_both_halves_are_many_and_some_of_what_is_asked_nothing_answers() -> None:
    held = load_law_conversations(BRIEFS_SUITE.path)
    for half in ("tune", "report"):
        own = [conversation.turns[0] for conversation in held if conversation.split == half]
        assert len(own) >= 199
        assert sum(words == NOTHING for _, words in own) > 30
    asked = [conversation.turns[0][0] for conversation in held]
    assert len(set(asked)) == len(asked)


def test_no_notice_of_one_half_is_in_the_other() -> None:
    held = load_law_conversations(NOTICE_TURNS_SUITE.path)
    halves = [{c.law for c in held if c.split == half} for half in ("tune", "report")]
    assert not halves[0] & halves[1]
    assert all(len(conversation.turns) >= 4 for conversation in held)


def test_the_briefs_need_no_data(tmp_path: Path) -> None:
    assert BRIEFS_SUITE.over(tmp_path) is BRIEFS_SUITE
    assert BRIEFS_SUITE.digest() != BRIEF_TURNS_SUITE.digest()
