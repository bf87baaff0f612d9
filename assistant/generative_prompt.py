"""Numbered evidence between fences that no document can close, and the messages for the model."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from string import Template

from assistant.citing import Citations
from assistant.claim_check import about
from assistant.grounding import Evidence
from knowledge.documents import Passage, PolicyDocument, ScoredPassage
from knowledge.snapshot import Snapshot

# More than this only dilutes what answers the question.
_PASSAGES, _CHARACTERS = 16, 8000


@dataclass(frozen=True, slots=True)
class NumberedPassage:
    """One piece of evidence as the model sees it."""

    number: int
    """From 1."""
    passage: Passage
    document: PolicyDocument
    """Without its text."""

    @property
    def evidence(self) -> Evidence:
        """What a claim may rest on: the passage, and what it is about."""
        names = about(self.passage, self.document)
        lead_in = (self.passage.lead_in,) if self.passage.lead_in else ()
        return Evidence(self.passage.text, (*names, *lead_in))


def numbered_evidence(
    citations: Citations, found: Sequence[ScoredPassage], snapshot: Snapshot
) -> tuple[NumberedPassage, ...]:
    """The passages that the extractive answer quotes, then the others that were found."""
    chosen: dict[str, tuple[Passage, PolicyDocument]] = {}
    for citation in citations.citations:
        document = citations.documents[citation.number]
        version = snapshot.version_of_document(document)
        for passage in snapshot.catalog.passages_of(document.id, version):
            if passage.start_char < citation.end_char and citation.start_char < passage.end_char:
                chosen.setdefault(passage.id, (passage, document))
    for result in found:
        chosen.setdefault(result.passage.id, (result.passage, snapshot.described(result.passage)))
    numbered: list[NumberedPassage] = []
    length = 0
    for passage, document in chosen.values():
        length += len(passage.text)
        if len(numbered) == _PASSAGES or (numbered and length > _CHARACTERS):
            break
        numbered.append(NumberedPassage(len(numbered) + 1, passage, document))
    return tuple(numbered)


def messages(question: str, evidence: Sequence[NumberedPassage]) -> tuple[str, str]:
    """System and user message. The fences carry a word drawn anew for each question."""
    nonce = secrets.token_hex(8)
    shown = "\n\n".join(_fenced(item, nonce) for item in evidence)
    user = Template(_prompt("answer_user.zh.txt")).substitute(
        count=len(evidence), nonce=nonce, evidence=shown, question=question
    )
    return _prompt("answer_system.zh.txt"), user


def _fenced(item: NumberedPassage, nonce: str) -> str:
    passage, document = item.passage, item.document
    place = " ".join((*passage.heading_path, passage.article or ""))
    facts = (
        ("文件", document.title),
        ("文号", document.document_number),
        ("地区", document.region),
        ("发文机关", "、".join(document.issuers)),
        ("位置", place),
        ("上文", passage.lead_in),
    )
    head = "\n".join(f"{name}：{value}" for name, value in facts if value and value.strip())
    return (
        f"<<<{nonce} 资料 [{item.number}] 开始>>>\n{head}\n正文：{passage.text}\n"
        f"<<<{nonce} 资料 [{item.number}] 结束>>>"
    )


@lru_cache(maxsize=4)
def _prompt(name: str) -> str:
    return (resources.files("assistant") / "prompts" / name).read_text("utf-8")
