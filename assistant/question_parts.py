"""A question that asks several things → its parts, each to stand alone.

"宁夏派多少社工、去几个县、服务多久" asks three things; each is answered on its own, so that what the
library does not hold is named and the rest is answered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.carried_over import with_subject
from assistant.conversation import standalone_question
from assistant.coordinated import coordinated_parts
from assistant.derived_figures import asks_sum, sums_up
from assistant.english import is_english
from assistant.question import parse_question
from assistant.question_terms import names_subject, without_asking
from assistant.question_words import FACETS
from assistant.wording import Language
from knowledge.figures import find_figures
from knowledge.regions import region_mentions
from knowledge.tokenization import fold, tagged_words

_END = re.compile(r"[。！!？?\n]")
# 多少家社工机构和多少志愿组织: each is counted for itself.
_CUT = re.compile(
    r"[、，,；;]|(?:以及|还有|并且|另外)(?=[^，,。]{2,})|(?<=[一-鿿]{4})[和与及](?=(?:多少|几)[个家名位项支户人])"
    r"|(?<=[一-鿿]{4})[和与及](?=多少[一-鿿]{2})"
)
_ASKS = re.compile(
    r"多少|(?<![哪好这那])几(?![乎何率十百千])|多久|多长|多大(?![程力])|哪|什么|谁|何时|怎么|怎样|如何|为什么|是否|是不是|有没有|[啥咋]|干嘛|能不能|可不可以|能否|可否|会不会|要不要|需不需要|该不该|行不行|吗$|(?:人数|增幅|数量|金额|比例|规模)$"
)
# 没说给谁: what was left open then is not asked now.
_UNKNOWN = re.compile(r"(?:没有?|未)(?:明?说|写明?|讲|约定)[^，。？?]{0,2}谁")
# 广西呢, after what is asked of Sichuan; 我还没签合同呢 tells.
_ELSE = re.compile(r"^(?:那|那么|如果|要是)?(?!.*(?:还|才|正|着呢))(.{2,14})呢$")
# 只交了三年, 自己辞职的: no other thing, but the same one in another case.
_IS_CASE = re.compile(r"[了没不只满有是]")
_ENGLISH_ASKS = re.compile(r"\b(?:how|what|when|who|whom|where|which|why)\b", re.IGNORECASE)
_ENGLISH_CUT = re.compile(
    r",?\s+and\s+(?=(?:how|what|when|who|whom|where|which|why)\b)", re.IGNORECASE
)
_ENGLISH_COUNTED = re.compile(
    r"\bhow many ((?:\w+ ){0,2}?\w+)(?= (?:in|is|are|does|do|did|will|has|have|were|since)\b)",
    re.IGNORECASE,
)
# Of "how many in total" the noun stands in the part before.
_ENGLISH_BARE = re.compile(
    r"\bhow many(?= (?:in|since|altogether|so far|overall)\b)", re.IGNORECASE
)
# "and when?" is no question of its own.
_ENGLISH_WORDS = 3
# What is said of a thing, and hardly asked for by itself.
_ASPECT = re.compile(
    r"标准|条件|期限|时间|材料|工资|收入|费用|金额|流程|手续|程序|后果|责任|待遇|年限|比例|数额|范围|地点|方式"
)
_SPACE = re.compile(r"(?<=[一-鿿])\s+(?=[一-鿿])")
_ASKING_VERB = re.compile(
    r"(?:[会要该应能得]|可以|应当)*(?:处?罚|处分|赔|[交领拿给发补判管批由向找到在])?$"
)
# Characters of the shortest question that stands beside another.
_SHORTEST = 3
# More parts than this are a pasted text, not a question.
_PARTS = 4


def question_parts(question: str) -> tuple[str, ...]:
    """The parts of a stand-alone question; the question itself if it asks one thing."""
    if asks_sum(question) or sums_up(question):
        return (question,)
    if is_english(fold(question)):
        return _english_parts(question)
    question = _with_marks(question)
    pieces = [
        (piece.strip(), place == 0)
        for sentence in _END.split(question)
        for place, piece in enumerate(_CUT.split(sentence))
        if piece.strip()
    ]
    asking = [bool(_ASKS.search(_UNKNOWN.sub("", fold(piece)))) for piece, _ in pieces]
    asking = [
        asks or (any(asking[:i]) and bool(_else(pieces[i][0]))) for i, asks in enumerate(asking)
    ]
    if sum(asking) < 2 or len(pieces) > _PARTS:
        return coordinated_parts(question)
    parts: list[str] = []
    opening = ""
    for (piece, opens), asks in zip(pieces, asking, strict=True):
        if not asks:
            # The occasion or the subject of what follows.
            opening = f"{opening}{piece}，"
        elif not parts:
            parts.append(opening + piece)
        elif _else(piece):
            parts.append(_asked_of(piece, parts[-1]))
        else:
            # A sentence that names its subject needs none of the one before.
            is_whole = opens and names_subject(piece) and not _is_aspect(piece)
            parts.append(piece if is_whole else with_subject(piece, parts[0]))
    return tuple(parts)


def in_context(question: str, part: str) -> str:
    """The last piece of `part` behind what the question says before, without what it asks there.

    洪水把房子冲垮了，重建补助怎么申请，最后谁批 → 洪水把房子冲垮了，重建补助申请，最后谁批. '' where there is none.
    """
    pieces = [p.strip() for s in _END.split(question) for p in _CUT.split(s) if p.strip()]
    own = next((i for i, piece in enumerate(pieces) if i and part.endswith(piece)), 0)
    if not own:
        return ""
    before = [without_asking(piece) for piece in pieces[:own]]
    return "，".join([*filter(None, before), pieces[own]])


def _with_marks(question: str) -> str:
    """With a mark for each space between two questions: 三个支撑是哪三个 经费咋保障.

    Words in a row (四川 经费 多少) stay as they are.
    """
    pieces = _SPACE.split(question.strip())
    asks = all(len(p) >= _SHORTEST and (_ASKS.search(fold(p)) or _else(p)) for p in pieces)
    return "？".join(pieces) if asks else question


def _is_aspect(piece: str) -> bool:
    """True if a sentence asks on what the one before began: 工资照发吗 after 婚假有几天."""
    strong = [t.word for t in parse_question(piece).terms if t.weight >= 1 and len(t.word) > 1]
    return len(strong) <= 1 and all(_ASPECT.search(word) for word in strong)


def _else(piece: str) -> str:
    """What 广西呢 names; empty if the piece is no such question."""
    match = _ELSE.match(fold(piece))
    return match[1] if match else ""


def _asked_of(piece: str, before: str) -> str:
    """The question before, put to what `piece` names: another place or year, or another case."""
    named = _else(piece)
    whole = standalone_question(piece, ((before, ""),))
    if (act := tagged_words(named)[0][0]) != named and before.find(act) == 0:
        # 骗取低保罚多少，骗取失业金呢: of the same act.
        return named + _asking_end(before)
    of_facet = any(cue.search(named) for cue in FACETS.values())
    if of_facet or (_ASKS.search(fold(whole)) and not _is_case(named)):
        return whole
    return f"{named}，{before}"


def _asking_end(question: str) -> str:
    """What a question asks, with the short verb before its asking word (罚多少, 由谁批)."""
    asks = _ASKS.search(question)
    if asks is None:
        return ""
    before = _ASKING_VERB.search(question[: asks.start()])
    return question[before.start() if before else asks.start() :]


def _is_case(named: str) -> bool:
    """True for what somebody does or has done (自己辞职的), not for other people (儿童的)."""
    does = named.endswith("的") and any(tag.startswith("v") for _, tag in tagged_words(named))
    return does or bool(_IS_CASE.search(named))


def _english_parts(question: str) -> tuple[str, ...]:
    """The same of an English question; a later part is said of what the first names.

    "How many professionals is Ningxia sending in 2025, and how long will they serve?"
    """
    first, *others = _ENGLISH_CUT.split(question.strip())
    asks = _ENGLISH_ASKS.search(first)
    if asks is None or not others or min(len(piece.split()) for piece in others) < _ENGLISH_WORDS:
        return (question,)
    opening = first[: asks.start()]
    places = [first[start:end] for start, end, _ in region_mentions(first)]
    counted = _ENGLISH_COUNTED.search(first)
    parts = [first.rstrip(" ,?") + "?"]
    for piece in others:
        if counted and _ENGLISH_BARE.search(piece):
            piece = _ENGLISH_BARE.sub(f"how many {counted[1]}", piece, count=1)
        carried = places and not region_mentions(piece)
        subject = opening.strip() or (f"In {places[0]}," if carried else "")
        parts.append(f"{subject} {piece}".strip())
    return tuple(parts)


def named_parts(parts: Sequence[str], language: Language) -> str:
    """The parts without an answer after a colon, as the reader put them; none with a figure.

    A figure of the question is not a figure of the library and must not look like one.
    """
    named = [part.rstrip("？?。.") for part in parts if not find_figures(part)]
    if not named:
        return ""
    return ": " + "; ".join(named) if language == "en" else "：" + "；".join(named)
