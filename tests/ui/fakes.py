"""A small library of made-up policies and an assistant that answers from it.

Nothing here is taken from a real document; the places, names and figures are invented.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from assistant.answer import Answer, AnswerMode, AnswerStatus, Citation, Claim
from assistant.care import hotline_block
from assistant.citing import Citations
from assistant.claim_check import CheckedClaim, CheckedText
from assistant.grounding import Evidence, ground
from assistant.request import Event, Question, StageReached, TextDelta
from knowledge.documents import Heading, Passage, PolicyDocument, content_hash
from knowledge.errors import SearchIndexError
from knowledge.sentences import sentences

WAIT_S = 15
"""Longer than anything in a test takes; a test that needs it fails, it does not hang."""

HOSTILE = '<img src=x onerror="window.hacked=1"> [点我](javascript:window.hacked=1) ${1+1} {{1+1}}'


def _document(
    id: str, title: str, region: str, text: str, headings: Sequence[str] = (), **fields: object
) -> PolicyDocument:
    found = tuple(
        Heading(1, heading, text.index(heading), text.index(heading) + len(heading))
        for heading in headings
    )
    base = PolicyDocument(
        id=id, title=title, region=region, text=text, headings=found, sha256=content_hash(text)
    )
    return replace(base, **fields)  # type: ignore[arg-type]


_FILLER = (
    "各级民政部门会同卫生健康部门建立联席会议制度，每季度通报一次进展。"
    "医疗机构应当为社会工作者提供固定的工作场所，并把服务记录纳入质量管理。"
)

RIVER = _document(
    "river",
    "江原省医务社会工作三年行动方案（2026—2028年）",
    "江原",
    "江原省医务社会工作三年行动方案\n\n一、总体要求\n"
    + _FILLER * 8
    + "\n\n二、主要目标\n到2026年，省级三级医院社会工作服务全覆盖。"
    "到2027年，二级以上公立医院社会工作服务全覆盖，每百张床位配备不少于一名医务社会工作者。"
    "到2028年，基层医疗卫生机构普遍开展社会工作服务。\n\n三、重点领域\n"
    "（一）住院患者及家属服务。\n（二）老年慢性病患者服务。\n（三）儿童重症患者服务。\n"
    "（四）医患沟通与调解。\n（五）志愿者管理。\n（六）临终关怀。\n（七）精神康复。\n\n"
    "四、经费保障\n省级财政三年安排专项资金1260万元，用于岗位补助和人才培训。\n" + _FILLER * 9,
    ("一、总体要求", "二、主要目标", "三、重点领域", "四、经费保障"),
    issuers=("江原省民政厅", "江原省卫生健康委员会"),
    document_number="江民发〔2026〕8号",
    published_on=date(2026, 2, 3),
    effective_from=date(2026, 3, 1),
    effective_until=date(2028, 12, 31),
    status="current",
    source="https://example.org/policies/river.html",
)
LAKE = _document(
    "lake",
    "湖西省乡镇社会工作站运行办法",
    "湖西",
    "湖西省乡镇社会工作站运行办法\n\n第一条 为了规范乡镇社会工作站的运行，制定本办法。\n\n"
    "第二条 每个乡镇社会工作站配备不少于两名专职社会工作者。\n\n"
    "第三条 站点运行经费由县级财政按每年八万元的标准安排，省级给予适当补助。\n" + _FILLER * 3,
    ("第一条", "第二条", "第三条"),
    issuers=("湖西省民政厅",),
    document_number="湖民规〔2021〕3号",
    published_on=date(2021, 6, 1),
    status="amended",
    source="policies/lake.md",
)
TRAP = _document(
    "trap",
    f"可疑文件 {HOSTILE}",
    "湖西",
    f"可疑文件\n\n第一段说明。{HOSTILE} 结束。\n\n**粗体** 与 # 号原样保留。\n",
    source="javascript:window.hacked=1",
    issuers=("<b>假单位</b>",),
)


class FakeLibrary:
    """Documents in memory, every version of them."""

    def __init__(self, documents: Sequence[PolicyDocument] = (RIVER, LAKE, TRAP)) -> None:
        self._documents = {document.id: document for document in documents}
        self._versions = {document.id: [document] for document in documents}
        self._open = threading.Event()
        self._open.set()

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Within, the list of documents keeps whoever asks for it waiting."""
        self._open.clear()
        try:
            yield
        finally:
            self._open.set()

    def documents(self) -> Sequence[PolicyDocument]:
        self._open.wait(WAIT_S)
        return [replace(document, text="") for document in self._documents.values()]

    def document(self, document_id: str) -> PolicyDocument | None:
        return self._documents.get(document_id)

    def cited_document(self, citation: Citation) -> PolicyDocument | None:
        if citation.document_id not in self._documents:
            return None
        versions = reversed(self._versions[citation.document_id])
        start, end = citation.start_char, citation.end_char
        return next((one for one in versions if one.text[start:end] == citation.quote), None)

    def put(self, document: PolicyDocument) -> None:
        document = replace(document, sha256=content_hash(document.text))
        self._documents[document.id] = document
        self._versions.setdefault(document.id, []).append(document)

    def remove(self, document_id: str) -> None:
        del self._documents[document_id]


def cite(number: int, document: PolicyDocument, quote: str, heading: str = "") -> Citation:
    start = document.text.index(quote)
    article = heading if heading.startswith("第") else None
    return Citation(
        number=number,
        document_id=document.id,
        title=document.title,
        document_number=document.document_number,
        region=document.region,
        heading_path=(heading,) if heading else (),
        article=article,
        page=None,
        quote=quote,
        start_char=start,
        end_char=start + len(quote),
        source=document.source,
        validity=document.status,
    )


def reply(
    text: str,
    *citations: Citation,
    status: AnswerStatus = "answered",
    mode: AnswerMode = "extractive",
    standalone: str = "",
) -> Answer:
    claims = tuple(Claim(citation.quote, (citation.number,)) for citation in citations)
    return Answer(status, text, claims, citations, standalone_question=standalone, mode=mode)


TARGET = "到2027年，二级以上公立医院社会工作服务全覆盖，每百张床位配备不少于一名医务社会工作者。"
FUNDING = "省级财政三年安排专项资金1260万元，用于岗位补助和人才培训。"
FIELDS = (
    "（一）住院患者及家属服务。",
    "（二）老年慢性病患者服务。",
    "（三）儿童重症患者服务。",
    "（四）医患沟通与调解。",
    "（五）志愿者管理。",
    "（六）临终关怀。",
    "（七）精神康复。",
)
STATION = "站点运行经费由县级财政按每年八万元的标准安排，省级给予适当补助。"


class FakeChecker:
    """Judges by the two documents of the library, by the real rules."""

    def check(self, text: str) -> CheckedText:
        if "坏索引" in text:
            raise SearchIndexError(
                "检索索引无法打开，请运行 policy-assistant index rebuild。",
                "The search index cannot be opened; run policy-assistant index rebuild.",
            )
        if "意外" in text:
            raise ValueError(f"secret detail about {text}")
        citations = Citations()
        checked = []
        for span in sentences(text):
            claim = span.of(text)
            if not any(map(str.isalnum, claim)):
                continue
            verdicts = [
                (document, ground(claim, [Evidence(document.text, (document.title,))]))
                for document in (RIVER, LAKE)
            ]
            document, best = max(verdicts, key=lambda one: (one[1].supported, one[1].coverage))
            numbers = tuple(
                citations.cite_span(
                    document,
                    Passage("", document.id, document.text, (), None, 0, len(document.text)),
                    clause.start,
                    clause.end,
                    clause.text,
                )
                for _, clause in best.window[:2]
            )
            checked.append(CheckedClaim(claim, best.supported, best.problems, numbers))
        return CheckedText(tuple(checked), tuple(citations.citations))


class FakeAssistant:
    """Answers by a word of the question; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Question] = []
        self.closed = threading.Event()
        """Set when a stream that waits for ever was closed from outside."""
        self.release = threading.Event()

    def answer(self, question: Question) -> Answer:
        *_, last = self.stream(question)
        assert isinstance(last, Answer)
        return last

    def stream(self, question: Question) -> Iterator[Event]:
        self.asked.append(question)
        yield StageReached("question")
        yield StageReached("retrieve")
        if "坏索引" in question.text:
            raise SearchIndexError(
                "检索索引无法打开，请运行 policy-assistant index rebuild。",
                "The search index cannot be opened; run policy-assistant index rebuild.",
            )
        if "意外" in question.text:
            raise ValueError(f"secret detail about {question.text}")
        yield StageReached("answer")
        if "慢慢" in question.text:
            try:
                for piece in range(100_000):
                    yield TextDelta(f"第{piece}句。")
                    self.release.wait(0.02)
            finally:
                self.closed.set()
            return
        answer = self._reply(question)
        for place in range(0, len(answer.text), 7):
            yield TextDelta(answer.text[place : place + 7])
        yield answer

    def _reply(self, question: Question) -> Answer:
        words = question.text
        if question.region and question.region not in ("江原", "湖西"):
            return reply(f"资料库里没有{question.region}的文件。", status="no_evidence")
        if question.region == "湖西" and "目标" in words:
            return reply("在所选地区的文件里没有找到关于目标的内容。", status="no_evidence")
        if "那2028年呢" in words:
            quote = "到2028年，基层医疗卫生机构普遍开展社会工作服务。"
            return reply(
                f"{quote}[1]",
                cite(1, RIVER, quote, "二、主要目标"),
                standalone="江原医院社工2028年的目标",
            )
        if "目标" in words:
            return reply(f"**全覆盖**：{TARGET}[1]", cite(1, RIVER, TARGET, "二、主要目标"))
        if "领域" in words:
            lines = [f"- {field[3:-1]}[{n}]" for n, field in enumerate(FIELDS, 1)]
            return reply(
                "江原省列出七个重点领域：\n\n" + "\n".join(lines),
                *(cite(n, RIVER, field, "三、重点领域") for n, field in enumerate(FIELDS, 1)),
            )
        if "经费" in words or "资金" in words:
            return reply(
                "| 地区 | 经费 |\n|---|---|\n"
                f"| 江原 | **1260万元**，{FUNDING}[1] |\n| 湖西 | {STATION}[2] |",
                cite(1, RIVER, FUNDING, "四、经费保障"),
                cite(2, LAKE, STATION, "第三条"),
                status="partial",
                mode="generative",
            )
        if "可疑" in words:
            return reply(f"原文写道：{HOSTILE}[1]", cite(1, TRAP, HOSTILE))
        if "谁" in words:
            return reply(
                "您问的是哪个地区？\n\n- **江原**的目标\n- 湖西的站点经费", status="clarify"
            )
        if "活不下去" in words:
            return reply(
                f"{hotline_block(('self_harm',), 'zh')}\n\n---\n\n请打电话。", status="crisis"
            )
        if "难受" in words:
            head = hotline_block(("self_harm",), "zh")
            return reply(f"{head}\n\n---\n\n{TARGET}[1]", cite(1, RIVER, TARGET), status="crisis")
        return reply("资料库里没有能回答这个问题的内容。", status="no_evidence")
