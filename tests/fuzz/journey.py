"""One input on its way into the library, and what is promised of every one of them.

Either a sentence in both languages says why it cannot go in, or documents come out whose every
passage and fact is verbatim and which every later stage can store, send and show.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from knowledge.catalog_rows import document_from_row, document_to_row
from knowledge.document_builder import build_documents
from knowledge.documents import PolicyDocument
from knowledge.errors import KnowledgeError
from knowledge.facts import extract_facts
from knowledge.loading import LoadedFile, LoadedPage, load_file
from knowledge.loading.jsonl import JsonlDocument, load_jsonl
from knowledge.passages import split_document

_ALLOWED_CONTROLS = frozenset("\n\t")


class BrokenPromise(AssertionError):
    """An input was answered by neither a clear sentence nor sound documents."""


def travel(path: Path) -> str:
    """Take the file at `path` through every step before the catalogue; what came of it."""
    try:
        documents = list(_documents(path))
    except KnowledgeError as error:
        check_sentence(error)
        return "refused"
    if not documents:
        return "refused"  # Every line of a JSON file was.
    for document in documents:
        check_document(document)
    return "taken"


def check_sentence(error: KnowledgeError) -> None:
    """Both sentences are there, can be shown, and are no message of a library."""
    zh, en = error.message("zh"), error.message("en")
    _promise(bool(zh.strip()) and bool(en.strip()) and zh != en, f"no sentence: {zh!r} {en!r}")
    _promise(any("\u4e00" <= character <= "\u9fff" for character in zh), f"not Chinese: {zh!r}")
    for message in (zh, en):
        _check_writable(message, "message")
        _promise("\n" not in message, f"more than a line: {message!r}")
        _promise(len(message) < 2000, f"{len(message)} characters of message")
        _promise("Traceback" not in message and "Error(" not in message, message)


def check_document(document: PolicyDocument) -> None:
    """Every position is true, and all of it can be written down and read again."""
    text = document.text
    _promise(bool(text.strip()), "a document without text")
    row = document_to_row(document)
    written = json.dumps(row, ensure_ascii=False)
    _check_writable(written, "document")
    _promise(document_from_row(row) == document, "a document that is not read as it was written")
    _promise("\n" not in document.id and "\n" not in document.source, "an id of several lines")
    position = 0
    for page in document.pages:
        _promise(position <= page.start_char <= page.end_char <= len(text), f"page {page}")
        position = page.end_char
    for heading in document.headings:
        _promise(0 <= heading.start_char < heading.end_char <= len(text), f"heading {heading}")
        governed = "".join(text[heading.start_char : heading.end_char].split())
        shown = "".join(heading.text.split())
        _promise(bool(shown) and shown in governed, f"heading {heading} is not {governed!r}")
    passages = split_document(document)
    position = 0
    for passage in passages:
        start, end = passage.start_char, passage.end_char
        _promise(0 <= start < end <= len(text), f"passage {start} to {end} of {len(text)}")
        _promise(passage.text == text[start:end], f"passage {start}: {passage.text!r}")
        _promise(position <= start, f"passage {start} overlaps the one before")
        position = end
        _check_writable(json.dumps(asdict(passage), ensure_ascii=False), "passage")
    by_id = {passage.id: passage for passage in passages}
    _promise(len(by_id) == len(passages), "two passages with one id")
    for fact in extract_facts(document, passages):
        passage = by_id[fact.passage_id]
        _promise(fact.statement == text[fact.start_char : fact.end_char], f"fact {fact}")
        _promise(fact.statement in passage.text, f"fact {fact} outside its passage")
        _promise(all(figure in fact.statement for figure in fact.figures), f"fact {fact}")
        _check_writable(json.dumps(asdict(fact), ensure_ascii=False), "fact")


def _documents(path: Path) -> Iterator[PolicyDocument]:
    if path.suffix.lower() != ".jsonl":
        yield from build_documents(load_file(path))
        return
    for line in load_jsonl(path):
        if not isinstance(line, JsonlDocument):
            check_sentence(line.error)
            continue
        loaded = LoadedFile(
            pages=(LoadedPage(None, line.text),),
            source=f"{path}#{line.id}",
            metadata={**line.metadata, **({"title": line.title} if line.title else {})},
            kind="jsonl",
        )
        yield from build_documents(loaded, document_id=line.id)


def _check_writable(text: str, what: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BrokenPromise(f"{what} cannot be written: {error}") from error
    for character in set(text):
        _promise(
            character in _ALLOWED_CONTROLS or unicodedata.category(character) != "Cc",
            f"{what} holds the control character {character!r}",
        )


def _promise(kept: bool, otherwise: str) -> None:
    if not kept:
        raise BrokenPromise(otherwise)
