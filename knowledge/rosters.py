"""Rosters in official documents: 组长：韩 正 国务院副总理, one person or office a line.

A line with a role opens a group; lines of a name and a post behind it belong to the same role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SPACES = r"[ \t　\u00a0]"
_ROLE = re.compile(
    r"(?:第一|常务|执行)?副?(?:总?召集人|组长|总指挥长?|指挥长|主任委员|主任|会长|理事长|主席|秘书长|班长|队长)"
    r"|顾问|委员|组员|成员|联络员|联系人|(?:评审)?专家|(?:办公室|专职|评审)?(?:副?主任|委员|成员)"
)
# What else one may be, if a name and a post stand behind it: 监督员, 牵头人.
_ANY_ROLE = re.compile(r"[一-鿿]{1,6}(?:长|员|人|任|席|问|家)")
_OPENS = re.compile(
    rf"(?:\*\*)?(?P<label>[一-鿿]{{2,8}}|(?:[一-鿿]{_SPACES}+){{1,3}}[一-鿿]){_SPACES}*(?:\*\*)?[：:](?:\*\*)?{_SPACES}*(?P<holder>.*)"
)
_BULLET = re.compile(
    rf"(?:[-*•·]|\d{{1,2}}[.、．]|[（(][一二三四五六七八九十\d]{{1,3}}[)）]){_SPACES}*"
)
# 张 勇 发展改革委副主任, 黄志伟（县财政局股长）: a name, in which two characters may stand apart, and a post.
_HOLDER = re.compile(
    rf"(?P<name>[一-鿿]{_SPACES}+[一-鿿]|[一-鿿]{{2,4}})"
    rf"(?:{_SPACES}+(?P<post>[^\s。；！？：:][^。；！？：:]{{1,40}}?)|[（(](?P<inner>[^。；！？：:()（）]{{2,40}})[）)])[；;。，,]?"
)
# A line as long as this is a sentence.
_LONGEST = 80
# So many lines make a roster.
_LINES = 3


@dataclass(frozen=True, slots=True)
class Member:
    """One line of a roster."""

    role: str
    """Without spaces: 副组长."""
    start: int
    """In the document's text."""
    text: str
    """The line, verbatim."""
    names_role: bool
    """True if the line itself names the role."""
    name: str = ""
    """Without spaces; empty where the line names offices, or several persons."""
    post: str = ""
    """The person's post (水利部副部长), or all the line says behind the role."""

    @property
    def end(self) -> int:
        """Where the line ends in the document's text."""
        return self.start + len(self.text)


Roster = tuple[Member, ...]


def rosters(text: str) -> list[Roster]:
    """The rosters of a text, in reading order."""
    return [tuple(run) for run in _runs(text) if len(run) >= _LINES and _has_roles(run)]


def _has_roles(run: Sequence[Member]) -> bool:
    return any(member.names_role for member in run)


def _runs(text: str) -> Iterator[list[Member]]:
    run: list[Member] = []
    role = ""
    for line in re.finditer(r"[^\n]+", text):
        words = line[0].strip()
        if not words:
            continue
        bullet = _BULLET.match(words)
        own = words[bullet.end() :] if bullet else words
        start = line.start() + line[0].index(words) + len(words) - len(own)
        label, holder = _parted(own)
        member = _member(own, start, label or role, holder, bool(label))
        if member:
            run.append(member)
            role = member.role
        elif label and not holder:
            # 成员：, and the names in the lines below.
            role = label
        else:
            yield run
            run, role = [], ""
    yield run


def _parted(words: str) -> tuple[str, str]:
    """The role that a line opens with, and what stands behind it; without one ('', the line)."""
    opens = _OPENS.fullmatch(words)
    label = re.sub(_SPACES, "", opens["label"]) if opens else ""
    if opens is None or not (_ROLE.fullmatch(label) or _ANY_ROLE.fullmatch(label)):
        return "", words
    return label, opens["holder"]


def _member(words: str, start: int, role: str, holder: str, is_labelled: bool) -> Member | None:
    """What a line says; None if it is no line of a roster."""
    if not role or not holder or (len(words) > _LONGEST and not is_labelled):
        return None
    if person := _HOLDER.fullmatch(holder):
        name = re.sub(_SPACES, "", person["name"])
        return Member(role, start, words, is_labelled, name, person["post"] or person["inner"])
    if is_labelled and _ROLE.fullmatch(role):
        return Member(role, start, words, True, post=holder)
    return None
