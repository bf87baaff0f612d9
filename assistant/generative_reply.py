"""A reply as it streams in → the pieces of it that are carried, and an account of the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.citing import Citations
from assistant.claim_alignment import Clause
from assistant.generative_layout import Layout
from assistant.generative_markdown import Marked
from assistant.generative_prompt import NumberedPassage
from assistant.generative_units import Unit
from assistant.grounded_gate import goes_beyond, missing_figures, names_held
from assistant.grounded_sentence import Quote, Said, SentenceGrounding
from assistant.quotation import escape
from knowledge.figures import find_figures
from knowledge.regions import COUNTRY, find_regions
from knowledge.tokenization import STOP_WORDS, fold, words

# Items shorter than this mean nothing without the words that introduce them.
_SHORT_ITEM = 14
_HEADING_LENGTH = 40
# So many sentences in a row that were said already: the model is going round in circles.
_CIRCLES = 6
# Talk about the answer instead of the matter; it is left out without being counted.
_TALK = re.compile(
    r"^(?:好的|当然|您好|你好|以上|希望|如需|如有|如果您|请参考|请注意|请以|祝|感谢|谢谢|综上|总之|注[：:]|说明[：:]|回答[：:]|答案?[：:])"
    r"|^(?:根据|依据|按照)[^，。]{0,14}[，：:。]?$"
    r"|(?:资料|材料|文件|上下文)(?:中|里|内)?(?:均|都|并)?(?:没有|未|并未|不)|无法(?:回答|确定|得知|判断)|AI|人工智能|语言模型"
)
_REFUSAL = re.compile(
    r"(?:抱歉|对不起|很遗憾)|(?:我|本(?:助手|模型|人))[^。]{0,12}(?:无法|不能|不便|没办法|拒绝)|(?:没有|未)找到(?:答案|相关)"
    r"|\b(?:i can(?:'|’)?t|i cannot|i am unable|i'm (?:sorry|unable)|as an ai)\b",
    re.IGNORECASE,
)
_COLUMN_WORDS = frozenset(
    fold(word)
    for word in (
        "地区 省份 省 区域 项目 内容 要求 规定 情况 说明 数据 金额 人数 数量 时间 年份 目标 经费 资金 对象 领域 "
        "措施 方式 主体 部门 来源 政策 文件 原文 出处 依据 指标 类别 名称 服务 主要 具体 阶段 机制 概况 概述 "
        "总结 小结 回答 结论 要点 背景 如下 包括 以下 分别 方面 有 为 是 其中 此外 以及 比较 对比 安排 任务"
    ).split()
)


class GroundedReply:
    """Turns the units of one reply into text that the evidence carries."""

    def __init__(
        self,
        evidence: Sequence[NumberedPassage],
        question: str,
        place: str | None,
        citations: Citations,
        layout: Layout,
    ) -> None:
        self._grounding = SentenceGrounding(evidence)
        self._evidence = evidence
        self._citations = citations
        self._layout = layout
        self._place = place
        self._known = fold(
            "\n".join(
                [
                    question,
                    *(t for item in evidence for t in (item.evidence.text, *item.evidence.about)),
                ]
            )
        )
        self._names = tuple(
            text for item in evidence for text in (item.evidence.text, *item.evidence.about)
        )
        self._said: set[str] = set()
        self._quoted: set[tuple[int, Clause]] = set()
        self._lead_in = ""
        self._header: tuple[Marked, ...] | None = None
        self._repeats = 0
        self.kept = self.corrected = self.removed = 0
        """Sentences by what became of them."""
        self.refused = False
        """The model said that it cannot answer."""

    @property
    def goes_round(self) -> bool:
        """True if the model says nothing new any more."""
        return self._repeats >= _CIRCLES

    @property
    def is_enough(self) -> bool:
        """True if about half of what the model said could be kept."""
        said = self.kept + self.corrected
        return said > 0 and said >= self.removed

    def take(self, unit: Unit) -> Iterator[str]:
        """The pieces of text that a unit adds; none if it is not carried."""
        if unit.kind == "row":
            yield from self._row(unit)
            return
        self._header = None
        if unit.kind in ("heading", "lead_in") and self._is_announcement(unit):
            self._place = _place_in(unit.text) or self._place
            self._lead_in = unit.text if unit.kind == "lead_in" else ""
            self._layout.announce(unit)
            return
        if unit.kind == "heading" or not unit.is_whole:
            self._layout.withdraw()
            self._count(unit)
            return
        if unit.kind == "sentence":
            self._lead_in = ""
        yield from self._sentence(unit)

    def _sentence(self, unit: Unit) -> Iterator[str]:
        key = _key(unit.text)
        if key in self._said:
            self._repeats += 1
            return
        self._repeats = 0
        short = unit.kind == "item" and len(unit.text) <= _SHORT_ITEM
        said = self._grounding.said(unit.parts, self._lead_in if short else "", self._place)
        if said.fate == "removed":
            self._count(unit)
            return
        self._place = _place_in(said.text) or self._place
        if (shown := _key(said.text)) in self._said:
            return
        quoted = {(quote.source.number, quote.clause) for quote in said.quotes}
        if said.is_verbatim and quoted <= self._quoted:
            # The matter is said already, rightly.
            self._count(unit)
            return
        self._said |= {key, shown}
        self._quoted |= quoted
        if said.fate == "kept":
            self.kept += 1
        else:
            self.corrected += 1
        marks = self._cited(said)
        yield self._layout.sentence(unit, said.text, marks, is_verbatim=said.is_verbatim)

    def _row(self, unit: Unit) -> Iterator[str]:
        """A table row: each cell is read with its row's name and its column's."""
        if self._header is None:
            self._header = unit.parts
            return
        name, *cells = unit.parts
        if not self._is_known(name.text):
            self.removed += 1
            return
        place = _place_in(name.text) or self._place
        shown, carried = [], 0
        for column, cell in enumerate(cells, 1):
            head = self._header[column].text if column < len(self._header) else ""
            if not self._is_known(head) or not any(map(str.isalnum, cell.text)):
                shown.append("—" if cell.text.strip() else "")
                continue
            numbers = (*cell.numbers, *(n for other in unit.parts for n in other.numbers))
            said = self._cell(name.text, head, Marked(cell.text, numbers), place)
            if said is None:
                self.removed += 0 if _is_empty_cell(cell.text) else 1
                shown.append("—")
                continue
            carried += 1
            shown.append(_shown_cell(cell.text) + self._cited(said))
        if not carried:
            return
        self.kept += carried
        header = [
            _shown_cell(head.text) if self._is_known(head.text) else "" for head in self._header
        ]
        yield self._layout.row(header, [_shown_cell(name.text), *shown])

    def _cell(self, name: str, head: str, cell: Marked, place: str | None) -> Said | None:
        """The cell, if it is carried as a statement on its row and its column."""
        if _is_empty_cell(cell.text):
            return None
        for context in (f"{name}{head}", f"{name}，"):
            said = self._grounding.said((cell,), context, place)
            if said.fate == "kept":
                return Said("kept", f"{context}{cell.text}", said.quotes)
            if context.endswith("，") or find_figures(cell.text):
                break
        return None

    def _cited(self, said: Said) -> str:
        numbers = [self._number(quote) for quote in said.quotes]
        self._citations.claim(said.text, *dict.fromkeys(numbers))
        return "".join(f"[{number}]" for number in dict.fromkeys(numbers))

    def _number(self, quote: Quote) -> int:
        start = quote.source.passage.start_char
        return self._citations.cite_span(
            quote.source.document,
            quote.source.passage,
            start + quote.clause.start,
            start + quote.clause.end,
            quote.clause.text,
        )

    def _is_announcement(self, unit: Unit) -> bool:
        """True for a heading or lead-in that states nothing of its own."""
        return len(unit.text) <= _HEADING_LENGTH and self._is_known(unit.text)

    def _is_known(self, text: str) -> bool:
        """True if each word stands in the question or the evidence, or only names a column."""
        if missing_figures(text, ()) or goes_beyond(text) or not names_held(text, self._names):
            return False
        return all(
            word in self._known or word in _COLUMN_WORDS or word in STOP_WORDS
            for word in words(text)
            if len(word) > 1
        )

    def _count(self, unit: Unit) -> None:
        """Count a sentence that is left out, unless it is talk or half a sentence."""
        if _REFUSAL.search(unit.text):
            self.refused = True
        elif unit.is_whole and (find_figures(unit.text) or not _TALK.search(unit.text)):
            self.removed += 1


def _place_in(text: str) -> str | None:
    """The region that a text speaks of, if it is one."""
    found = [region.name for region in find_regions(text) if region.name != COUNTRY]
    return found[0] if len(set(found)) == 1 else None


def _is_empty_cell(text: str) -> bool:
    return not any(map(str.isalnum, text)) or bool(
        re.fullmatch(
            r"(?:无|暂无|未提[及到]|资料(?:中)?未提[及到]|没有提到|不详)[。]?", text.strip()
        )
    )


def _shown_cell(text: str) -> str:
    return escape(" ".join(text.split()))


def _key(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())
