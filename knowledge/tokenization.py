"""Text → search terms for the lexical index.

A term is a jieba word, a pair of neighbouring Chinese characters, or a Latin word or number.
Words give precision; pairs catch what segmentation splits differently in question and text,
and new words. Measured on 1,262 questions over 599 government documents: words with pairs
find the answer passage first in 59 % of the cases (DESIGN section 5). Traditional script is
folded to simplified, full-width to half-width, and figures to one notation first, on both
sides.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate

import opencc
import rjieba

from knowledge.figures import normalise_figures

_RUN = re.compile(r"[㐀-䶿一-鿿豈-﫿]+|[a-z0-9]+(?:[.][0-9]+)?")
_WORD = re.compile(r"[㐀-鿿豈-﫿a-z0-9]")
# Words of grammar and of asking. They stand in every question and tell passages apart by
# chance only. Single characters of grammar are handled by the word list as well.
STOP_WORDS = frozenset(
    "的 了 和 与 及 是 在 有 对 为 等 把 被 让 从 到 由 于 以 或 也 都 就 而 且 着 过 吗 呢 吧 啊 呀 "
    "什么 哪些 哪 哪个 哪里 怎么 怎样 如何 多少 几 几个 请问 一下 谁 为什么 是否 有没有 能否 可以 "
    "这 那 这个 那个 它 他们 我 你 我们 您 想 知道 告诉 介绍 说 说明 关于 有关 "
    "the a an of to in for and or is are was were do does did what which who how many much "
    "when where please tell me about it its by on with be has have".split()
)


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplify(text: str) -> str:
    """`text` in simplified script; the embedding model knows it better than traditional."""
    # Conversion costs more than all the rest; plain ASCII needs none.
    return text if text.isascii() else str(_converter().convert(text))


def fold(text: str) -> str:
    """`text` in simplified script, half-width, lower case: one form for both sides."""
    return simplify(unicodedata.normalize("NFKC", text).lower())


def words(text: str) -> list[str]:
    """The jieba words of `text` after folding, in order, without punctuation."""
    return [word for word in rjieba.cut(fold(text)) if _WORD.search(word)]


def word_edges(folded: str) -> frozenset[int]:
    """Where words of a folded text begin and end."""
    return frozenset((0, *accumulate(map(len, rjieba.cut(folded)))))


# Verb and noun that the dictionary has as one noun.
_TWO_WORDS = {
    "进网吧": (("进", "v"), ("网吧", "n")),
    "能进": (("能", "v"), ("进", "v")),
    "能领": (("能", "v"), ("领", "v")),
    "想配": (("想", "v"), ("配", "v")),
    "省提": (("省", "n"), ("提", "v")),
    "最多能": (("最多", "d"), ("能", "v")),
    "年涨": (("年", "m"), ("涨", "v")),
    "算头": (("算", "v"), ("头", "n")),
}
# Terms of the field that the dictionary takes for two.
_ONE_WORD = {
    word: (word, "n")
    for word in ("全覆盖", "社工部", "社工站", "头一个", "外卖小哥", "外卖员", "快递员", "快递小哥")
}
# Verbs of one character that the segmenter joins to its neighbour where it knows neither: 建来, 来管.
_JOINED_BEFORE, _JOINED_BEHIND = "来儿", "来用有"
_LONGEST_GUESS = 4
# 社工会提供什么: two words cut at the wrong place.
_CUT_WRONG = {("社", "工会"): (("社工", "n"), ("会", "v"))}


# 多少人才能开会: people, and no talents.
_PEOPLE_FIRST = re.compile(r"((?:多少|几)(?:个|名|位)?人)(才)(?=[够能可行算会达])")


def tagged_words(text: str, *, as_guessed: bool = False) -> list[tuple[str, str]]:
    """The jieba words of `text` after folding, each with its part of speech (n, v, a, …).

    `as_guessed` leaves words that the dictionary lacks as they were guessed: names of persons.
    """
    said = _PEOPLE_FIRST.sub(r"\1 \2", fold(text))
    found = [(word, tag) for word, tag in rjieba.tag(said) if _WORD.search(word)]
    parts = [
        part
        for entry in found
        for part in _TWO_WORDS.get(entry[0]) or ((entry,) if as_guessed else _apart(*entry))
    ]
    out: list[tuple[str, str]] = []
    for word, tag in parts:
        if out and (right := _CUT_WRONG.get((out[-1][0], word))):
            out[-1:] = right
        elif out and (whole := _ONE_WORD.get(out[-1][0] + word)):
            out[-1] = whole
        else:
            out.append((word, tag))
    return out


def _apart(word: str, tag: str) -> tuple[tuple[str, str], ...]:
    """A word that the segmenter guessed, without the verb that it took in (汪晓艳用, 来管)."""
    if 1 < len(word) <= _LONGEST_GUESS and not is_dictionary_word(word):
        if word[0] in _JOINED_BEFORE:
            return (word[0], "v"), *rjieba.tag(word[1:])
        if word[-1] in _JOINED_BEHIND:
            return (*rjieba.tag(word[:-1]), (word[-1], "v"))
    return ((word, tag),)


def is_dictionary_word(word: str) -> bool:
    """True if the segmentation knows `word`, rather than having guessed its borders."""
    return bool(rjieba.has_word(word))


def compound_parts(word: str) -> tuple[str, ...]:
    """The two or more words that a compound of four characters or more is made of, or none."""
    if len(word) < 4 or word.isascii():
        return ()
    parts = tuple(
        part for part in rjieba.cut_for_search(word) if part != word and 2 <= len(part) < len(word)
    )
    return parts if len(parts) > 1 else ()


def search_terms(text: str) -> list[str]:
    """All terms of `text` for the index, in order, repeats kept (BM25 counts them)."""
    folded = fold(normalise_figures(text))
    terms = []
    for run in _RUN.findall(folded):
        if run[0].isascii():
            terms.append(run)
            continue
        terms.extend(run[i : i + 2] for i in range(len(run) - 1))
        # A two-character word is already there as a pair.
        terms.extend(word for word in rjieba.cut_for_search(run) if len(word) != 2 or len(run) == 1)
    return terms


# 哪两个地方, 哪三家: how many are asked for stands in no text that names them.
_ASKED_COUNT = re.compile(r"哪[一二两三四五六七八九十\d]+(?=[个位家种类项名座所条国])")


def query_terms(text: str) -> list[str]:
    """The distinct terms of a question worth searching for, in order."""
    seen = dict.fromkeys(search_terms(_ASKED_COUNT.sub("哪", text)))
    kept = [term for term in seen if term not in STOP_WORDS]
    return kept or list(seen)
