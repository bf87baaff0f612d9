"""The steps whose time must grow with the length of a text, not with its square."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

from knowledge.cleaning import clean_text
from knowledge.documents import PolicyDocument
from knowledge.errors import KnowledgeError
from knowledge.facts import extract_facts
from knowledge.figures import find_figures
from knowledge.founder import repair_founder
from knowledge.line_breaks import join_hard_line_breaks
from knowledge.loading.encodings import decode_text
from knowledge.loading.html import read_html
from knowledge.loading.paragraph import heading_line, paragraph_lines, plain_line
from knowledge.loading.text import split_front_matter
from knowledge.loading.text_sanity import is_garbled
from knowledge.metadata import extract_metadata
from knowledge.newspaper import split_newspaper_page
from knowledge.passages import split_document
from knowledge.regions import find_regions
from knowledge.structure import find_headings


def _cut_up(text: str) -> None:
    document = PolicyDocument("x", "甲", text=text, headings=find_headings(text, markdown=True))
    extract_facts(document, split_document(document))


STEPS: dict[str, Callable[[str], object]] = {
    # Ours to bound: what a file holds is not under anyone's control.
    "decode": lambda text: decode_text(text.encode(), "x.txt"),
    "front matter": lambda text: split_front_matter(f"---\n{text}\n---\n"),
    "clean": clean_text,
    "plain line": plain_line,
    "paragraph": paragraph_lines,
    "heading": lambda text: heading_line(text, 2),
    "garbled": is_garbled,
    "page": lambda text: read_html(f"<p>第一条 甲乙。</p><p>{text}</p>".encode(), "x.html", "x"),
    "line breaks": join_hard_line_breaks,
    "founder": repair_founder,
    "newspaper": split_newspaper_page,
    "headings": find_headings,
    "metadata": lambda text: extract_metadata(text, given={}, file_name="x.txt"),
    "passages and facts": _cut_up,
    "figures": find_figures,
    "regions": find_regions,
    # Not what a question refers to (`references`): the assistant takes 500 characters of it.
}


def seconds_for(step: str, text: str) -> float:
    """Processor seconds of one step for `text`; a refusal counts as done."""
    started = time.process_time()
    with contextlib.suppress(KnowledgeError):
        STEPS[step](text)
    return time.process_time() - started
