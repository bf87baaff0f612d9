"""The blocks of a web page → those of its document, without the furniture around them.

The body is found from the text itself: the smallest part of the page that holds most of its
running text, widened as long as what is added is text, too. The ids that Chinese government
sites give their body only decide where to begin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from knowledge.loading.html_blocks import Block
from knowledge.loading.html_furniture import (
    in_furniture,
    is_furniture,
    is_known_body,
    opens_appendix,
)
from knowledge.loading.html_labels import is_strong, is_weak, labels_at_start
from knowledge.loading.paragraph import letters

_SENTENCE = re.compile(r"[。；！？，：]")
_ATTACHED = re.compile(r"附\s*[件录表图]|附[：:]")
_MOST = 0.5
_KNOWN_SHARE = 0.25
_LABEL_GAP = 2
_LONGEST_VALUE = 400
_SHORT = 30


def document_blocks(
    root: etree._Element, blocks: Sequence[Block]
) -> tuple[list[Block], list[Block]]:
    """The blocks of the document on a page, in order, and the blocks that label it.

    The labels (索引号：…; 来源：… 发布时间：…) may stand outside the document's own part.
    """
    labelled = _label_blocks(blocks)
    open_blocks = [block for block in blocks if id(block) not in labelled]
    main = _main_element(root, open_blocks)
    inside = [block for block in open_blocks if _is_within(block.element, main)]
    return _trimmed(inside), [block for block in blocks if id(block) in labelled]


def _label_blocks(blocks: Sequence[Block]) -> set[int]:
    """The ids of the blocks that are a page's metadata.

    A run of labels is, if three differ and one is of documents only; so is a single line on
    when and by whom a page was put online. 联系人：… in a notice is neither.
    """
    found: set[int] = set()
    run: list[int] = []
    names: set[str] = set()

    def close() -> None:
        strong = sum(is_strong(name) for name in names)
        lines = [blocks[index] for index in run]
        if (len(names) >= 3 and strong) or strong >= 2 or _is_release_note(lines, names):
            found.update(id(blocks[index]) for index in run)
        run.clear()
        names.clear()

    for index, block in enumerate(blocks):
        labels = labels_at_start(" ".join(block.text.split("\n"))) if not block.rows else ()
        if not labels:
            continue
        if run and index - run[-1] > _LABEL_GAP:
            close()
        run.append(index)
        names.update(labels)
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if following is not None and _is_value_of(block, following):
            # The value in an element of its own beside its label.
            block.text = f"{block.text.rstrip(' ：:')}：{following.text}"
            found.discard(id(following))
            run.append(index + 1)
    close()
    return found


def _is_value_of(block: Block, following: Block) -> bool:
    alone = labels_at_start(block.text)
    return (
        len(alone) == 1
        and "".join(block.text.split()).rstrip("：:】]").lstrip("【[") == alone[0]
        and not labels_at_start(following.text)
        and not following.rows
        and len(following.text) <= _LONGEST_VALUE
        and following.element.getparent() is block.element.getparent()
        and following.element is not block.element
    )


def _is_release_note(lines: Sequence[Block], names: set[str]) -> bool:
    strict = [name for name in names if not is_weak(name)]
    return bool(strict) and all(block.letters <= 90 for block in lines) and len(names) >= (
        1 if any(name.startswith(("发布", "来源", "信息来源", "文章来源", "浏览", "字体", "字号", "责任编辑"))
                 for name in strict) else 2
    )  # fmt: skip


def _main_element(root: etree._Element, blocks: Sequence[Block]) -> etree._Element:
    good: dict[etree._Element, int] = {}
    every: dict[etree._Element, int] = {}
    total = 0
    for block in blocks:
        value = _worth(block)
        total += value
        element: etree._Element | None = block.element
        while element is not None:
            good[element] = good.get(element, 0) + value
            every[element] = every.get(element, 0) + block.letters
            element = element.getparent()
    if not total:
        return root
    order = {element: place for place, element in enumerate(root.iter())}
    candidates = [
        element for element in good
        if good[element] >= total * _MOST
        or (is_known_body(element) and good[element] >= total * _KNOWN_SHARE)
    ]  # fmt: skip
    known = [element for element in candidates if is_known_body(element)]
    # Ancestors come before what they hold: the last one is the innermost.
    main = max(known or candidates, key=lambda element: order.get(element, -1))
    if known:
        main = max(known, key=lambda element: (good[element], order.get(element, -1)))
    best, current = main, main.getparent()
    while current is not None:
        gained = good[current] - good[best]
        added = every[current] - every[best]
        if added and gained < added * 0.6:
            break
        if gained:
            best = current
        current = current.getparent()
    return best


def _worth(block: Block) -> int:
    """How much a block speaks for the part of the page that it is in."""
    if block.rows:
        return block.letters
    if is_furniture(block) or in_furniture(block.element):
        return 0
    if block.is_linked_file or _ATTACHED.match(block.text.strip()):
        return block.letters
    if block.link_letters * 2 > block.letters:
        return 0
    if _SENTENCE.search(block.text) or block.letters >= _SHORT:
        return block.letters
    return block.letters // 2


def _is_within(element: etree._Element, main: etree._Element) -> bool:
    return element is main or any(ancestor is main for ancestor in element.iterancestors())


def _trimmed(blocks: Sequence[Block]) -> list[Block]:
    kept = [
        block for block in blocks
        if block.rows or block.is_linked_file
        or not (is_furniture(block) or in_furniture(block.element))
    ]  # fmt: skip
    kept = _without_link_lists(kept)
    for index, block in enumerate(kept):
        if opens_appendix(block):
            rest = kept[index + 1 :]
            if not any(_SENTENCE.search(later.text) and later.letters > _SHORT for later in rest):
                return kept[:index]
    return kept


def _without_link_lists(blocks: Sequence[Block]) -> list[Block]:
    """Without runs of blocks that are nothing but links; a single one may be a reference."""
    kept: list[Block] = []
    run: list[Block] = []
    for block in [*blocks, None]:
        if block is not None and _is_link(block):
            run.append(block)
            continue
        if len(run) == 1 and blocks[0] is not run[0] and block is not None:
            kept.extend(run)
        run = []
        if block is not None:
            kept.append(block)
    return kept


def _is_link(block: Block) -> bool:
    return (
        not block.rows
        and not block.is_linked_file
        and block.link_letters >= block.letters * 0.8
        and not _ATTACHED.match(block.text.strip())
        and not letters(block.text).endswith("号")
    )
