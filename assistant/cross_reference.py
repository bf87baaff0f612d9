"""「…罚多少」 where the rule that was broken says nothing of it: another article refers to it by number.

「违反本办法第十八条……，处一万元以下罚款」 has no word in common with a question on pharmacies; that the
eighteenth article is on them tells that it answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.found import Found
from assistant.rule_blocks import READ, Block, Piece, blocks_of, looked_up
from assistant.rule_nearness import is_elsewhere
from assistant.rule_scope import asks_sanction, sanctions
from knowledge.documents import Passage
from knowledge.sentences import sentences
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

# What asks for the sanction; without it a question tells what was done.
_SANCTION = re.compile(
    r"(?:[，,、。；;？?][^，,、。；;？?]{0,6}?)?(?:会|要|该|应该?|得|被){0,4}(?:怎么|如何|怎样|什么)?(?:被)?(?:罚(?:款|钱)?|处罚|处分|追责)(?:不罚|吗|多少钱?|几倍)?(?:什么后果)?[？?。]*$"
    r"|(?:[，,、。；;？?][^，,、。；;？?]{0,6}?)?(?:会|被|受){1,2}(?:怎么|如何|怎样|什么)处理[？?。]*$"
    r"|(?:[，,、。；;？?][^，,、。；;？?]{0,4}?)?(?:会|要|该|得|有|负|担|承担|受|领导|单位|公司|学校|他|责任人){0,4}(?:怎么样?|怎样|什么(?:后果|责任|处分|处罚))[？?。]*$"
)
# From this cosine of the bundled model on a paragraph is the rule that was broken; so many are tried.
_BROKEN, _TRIED, _BEHIND = 0.89, 3, 0.01
Similarities = Callable[[str, Sequence[str]], Sequence[float]]
_BREACH = r"违反[^。；]{0,60}?"
_PART, _NUMERALS = r"第[一二三四五六七八九十]款", "一二三四五六七八九十"
_PUNISHES = re.compile(r"罚款|责令|处分|警告|吊销|追究")
# From this cosine on a sanction is on the deed of a rule, and so far before the next.
_SAME_DEED, _STANDS_OUT = 0.93, 0.003
# A paragraph up to this length is quoted whole.
_WHOLE = 420


def deed_of(question: str) -> str:
    """What was done, of a question for what happens to whoever does it; '' if it asks no such thing."""
    if not asks_sanction(fold(question)):
        return ""
    deed = _SANCTION.sub("", question)
    return deed if deed != question and len(deed) > 3 else ""


def sanction_for(
    chosen: Found | None,
    blocks: Sequence[Block],
    snapshot: Snapshot,
    places: Sequence[str],
    similarities: Similarities,
) -> Found | None:
    """The sanction of the rule that was `chosen`, or that the nearest of `blocks` hold; None if none.

    Of the same text: the article that refers to the rule by number, and with it the rule; or else
    the one nearest to its words.
    """
    near = [
        block
        for block in sorted(blocks, key=lambda b: -(b.similarity or 0.0))
        if (block.similarity or 0.0) >= _BROKEN
        and not sanctions(block)
        and not is_elsewhere(block.document, places)
    ]
    nearest = max((b.similarity or 0.0 for b in blocks), default=0.0)
    near = [b for b in near if (b.similarity or 0.0) >= nearest - _BEHIND]
    if chosen and (chosen.block.similarity or 0.0) >= max(nearest - _BEHIND, _BROKEN):
        near = [chosen.block, *(b for b in near if b.passages != chosen.block.passages)]
    for block in near[:_TRIED]:
        for punishing, quotes in _referring(block, snapshot):
            broken = Found(block, (block.whole,), 1.0)
            return Found(punishing, quotes, 1.0, beside=(broken,), is_paragraph=True)
    alike = _alike(near[0], snapshot, similarities) if near else None
    return Found(alike, (alike.whole,), 1.0, is_paragraph=True) if alike else None


def _alike(block: Block, snapshot: Snapshot, similarities: Similarities) -> Block | None:
    """The sanction of the same text that is nearest to the words of the rule; None if none stands out."""
    passages = {
        passage.article: passage
        for passage in _passages_beside(block, snapshot)
        if passage.article and _PUNISHES.search(passage.text)
    }
    found = looked_up(passages.values())
    punishing = [
        b for b in blocks_of(snapshot, found) if sanctions(b) and b.passages != block.passages
    ]
    if not punishing:
        return None
    near = similarities(block.whole.text, [b.whole.text[:READ] for b in punishing])
    ranked = sorted(zip(near, range(len(near)), strict=True), reverse=True)
    best, place = ranked[0]
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    return punishing[place] if best >= _SAME_DEED and best - second >= _STANDS_OUT else None


def _referring(block: Block, snapshot: Snapshot) -> Iterator[tuple[Block, tuple[Piece, ...]]]:
    """The paragraphs of the same text that punish a breach of this one, with their words on it.

    第六条第二款 is no 第六条第三款: where they name paragraphs of the article, this is one of them.
    """
    article = block.passages[0].article or ""
    names = re.compile(rf"{_BREACH}{re.escape(article)}(?!之)(?P<parts>(?:[、和或者]*{_PART})*)")
    number = f"第{_NUMERALS[_number_of(block, snapshot)]}款"
    for passage in _passages_beside(block, snapshot):
        if passage.article == article or not names.search(passage.text):
            continue
        for other in blocks_of(snapshot, looked_up([passage])):
            named = names.search(other.whole.text)
            if named is None or not _PUNISHES.search(other.whole.text):
                continue
            if not named["parts"] or number in named["parts"]:
                yield other, _words_of(other, names)


def _passages_beside(block: Block, snapshot: Snapshot) -> Sequence[Passage]:
    """All passages of the version that a paragraph stands in."""
    version = snapshot.version_of_passage(block.passages[0])
    return snapshot.catalog.passages_of(block.document.id, version)


def _number_of(block: Block, snapshot: Snapshot) -> int:
    """Which paragraph of its article it is, from 0; the last known numeral for all further ones."""
    held = blocks_of(snapshot, looked_up(block.passages[:1]))
    before = [b for b in held if b.whole.start < block.whole.start]
    return min(len(before), len(_NUMERALS) - 1)


def _words_of(block: Block, names: re.Pattern[str]) -> tuple[Piece, ...]:
    """The paragraph if it is short, else its sentences that name the article."""
    if len(block.whole.text) <= _WHOLE:
        return (block.whole,)
    own = tuple(
        Piece(block.whole.start + span.start, span.of(block.whole.text))
        for span in sentences(block.whole.text)
        if names.search(span.of(block.whole.text))
    )
    return own or (block.whole,)
