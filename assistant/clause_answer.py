"""An article, a paragraph or an item that is asked for by its number."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer
from assistant.citing import Citations
from assistant.clause_text import compose_clause, compose_part
from assistant.numbered_point import point_told
from assistant.rule_versions import local_rule_named
from assistant.searching import described, excerpt_of
from assistant.wording import say
from assistant.work import Work
from knowledge.article_parts import find_part_references
from knowledge.documents import Passage, PolicyDocument, ScoredPassage
from knowledge.snapshot import Snapshot


def clause_answer(work: Work, snapshot: Snapshot, citations: Citations) -> Answer:
    """The text of the article asked for, from one document."""
    found = [result for result in work.evidence if result.origin == "structured"]
    if not found and (told := point_told(work, snapshot, citations)):
        work.timed("answer")
        return work.answer("answered", told, citations)
    if not found:
        return work.answer("no_evidence", say("no_article", work.language))
    document = described(snapshot, found[0])
    version = snapshot.version_of_document(document)
    if version is not None and local_rule_named(work, snapshot, (version,)):
        # 云南省…条例: the national rule of that name is another one.
        return work.answer("no_evidence", say("no_article", work.language))
    by_article = _articles_of(snapshot, document, found)
    parts, read = find_part_references(work.text), excerpt_of(snapshot, work.evidence)
    blocks: list[str] = []
    for name, passages in by_article.items():
        asked = [part for part in parts if part.article == name]
        exact = [compose_part(document, passages, part, citations, read) for part in asked]
        if any(text is None for text in exact):
            blocks.append(say("no_such_part", work.language))
        if asked and all(exact):
            blocks += [text for text in exact if text]
        else:
            blocks.append(compose_clause(document, passages, citations, read))
    work.timed("answer")
    return work.answer("answered", "\n\n".join(blocks), citations)


def _articles_of(
    snapshot: Snapshot, document: PolicyDocument, found: Sequence[ScoredPassage]
) -> dict[str | None, list[Passage]]:
    """All passages of the articles that were found in `document`, whole, in reading order."""
    hits = [r.passage for r in found if described(snapshot, r) == document]
    version = snapshot.version_of_passage(hits[0])
    articles = tuple(dict.fromkeys(p.article for p in hits if p.article))
    keys = snapshot.catalog.keys_of_article(version, articles) if version else ()
    whole = snapshot.catalog.passages(keys)
    by_article: dict[str | None, list[Passage]] = {}
    for passage in sorted([whole[key] for key in keys] or hits, key=lambda p: p.start_char):
        by_article.setdefault(passage.article, []).append(passage)
    return by_article
