"""「总结一下广西方案」「这份文件讲了什么」: the parts of one document, each with its first sentence.

Nothing is put in other words: what is quoted of each part stands in it.
"""

from __future__ import annotations

import re

from assistant.answer import Answer
from assistant.called_document import document_called
from assistant.citing import Citations
from assistant.furniture import is_furniture
from assistant.question import parse_question
from assistant.question_terms import VERB_WEIGHT
from assistant.question_words import WEAK
from assistant.quotation import escape, quoted
from assistant.wording import say
from assistant.work import Work
from knowledge.documents import PAST, Passage, PolicyDocument
from knowledge.figures import find_figures
from knowledge.regions import COUNTRY
from knowledge.retrieval import named_versions
from knowledge.sentences import sentences
from knowledge.snapshot import Snapshot
from knowledge.tokenization import fold

_ASKS = re.compile(
    r"总结|概括|概述|归纳|介绍|简述|用[几一两三]句话|梳理(?:一下)?|主要内容|(?:讲|说|写|规定)(?:的是|了)(?:些|一些)?(?:什么|啥)(?:内容|事情?)?[？?吗呢]?$|\bsummar(?:y|i[sz]e)\b"
)
_DOCUMENT = re.compile(
    r"的$|方案|文件|政策|办法|条例|规定|意见|计划|通知|资料|法|基地|建议|请示|函|批复|答复|要点|document|polic|plan"
)
_NAMES = frozenset(
    "基地 资料 要点 法 法律 法规 意见 介绍 简要 简单 说明 句话 summarize summarise summary sentences give".split()
)
# 用几句话, in a few sentences: how long it may be.
_BRIEFLY = re.compile(r"用[几一两三]句话|\bin (?:a few|two|three) sentences\b")
# 第二条说的是什么, 经费部分: a part is asked for, not the whole.
_ONE_PART = re.compile(
    r"第[一二三四五六七八九十百零〇\d]+[编章节条款项]|部分|方面|版本|修订|修改|区别|不同|比较|对比"
)
# 第二章, 一、, （二）, 3.: the number of a heading, which says nothing.
_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[编章节]\s*|[（(]?[一二三四五六七八九十\d]+(?:[)）、]|[.．](?!\d))\s*)"
)
# More parts than this are a book; the reader is told how many there are.
_PARTS = 12
_COVERS = re.compile(r"现印发给你们|请(?:认真|遵照|结合)[^，。]{0,8}(?:执行|落实)|^感谢")
# A sentence that only announces what follows says nothing alone: the next one goes with it.
_ANNOUNCES = ("：", ":")


def document_summary(work: Work, snapshot: Snapshot, citations: Citations) -> Answer | None:
    """The parts of the document that is to be summed up; None if none is, or not one alone."""
    folded = fold(work.text).rstrip("？?。！!吧 ")
    if not (_ASKS.search(folded) and _DOCUMENT.search(folded)) or _ONE_PART.search(folded):
        return None
    document = _document(work, snapshot)
    if document is None or not _is_on_the_whole(work, document):
        return None
    version = snapshot.version_of_document(document)
    parts: dict[tuple[str, ...], list[Passage]] = {}
    for passage in snapshot.catalog.passages_of(document.id, version):
        parts.setdefault(passage.heading_path, []).append(passage)
    lines = []
    for path, passages in list(parts.items())[:_PARTS]:
        if shown := _first_sentence(document, passages, citations):
            name = _NUMBER.sub("", path[-1]) if path else ""
            # A figure of a heading is not quoted and must not stand here.
            name = "" if find_figures(name) else name
            lines.append(f"- **{escape(name)}**：{shown}" if name else f"- {shown}")
    if not lines:
        return None
    work.timed("answer")
    title = document.title if "《" in document.title else f"《{document.title}》"
    title = "" if find_figures(title) else escape(title)
    head = say("summary", work.language, title=title)
    if len(parts) > _PARTS:
        head += say("summary_cut", work.language)
    return work.answer("answered", head + "\n\n" + "\n".join(lines), citations)


def _is_on_the_whole(work: Work, document: PolicyDocument) -> bool:
    """False if the question names a subject besides the document (对特困人员规定了什么)."""
    assert work.parsed is not None
    if work.parsed.facets or work.parsed.form in ("comparison", "overview"):
        return False
    title, named = fold(document.title), parse_question(_BRIEFLY.sub("", work.text))
    return not any(
        term.weight >= VERB_WEIGHT and term.word not in WEAK | _NAMES and term.word not in title
        for term in named.terms
    )


def _document(work: Work, snapshot: Snapshot) -> PolicyDocument | None:
    """The one document that is named, filtered for, or the only one of the place that is named."""
    versions = [snapshot.versions[v] for v in named_versions(snapshot, work.text)]
    named = {
        info.document.id: info.document
        for info in versions
        if info.is_current and info.document.status not in PAST
    }
    if len(named) > 1:
        # 志愿服务条例 alone is the national one.
        named = {id: d for id, d in named.items() if d.region in (*work.places, None, COUNTRY)}
    if len(named) == 1:
        return next(iter(named.values()))
    current = snapshot.documents()
    if len(work.asked.document_ids) == 1:
        chosen = [d for d in current if d.id in work.asked.document_ids]
    else:
        chosen = [d for d in current if len(work.places) == 1 and d.region == work.places[0]]
    if len(chosen) == 1 and not versions:
        return chosen[0]
    return None if versions or work.places else document_called(work, snapshot)


def _first_sentence(
    document: PolicyDocument, passages: list[Passage], citations: Citations
) -> str | None:
    """The first sentence of a part, with the next if it only announces something."""
    found = [(passage, span) for passage in passages for span in sentences(passage.text)]
    said = [
        (p, s)
        for p, s in found
        if any(map(str.isalnum, s.of(p.text))) and not is_furniture(s.of(p.text))
    ]
    # 已经国务院同意，现印发给你们: nothing of what the document says, where it says more.
    said = [
        (p, s)
        for p, s in said
        if not _COVERS.search(s.of(p.text))
        and s.of(p.text) not in document.issuers
        and s.of(p.text).strip("“”《》") not in document.title
    ]
    if not said:
        return None
    announces = said[0][1].of(said[0][0].text).rstrip().endswith(_ANNOUNCES)
    return "".join(
        quoted(document, passage, passage.start_char + span.start, text, citations)
        .removeprefix("- ")
        .strip()
        for passage, span in said[: 1 + announces]
        for text in (span.of(passage.text),)
    )
