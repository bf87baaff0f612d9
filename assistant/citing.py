"""Quotes → numbered citations, each once, in the order of their first use."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.answer import Citation, Claim
from assistant.evidence import Statement
from knowledge.documents import Passage, PolicyDocument


@dataclass(slots=True)
class Citations:
    """Collects the citations and claims of one answer."""

    citations: list[Citation] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    documents: dict[int, PolicyDocument] = field(default_factory=dict)
    """By citation number the version of the document that is quoted, without its text."""
    _numbers: dict[tuple[str, str, int, int], int] = field(default_factory=dict)

    def copy(self) -> Citations:
        """The same so far: what an answer adds to it can be left again."""
        return Citations(
            list(self.citations), list(self.claims), dict(self.documents), dict(self._numbers)
        )

    def adopt(self, copy: Citations) -> None:
        """Take over what was added to a copy."""
        self.citations[:], self.claims[:] = copy.citations, copy.claims
        self.documents.update(copy.documents)
        self._numbers.update(copy._numbers)

    def cited_in(self, text: str) -> set[str]:
        """Ids of the documents that the marks of `text` cite."""
        numbers = map(int, re.findall(r"\[(\d{1,3})\]", text))
        return {self.documents[n].id for n in numbers if n in self.documents}

    def cite(self, statement: Statement) -> int:
        """The number under which the statement's words are cited."""
        return self.cite_span(
            statement.document,
            statement.passage,
            statement.start_char,
            statement.end_char,
            statement.text,
        )

    def cite_span(
        self, document: PolicyDocument, passage: Passage, start: int, end: int, quote: str
    ) -> int:
        """The number under which `quote`, the document's text from start to end, is cited."""
        key = (document.id, document.sha256, start, end)
        if key not in self._numbers:
            self._numbers[key] = len(self.citations) + 1
            self.documents[self._numbers[key]] = document
            self.citations.append(
                Citation(
                    number=self._numbers[key],
                    document_id=document.id,
                    title=document.title,
                    document_number=document.document_number,
                    region=document.region,
                    heading_path=passage.heading_path,
                    article=passage.article,
                    page=passage.page,
                    quote=quote,
                    start_char=start,
                    end_char=end,
                    source=document.source,
                    validity=document.status,
                )
            )
        return self._numbers[key]

    def claim(self, text: str, *numbers: int) -> None:
        """Note a sentence of the answer with the citations that carry it."""
        self.claims.append(Claim(text, numbers))
