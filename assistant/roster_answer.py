"""「组长是谁」「水利部派的谁」「成员有几个」: read from the roster of the document, line by line.

A roster has no sentences, and each of its lines is like every other: only who has what role says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.answer import Answer
from assistant.calculation import MARK
from assistant.citing import Citations
from assistant.dated_quote import cite_words
from assistant.documents_meant import DocumentsMeant
from assistant.quotation import escape
from assistant.share_named import share_named
from assistant.wording import say
from assistant.work import Work
from knowledge.documents import PolicyDocument
from knowledge.rosters import Member, Roster, rosters
from knowledge.sentences import Span
from knowledge.snapshot import Snapshot
from knowledge.synonyms import synonyms_for
from knowledge.tokenization import fold

_ASKS = re.compile(
    r"谁|哪(?:一|几|两|些)?(?:位|个?人|成员|组员|专家|委员)|名单|组成人员|(?:几|多少)(?:个|位|名)?(?:人|成员|组员|专家|委员|副)"
    r"|什么(?:职务|身份)|有[^，。]{1,10}的人|(?:成员|组员|专家|委员|长|召集人|主任|总指挥)(?:呢|是谁|有谁|都有|包括)|哪个(?:单位|部门|科)的"
)
# 组长不是谁, 成员单位的职责: no question for a line.
_ASKS_OTHER = re.compile(r"不是谁|属于|对象|条件|职责|任务|成员单位|身份证|住址|电话|待遇|工资")
# How many there are in a group is asked of a group.
_OF_GROUP = re.compile(r"组|会议|指挥部|委员会|专班|名单|成员|专家|委员")
_ASKS_COUNT = re.compile(r"(?:几|多少)(?:个|位|名)?(?:人|成员|组员|专家|委员|副)")
_ASKS_WHETHER = re.compile(r"有没有|有无|是不是|在不在|吗[？?]*$|没有?[？?]*$")
_ASKS_ALL = re.compile(r"名单|组成人员|成员(?!单位)|组员|(?:都有|有哪?些?|哪些)(?:谁|人)")
_UNIT_END = r"(?:部|委|局|厅|办|院|署|[残妇侨]联|联合会|(?:协|学|商|工|委|研究|促进|基金)会|大学|公司|中心|事务所)"
_UNIT_ENDS = re.compile(rf"(?=({_UNIT_END})(?!长|门|位|际|议))")
# 有民政部的人吗: whether an office is named.
_ASKED_UNIT = re.compile(
    rf"(?:有没有|有无|有|包括|是不是)(?P<unit>[一-鿿]{{1,8}}?{_UNIT_END})(?:的|参加|派|吗|没)"
)
# 县财政局 is a 财政局, and 财政部 no 政部.
_BEHIND_PLACE = re.compile(r"(?:.*[国家省市县区州盟旗镇乡央])?")
# What stands behind an office in somebody's post.
_POST = re.compile(
    r"党组|部务|纪检|注册|高级|副?(?:总理|总经理|主任|部长|局长|司长|厅长|处长|科长|股长|所长|院长|校长|会长|主席|秘书长|书记|市长"
    r"|县长|区长|镇长|乡长|站长|社长|经理|教授)|干部|工作人员|负责人"
)
# What it is called whose roster is asked for, may stand so far above it.
_ABOVE = 150
# So much of what the question names stands in the title, or above the roster.
_ENOUGH = 0.6
# A longer list is no group.
_MOST = 80
# So many answers before may quote a roster.
_TURNS = 2
_SAID = frozenset(
    "成员 名单 组员 人员 组成 人 位 名 派 参加 单位 部门 职务 身份 担任 当 负责人".split()
)
# Of which there are many: what such a group is for tells it from others.
_GROUP = frozenset(
    "领导 小组 领导小组 工作 工作组 评审组 专家组 联席 会议 联席会议 指挥部 委员会 专班".split()
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The lines of a roster that are asked for."""

    members: tuple[Member, ...]
    is_all: bool = False
    lacks: str = ""
    """What is asked for and not named."""
    words: frozenset[str] = frozenset()
    """The words of the question that named them, folded."""


@dataclass(frozen=True, slots=True)
class RosterReading:
    """Answers from rosters."""

    documents: DocumentsMeant

    def answered(self, work: Work, snapshot: Snapshot) -> Answer | None:
        """The lines asked for; None where nobody of a roster is asked for."""
        history = work.asked.history
        text = work.asked.text if history else work.text
        if not _ASKS.search(fold(text)) or _ASKS_OTHER.search(fold(text)):
            return None
        focus = self.documents.focus(work, snapshot)
        told = "".join(answer for _, answer in history[-_TURNS:])
        asked = self._found(text, self.documents.found(work, snapshot), focus, told)
        return _answer(work, *asked, snapshot) if asked else None

    def _found(
        self,
        text: str,
        documents: Sequence[PolicyDocument],
        focus: Sequence[str],
        told: str,
    ) -> tuple[PolicyDocument, Asked] | None:
        """Whom a question asks for, of the roster that it names best; `told` was said before."""
        question = fold(text)
        best: tuple[float, PolicyDocument, Asked] | None = None
        for document in documents:
            for roster in rosters(document.text):
                asked = asked_for(question, roster, is_turn=bool(told))
                if asked is None:
                    continue
                in_focus = document.id in focus or any(
                    escape(member.text) in told for member in roster
                )
                # A name is enough.
                in_focus = in_focus or any(m.name in question for m in asked.members if m.name)
                share = _share_named(question, asked, document, roster, in_focus=in_focus)
                if share >= _ENOUGH and (best is None or share > best[0]):
                    best = share, document, asked
        return best[1:] if best else None


def asked_for(question: str, roster: Roster, *, is_turn: bool = False) -> Asked | None:
    """Whom of a roster the folded question asks for; None if it is nobody of it."""
    named = tuple(m for m in roster if m.name and m.name in question)
    if named:
        return Asked(named, words=frozenset(m.name for m in named))
    role = _role_in(question, roster)
    units = list(_units_in(question))
    of_unit, unit = _of_units(units, roster)
    if of_unit:
        both = tuple(m for m in of_unit if m.role == role)
        return Asked(both or of_unit, words=frozenset({unit, role or ""}))
    unit_asked = _ASKED_UNIT.search(question)
    if unit_asked and _ASKS_WHETHER.search(question):
        lacks = unit_asked["unit"]
        return Asked(roster, lacks=lacks, words=frozenset({lacks, role or ""}))
    if role and (role not in ("成员", "委员") or not _ASKS_ALL.search(question.replace(role, ""))):
        members = tuple(m for m in roster if m.role == role)
        return Asked(members, words=frozenset({role}))
    counts = _ASKS_COUNT.search(question) and (is_turn or _OF_GROUP.search(question))
    if not (_ASKS_ALL.search(question) or counts) or len(roster) > _MOST:
        return None
    return Asked(roster, is_all=True, words=frozenset({role or ""}))


def _role_in(question: str, roster: Roster) -> str | None:
    roles = sorted({m.role for m in roster}, key=len, reverse=True)
    # 副组长 and 办公室主任 are no 组长 and 主任.
    return next((r for r in roles if re.search(rf"(?<![副室]){r}", question)), None)


def _units_in(question: str) -> Iterator[str]:
    """Names of offices, each with fewer and fewer characters before it."""
    for match in _UNIT_ENDS.finditer(question):
        end = match.start() + len(match[1])
        for start in range(max(0, end - 8), end - 1):
            if re.fullmatch(r"[一-鿿]{2,8}", question[start:end]):
                yield question[start:end]


def _of_units(units: Sequence[str], roster: Roster) -> tuple[tuple[Member, ...], str]:
    for unit in units:
        found = tuple(m for m in roster if m.name and _is_of(m.post, unit))
        if found:
            return found, unit
    return (), ""


def _is_of(post: str, unit: str) -> bool:
    office = _POST.split(fold(post))[0]
    if _is_behind_place(office, unit):
        return True
    # 国家发展改革委 asked for, 发展改革委 named.
    return len(office) > 2 and unit.endswith(office) and _is_behind_place(unit, office)


def _is_behind_place(longer: str, name: str) -> bool:
    """True if a name of an office is in a longer one, behind nothing but a place."""
    for other in (name, *synonyms_for(name)):
        before, found, _ = longer.partition(other)
        if found and _BEHIND_PLACE.fullmatch(before):
            return True
    return False


def _share_named(
    question: str, asked: Asked, document: PolicyDocument, roster: Roster, *, in_focus: bool
) -> float:
    """Share of what the question names besides that the title says, or what stands above the roster."""
    start = roster[0].start
    above = fold(document.title + document.text[max(0, start - _ABOVE) : start])
    rest = question
    for word in sorted(filter(None, asked.words), key=len, reverse=True):
        rest = rest.replace(word, "")
    share = share_named(rest, above, _SAID, _GROUP)
    return share if share is not None else float(in_focus)


def _answer(
    work: Work, document: PolicyDocument, asked: Asked, snapshot: Snapshot
) -> Answer | None:
    version = snapshot.version_of_document(document)
    if version is None:
        return None
    citations = Citations()
    marks = {
        member: cite_words(citations, snapshot, document, version, Span(member.start, member.end))
        for member in asked.members
    }
    lines = []
    for role, members in groupby(asked.members, key=lambda member: member.role):
        group = list(members)
        if len(group) == 1:
            (only,) = group
            label = "" if only.names_role else f"{role}："
            lines.append(f"{label}{escape(only.text)}[{marks[only]}]")
            continue
        lines.append(f"{role}：")
        lines.append("\n".join(f"- {escape(_without_role(one))}[{marks[one]}]" for one in group))
    head = _head(work, asked, marks)
    work.timed("answer")
    return work.answer("answered", "\n\n".join(filter(None, (head, *lines))), citations)


def _head(work: Work, asked: Asked, marks: dict[Member, int]) -> str:
    question = fold(work.asked.text)
    if asked.lacks:
        return say("not_in_roster", work.language, what=escape(asked.lacks))
    if _ASKS_COUNT.search(question) and all(member.name for member in asked.members):
        counted = {role: len(list(g)) for role, g in groupby(asked.members, lambda m: m.role)}
        parts = "、".join(f"{role}{number}名" for role, number in counted.items())
        total = len(asked.members)
        return f"**{total}名**{MARK}" + (f"：{parts}" if len(counted) > 1 else "")
    if len(asked.members) == 1 and not asked.is_all:
        (only,) = asked.members
        value = only.post if only.name and only.name in question else only.name or only.post
        return f"**{escape(value.rstrip('。'))}**[{marks[only]}]"
    return ""


def _without_role(member: Member) -> str:
    return (
        re.split("[：:]", member.text, maxsplit=1)[-1].strip() if member.names_role else member.text
    )
