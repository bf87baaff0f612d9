"""「临时救助要带什么」「督导培训报名要什么条件」: the section of a guide that is headed by what is asked for.

Guides and announcements are laid out by 申请条件, 申请材料, 办理流程, 报名时间. What stands below such a
heading hardly shares a word with the question; the heading does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.documents_meant import DocumentsMeant
from assistant.question_parts import question_parts
from assistant.share_named import share_named
from assistant.told_spans import told_spans
from assistant.work import Work
from knowledge.documents import Passage, PolicyDocument
from knowledge.sentences import Span
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

_FACETS = tuple(
    (re.compile(asks), re.compile(head))
    for asks, head in (
        (
            r"(?:什么|哪些|啥)(?:申请|申报|报名)?(?:材料|手续|证件|资料)|(?:材料|证件)(?:有|要|是)?(?:哪些|什么|啥)|(?:要|需要|得|应该?)?(?:带|交|提交|准备|提供)(?:些)?(?:什么|啥|哪些)",
            r"材料",
        ),
        (
            r"(?:什么|哪些|啥)(?:申请|申报|报名)?(?:条件|资格|要求)|条件(?:是|有)?(?:什么|啥|哪些)|(?:谁|哪些人|什么人)(?:可以|能|能够)(?:申请|报名|申报|报|领)",
            r"条件|对象|资格",
        ),
        (
            r"(?:怎么|如何|怎样)(?:去)?(?:申请|办理|办|报名|申报)|(?:流程|步骤|程序)(?:是|有)?(?:什么|哪些|怎样|怎么)",
            r"流程|(?:申请|申报|办理|报名)(?:程序|步骤|方式)",
        ),
        (
            r"(?:多久|几天|多长时间|多少天)(?:能|可以|才能)?(?:办好|办完|办结|办下来|批下来|出结果|办)|办理时限",
            r"时限",
        ),
        (
            r"(?:报名|申报|申请)(?:时间|期限)|(?:什么时候|几号|哪天)(?:开始)?(?:报名|申报|截止)|(?:报名|申报)(?:截止|到什么时候|什么时候)",
            r"(?:报名|申报|申请|受理)(?:时间|期限)",
        ),
        (
            r"(?:去|到|在)(?:哪里?|哪儿|什么地方)(?:去)?(?:办|申请|报名|交)|(?:办理|受理|报名)地点",
            r"地点|地址|受理(?:机构|单位)",
        ),
        (
            r"(?:要|收)(?:不要|不收)?(?:钱|费用?)(?:吗|么|不)?[？?]?$|收费(?:吗|标准|多少|情况)|要多少钱办",
            r"收费|费用",
        ),
    )
)
_LABELLED = re.compile(
    r"^[ \t　#*]*(?:(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）])?[ \t]*(?P<label>[一-鿿]{2,10})[：:][ \t]*(?P<value>[^\n]{2,160})$",
    re.MULTILINE,
)
_IGNORED = frozenset(
    "申请 申报 报名 办理 材料 条件 资格 流程 手续 时间 时限 截止 地点 收费 费用 钱 提交 准备 带 交 办 要求 标准".split()
)
_ENOUGH, _LONGEST, _FEWEST = 0.75, 900, 10


@dataclass(frozen=True, slots=True)
class GuideReading:
    """Answers from the sections of guides."""

    documents: DocumentsMeant

    def answered(self, work: Work, snapshot: Snapshot) -> Answer | None:
        """The section, or the labelled line, that is asked for; None where there is none."""
        asked = fold(work.asked.text if work.asked.history else work.text)
        facet = next((facet for facet in _FACETS if facet[0].search(asked)), None)
        if facet is None or len(question_parts(work.text)) > 1:
            return None
        focus = self.documents.focus(work, snapshot)
        best: tuple[float, PolicyDocument, list[Span]] | None = None
        for document in self.documents.found(work, snapshot):
            passages = snapshot.catalog.passages_of(document.id)
            if any(passage.article for passage in passages):
                continue
            rest = facet[0].sub(" ", asked)
            for spans, names in _parts(document, passages, facet[1]):
                share = share_named(rest, fold(document.title + names), _IGNORED)
                share = float(document.id in focus) if share is None else share
                if share >= _ENOUGH and (best is None or share > best[0]):
                    best = share, document, spans
        return told_spans(work, best[1], best[2], snapshot) if best else None


def _parts(
    document: PolicyDocument, passages: Sequence[Passage], head: re.Pattern[str]
) -> Iterator[tuple[list[Span], str]]:
    """The sections and the labelled lines of a facet, each with the words that name it."""
    sections: dict[tuple[str, ...], list[Passage]] = {}
    for passage in passages:
        for depth, heading in enumerate(passage.heading_path):
            if head.search(heading):
                sections.setdefault(passage.heading_path[: depth + 1], []).append(passage)
                break
    for path, held in sections.items():
        start, end = held[0].start_char, held[-1].end_char
        if _FEWEST <= end - start <= _LONGEST and "|" not in document.text[start:end]:
            yield [Span(start, end)], "".join(path)
    for line in _LABELLED.finditer(document.text):
        if head.search(line["label"]):
            yield [Span(line.start("label"), line.end())], line["label"]
