"""「…是哪几家发的」「各地的牵头单位」: who issued a policy, in the words of its own text.

A text names its issuers once, in a sentence that need share no other word with the question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.citing import Citations
from assistant.evidence import Statement, whole_statement
from assistant.needs import Need, need_hit
from assistant.question import ParsedQuestion
from assistant.quotation import place_mark, quoted
from assistant.tables import overview
from assistant.wording import Language
from knowledge.documents import PolicyDocument
from knowledge.sentences import sentences
from knowledge.snapshot import Snapshot
from knowledge.synonyms import is_said
from knowledge.tokenization import fold

_WHO = r"(?:谁|哪(?:些|几|一|[二两三四五六七八九十\d]{1,2})?个?(?:家|部门|单位|机构|组织|方)|什么(?:部门|单位|机构))"
_ACT = r"(?:印发|发布|发起|发文|下发|出台|制定|牵头|主办|共建|合建|合办|联合|署名|背后|(?:发|出|搞|建|办)的)"
_ASKS = re.compile(
    rf"{_WHO}[^，,。？?]{{0,8}}{_ACT}|{_ACT}[^，,。？?]{{0,10}}{_WHO}"
    r"|(?:牵头|发文|印发|主办|发起|共建|制定)(?:的)?(?:单位|部门|机关|机构|方)[？?。]?$"
    rf"|(?:是不是|是|由)(?P<claimed>[^，。？?的]{{2,12}}?(?:厅|局|委|部门?|会|府|院|大学|高校))(?:一家|单独|独家|自己)?{_ACT}[^，。？?]{{0,4}}(?:吗|吧|么|不是)?[？?]*$"
    # 十三个部门署名，排在最前头的是谁
    r"|(?P<first>(?:[\d一二三四五六七八九十]+个)?(?:部门|单位)?(?:署名|落款|发文|印发)[^。？?]{0,8}排(?:名|在)*(?:最前|第一|首位|头一)[^。？?]{0,3}(?:谁|哪)[^。？?]*)"
    rf"|哪[几些]?份?(?:文件|政策|方案)[^，。？?]{{0,3}}?(?:是|由)(?P<by>[^，。？?]{{2,14}}?)(?:参与|一起)?{_ACT}"
)
_OF_EACH = re.compile(r"各自|各是|分别|各省|各地|四地|四个|三个省|每份|各份")
# Words that name any policy, or the act itself.
_ANY = frozenset(
    "基地 方案 计划 政策 文件 通知 资料 库里 各地 地方 印发 发布 发起 发文 下发 出台 制定 牵头 主办 共建 联合 署名 背后 单位 部门 "
    "机关 机构 家 发 出 搞 建 办 方 各自 省市 省份 四地 四个 参与 地方 一起 共同".split()
)
_SUBJECT = 0.5
# Of more policies than these one is meant, and which is not said.
_MOST = 2


def asks_issuer(question: ParsedQuestion) -> bool:
    """True if it is asked who issued or founded what a policy is about."""
    return not question.english and bool(_ASKS.search(fold(question.text)))


def issuers_told(
    question: ParsedQuestion,
    needs: Sequence[Need],
    snapshot: Snapshot,
    places: Sequence[str],
    citations: Citations,
    language: Language,
    document_ids: Sequence[str] = (),
) -> str | None:
    """The sentences that name the issuers, a row a place where several are asked for.

    Of the documents with these ids alone, if any are given. None if no policy is meant, or too many are.
    """
    asked = _ASKS.search(fold(question.text))
    claimed, by = (asked["claimed"], asked["by"]) if asked else (None, None)
    said = asked.group() if asked and (claimed or by or asked["first"]) else ""
    needs = [need for need in needs if need.word not in said]
    of_each = bool(by or _OF_EACH.search(question.text))
    if of_each and not by:
        # 这几份文件分别是谁发的: what no title names tells none of them apart.
        titles = [fold(document.title) for document in snapshot.documents()]
        needs = [n for n in needs if any(need_hit(n, title) >= _SUBJECT for title in titles)]
    told = _issuing_sentences(question, needs, snapshot, places)
    if document_ids:
        told = tuple(s for s in told if s.document.id in document_ids)
    if by:
        told = tuple(s for s in told if is_said(by, fold(s.text)))
    if question.form == "overview" or len(places) > 1 or of_each:
        return overview(told, citations, language) if told else None
    if not 0 < len(told) <= _MOST:
        return None
    return "\n\n".join(
        quoted(s.document, s.passage, s.start_char, s.text, citations)
        + place_mark(s.document, language, places)
        for s in told
    )


def _issuing_sentences(
    question: ParsedQuestion, needs: Sequence[Need], snapshot: Snapshot, places: Sequence[str]
) -> tuple[Statement, ...]:
    """Of each policy asked about, the sentence that names most of its issuers.

    A policy is asked about if every telling word of the question stands in its title. Statutes
    are issued by whom their name tells.
    """
    subject = [need for need in needs if not need.is_weak and need.word not in _ANY]
    found = []
    for document in snapshot.documents():
        if not document.issuers or (places and document.region not in places):
            continue
        title = fold(document.title)
        if all(need_hit(need, title) >= _SUBJECT for need in subject):
            found.append(_naming(document, snapshot))
    return tuple(statement for statement in found if statement)


def _naming(document: PolicyDocument, snapshot: Snapshot) -> Statement | None:
    best: tuple[int, Statement] | None = None
    for passage in snapshot.catalog.passages_of(document.id):
        if passage.article:
            return None
        for span in sentences(passage.text):
            folded = fold(span.of(passage.text))
            named = sum(fold(issuer) in folded for issuer in document.issuers)
            if named and (best is None or named > best[0]):
                best = (named, whole_statement(passage, snapshot.described(passage), span))
    return best[1] if best else None
