"""「可以…吗」「是否必须」: the sentence that rules it, and 是 or 否 only where its modal word decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from assistant.eligibility import asks_eligibility
from assistant.found import Found
from assistant.likeness import Core
from assistant.question import ParsedQuestion
from assistant.rule_blocks import Block, Piece
from assistant.rule_place import place_bonus
from knowledge.synonyms import is_said
from knowledge.tokenization import fold, tagged_words

ENOUGH = 0.62
_SENTENCE, _LEAD, _ABOVE, _ARTICLE = 1.0, 0.8, 0.5, 0.45
_MODAL_BONUS, _DECIDED_BONUS, _OWN, _ACTION = 0.1, 0.25, 0.3, 0.3
# Chosen on the tuning half of evals/laws/cases.yaml: what is asked to be
# done must stand behind the modal word.
_DECIDES, _LET = 0.75, 0.65
# A rule that nowhere speaks of whoever is asked about is another's rule.
_ACTOR = 0.3

_FORBIDS = re.compile(
    r"不得|禁止|严禁|不能(?!确定|证明|辨认|控制|自理|表达|履行|按时|胜任)|不可以|只能"
)
_DEMANDS = re.compile(r"应当|必须|应该|须(?!知)|应(?=报|经|由|自|向|在)")
_ALLOWS = re.compile(r"(?<!不)可以|有权|允许")
_ASKS_MAY = re.compile(r"可以|能不能|能否|可否|可不可以|允许|能(?=[^力源])|准不准|行不行")
_ASKS_MUST = re.compile(r"必须|应当|应该|需要|是否要|要不要|是否应|须")
# 能不能 and 可不可以 ask whether one may.
_ASKS_BAN = re.compile(r"不得(?!不)|(?<!能)不能(?!不)|(?<!可)不可以|禁止|(?<!应)不应")
# 可以不签合同吗, 能不能不签: may one leave it.
_OMITS = re.compile(r"^不(?!得|能|可|应)")
_EXCEPTION = re.compile(r"除外|但是|但[，,]?(?!书)|另有规定|例外")
_CONDITION = re.compile(r".*(?:的|前|后|时)[，,]")
_NOT_THE_CASE = re.compile(r"不(?:需要|符合|具备|满足|宜)")
_ASKS_WHETHER = re.compile(r"(?:是否|是不是|应不|该不|需不|允不)$")
# Characters of a subject that is nothing but a name.
_ONE = 4
_BY = re.compile(r"(?<![自理])由(?!于)([^，,。；;由]{2,20})")
_ARTICLE_HEAD = re.compile(r"^第\S{1,8}条\s*")
# 可以 and what may be done stand this near; a subject and a condition share this much with the
# question to be those that are asked about; a shorter action (注册) stands everywhere.
_NEXT, _MET, _SHORTEST, _SHORT_SUBJECT = 1, 0.5, 3, 14
_LETS = re.compile(r"允许|接纳|容留|招收|吸纳|让|放任|纵容|向")
_SEGMENT_END = re.compile(r"[；;。]")
_LEANS = re.compile(r"^(?:但是|但[，,]?(?!书)|前款|前述|此外|同时)")
_GOES_ON = re.compile(r"^(?:但是|但[，,]?(?!书)|有下列情形之一的除外)")

Verdict = Literal["yes", "no", ""]


def ruling(
    question: ParsedQuestion,
    core: Core,
    blocks: Sequence[Block],
    places: Sequence[str],
    named: frozenset[str],
) -> Found | None:
    """The sentence of a rule that decides the question, with what excepts from it."""
    best: Found | None = None
    asked = fold(question.text)
    actor = _actor(asked)
    for block in blocks:
        bonus = place_bonus(block, places, named)
        for sentence, lead in block.sentences():
            folded = _plain(sentence.text)
            fit = core.likeness(
                (_SENTENCE, folded),
                (_LEAD, lead),
                (_ABOVE, block.above),
                (_ARTICLE, block.article),
            )
            if fit < ENOUGH:
                continue
            done = core.share_of(asked_action(asked)[1], folded)
            score = fit + bonus + _OWN * core.likeness((1.0, folded)) + _ACTION * done
            if _FORBIDS.search(folded) or _DEMANDS.search(folded) or _ALLOWS.search(folded):
                score += _MODAL_BONUS
            if _modal(asked, core, folded):
                score += _DECIDED_BONUS
            if actor and not is_said(actor, folded + lead + block.above + block.article):
                score -= _ACTOR
            if best is None or score > best.score:
                best = Found(block, _with_exceptions(block, sentence), score)
    return best


def _actor(asked: str) -> str:
    """Who is to do something or may, where the question begins with it: 学校发现…必须报告吗 → 学校."""
    who, _ = asked_action(asked)
    for word, tag in tagged_words(who)[:1]:
        if tag.startswith("n") and not tag.startswith(("ns", "nr")) and len(word) > 1:
            return word
    return ""


# 禁止对实施住院治疗的患者实施手术 does not forbid 住院.
_WHOSE_CASE = re.compile(
    r"^(?:对|向|为|给)[^,，。;；]{1,60}?的(?=[一-鿿]{2,12}(?:实施|进行|采取|给予|提供))"
)


def verdict_of(question: ParsedQuestion, core: Core, found: Found) -> tuple[Verdict, str]:
    """是, 否 or nothing, and the modal word of the rule that decides it.

    It decides only where what is asked to be done stands behind it, and never a case of one
    person.
    """
    if asks_eligibility(question.text) or question.english:
        return "", ""
    asked = fold(question.text)
    for piece in found.quotes:
        modal = _modal(asked, core, _plain(piece.text))
        if modal is not None:
            kind, word = modal
            wanted = _wanted(asked)
            if wanted == kind or (wanted, kind) == ("ban", "ban"):
                return "yes", word
            if (wanted, kind) in (("may", "ban"), ("omit", "must")):
                return "no", word
    return "", ""


def _plain(text: str) -> str:
    """Folded, with the short name of the country."""
    return fold(text).replace("中华人民共和国", "中国")


def _wanted(asked: str) -> str:
    """What the question asks for: a ban, a demand, a leave, to leave it; '' if none of them."""
    patterns = (("ban", _ASKS_BAN), ("must", _ASKS_MUST), ("may", _ASKS_MAY))
    for name, pattern in patterns:
        if match := pattern.search(asked):
            return "omit" if name == "may" and _OMITS.match(asked[match.end() :]) else name
    return ""


def _modal(asked: str, core: Core, sentence: str) -> tuple[str, str] | None:
    """The modal word behind which the sentence says what is asked to be done, and its kind."""
    who, done = asked_action(asked)
    if len(done) < _SHORTEST:
        return None
    best: tuple[float, str, str] | None = None
    for kind, pattern in (("ban", _FORBIDS), ("must", _DEMANDS), ("may", _ALLOWS)):
        for match in pattern.finditer(sentence):
            behind = _SEGMENT_END.split(sentence[match.end() :], maxsplit=1)[0]
            before = _SEGMENT_END.split(sentence[: match.start()])[-1]
            fit = core.share_of(done, _WHOSE_CASE.sub("", behind) if kind == "ban" else behind)
            if who and _LETS.match(behind) and core.share_of(who, behind) >= _MET:
                # 网吧…不得允许未成年人进入: what is done stands on both sides of whoever is let, and
                # is put otherwise (进, 进入).
                let = core.share_of(done, before + behind)
                fit = max(fit, min(1.0, let + _DECIDES - _LET))
            if fit < _DECIDES or (best is not None and fit <= best[0]):
                continue
            if not _same_subject(core, who, before, behind):
                continue
            if _under_other_condition(core, before) or _of_another(who, done, behind):
                continue
            if not _LETS.match(behind) and _binds_another(core, who, before, kind):
                continue
            if kind == "may" and core.share_of(done, behind[: len(done) + _NEXT]) < _DECIDES:
                # 可以协议解除 gives leave for an agreement, not for 解除.
                continue
            best = fit, kind, match.group()
    return (best[1], best[2]) if best else None


def _of_another(who: str, done: str, behind: str) -> bool:
    """True if somebody else does it, or it is also said not to be done.

    职工应当参加工伤保险，由用人单位缴纳工伤保险费，职工不缴纳工伤保险费 does not make 职工 pay.
    """
    by = next((match[1] for match in _BY.finditer(behind)), "")
    return (bool(who and by) and who not in by) or f"不{done}" in behind


def _binds_another(core: Core, who: str, before: str, kind: str) -> bool:
    """True if the words before the modal word name somebody else than the question.

    用人单位应当按照职工工资缴纳 binds no 职工, 男方不得提出离婚 no 女方.
    """
    subject = _ARTICLE_HEAD.sub("", before).rsplit(",", 1)[-1].strip()
    if not who or len(subject) < 2:
        return False
    shared = core.share_of(who, subject)
    return shared <= _MET if kind == "must" else len(subject) <= _ONE and not shared


def _same_subject(core: Core, who: str, before: str, behind: str) -> bool:
    """True if the rule is about whom the question asks about.

    A question that names nobody is not decided by a rule that begins with a case of its own.
    """
    if who:
        return core.share_of(who, before + behind) >= _MET
    head = _ARTICLE_HEAD.sub("", before)
    return len(head) <= _SHORT_SUBJECT or core.likeness_of(head) >= _MET


def _under_other_condition(core: Core, before: str) -> bool:
    """True if the rule holds only in a case that the question does not name."""
    condition = _CONDITION.match(_ARTICLE_HEAD.sub("", before))
    if condition is None:
        return False
    # 不需要住院治疗的，不得实施住院治疗 decides nothing for whoever needs it.
    case = fold(condition.group())
    return core.likeness_of(case) < _MET or bool(_NOT_THE_CASE.search(case))


def asked_action(asked: str) -> tuple[str, str]:
    """Who is asked about, and what is asked to be done: 收养人可以解除收养关系吗 → 收养人, 解除收养关系.

    Both '' if no modal word asks.
    """
    match = next((m for p in (_ASKS_BAN, _ASKS_MUST, _ASKS_MAY) if (m := p.search(asked))), None)
    if match is None:
        return "", ""
    done = re.sub(r"(?:吗|么|呢|啊|[？?！!。])+$", "", asked[match.end() :].strip())
    done = _OMITS.sub("", done)
    return _ASKS_WHETHER.sub("", asked[: match.start()].strip("，, ")), done


def has_exception(found: Found) -> bool:
    """True if what is quoted excepts something from the rule."""
    return any(_EXCEPTION.search(piece.text) for piece in found.quotes)


def _with_exceptions(block: Block, sentence: Piece) -> tuple[Piece, ...]:
    """The sentence, the words above it if it is an item, and a 但书 that follows it."""
    quotes = [sentence]
    pieces = [piece for piece, _ in block.sentences()]
    index = pieces.index(sentence)
    if block.items and sentence.start >= block.items[0].start:
        quotes.insert(0, block.lead)
    elif sentence.text.rstrip().endswith(("：", ":")):
        return (block.whole,)
    if index and _LEANS.match(sentence.text) and pieces[index - 1] not in quotes:
        # An exception alone says the opposite of its rule.
        quotes.insert(0, pieces[index - 1])
    for piece in pieces[index + 1 :]:
        if not _GOES_ON.match(piece.text):
            break
        quotes.append(piece)
    return tuple(quotes)
