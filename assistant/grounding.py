"""Does evidence carry a claim? Every figure, place, reference, negation and word of substance.

    claim + evidence → the sentences that say most of it → figures in their place → places and
    references → negation and force → words without support → verdict

Used for what a chat model wrote, and by `policy-assistant check` for any sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial

from assistant.claim_alignment import (
    Clause,
    align_clauses,
    best_window,
    pairs,
    sentence_clauses,
    without_figures,
)
from assistant.claim_figures import figure_problems
from assistant.claim_labels import fitting, split_by_labels
from assistant.claim_polarity import act_problems, polarity_problems
from assistant.claim_problem import Problem
from assistant.claim_references import reference_problems
from assistant.claim_roles import role_problems
from assistant.grounding_checks import checked, count_sentence
from knowledge.synonyms import synonyms_for
from knowledge.tokenization import STOP_WORDS, compound_parts, fold, tagged_words

# Share of a claim's words that its evidence must carry, by weight; and below which there is no
# relation at all.
ENOUGH_COVERAGE = 0.72
_SHORT, _ENOUGH_SHORT = 5, 0.85
_RELATED = 0.35
_NAME_WEIGHT, _NOUN_WEIGHT, _VERB_WEIGHT = 1.5, 1.0, 0.6
# Words by which a claim speaks of its source; the source need not say them.
_SPEAKING = frozenset(
    "规定 要求 提出 明确 指出 规范 文件 政策 条文 条款 内容 情况 方面 工作 资料 依据 根据 显示 表明 "
    "包括 分别 主要 目前 其中 此外 同时 另外 总之 因此 相关 有关 具体 进行 开展 需要 通过 按照 "
    "人数 数量 总数 数额 综上所述 综上 总体 总的来说 具体来说 来说 目前 已经 已有 "
    "办法 条例 法律 规则 意见 通知 说明 属于 作为 之间 以及 或者 如果 但是 并且 他们 它们 该 本".split()
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One text that a claim may rest on."""

    text: str
    about: tuple[str, ...] = ()
    """What the text is about without saying it: title, number, region, headings, article."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether evidence carries a claim."""

    supported: bool
    problems: tuple[Problem, ...] = ()
    coverage: float = 0.0
    """Share of the claim's words, by weight, that the evidence carries, 0 to 1."""
    window: tuple[tuple[int, Clause], ...] = field(default=())
    """The sentences that carry it: index of the evidence, and the sentence with its place."""


def ground(claim: str, evidence: Sequence[Evidence]) -> Verdict:
    """Judge one sentence. Deterministic; no model."""
    if not claim.strip() or not pairs(claim):
        return Verdict(False, (Problem("no_evidence"),))
    window = _window(claim, evidence)
    if not window:
        return Verdict(False, (Problem("no_evidence"),))
    used = tuple(dict.fromkeys(index for index, _ in window))
    about = tuple(name for index in used for name in evidence[index].about)
    texts = tuple(evidence[index].text for index in used)
    coverage, lacking = _coverage(claim, texts, about)
    if coverage < _RELATED:
        return Verdict(False, (Problem("no_evidence"),), coverage, window)
    count_sentence()
    sentences = [sentence.text for _, sentence in window]
    clauses = [sentence for _, sentence in window]
    checks: dict[str, Callable[[], Iterable[Problem]]] = {
        "figures": lambda: figure_problems(claim, (*sentences, *about)),
        "references": lambda: reference_problems(claim, texts, about),
        "polarity": lambda: polarity_problems(align_clauses(claim, clauses)),
        "acts": lambda: act_problems(claim, sentences),
        "roles": lambda: role_problems(claim, sentences),
        "labels": lambda: _label_problems(claim, [item.text for item in evidence], about),
    }
    problems: list[Problem] = []
    for name, check in checks.items():
        problems += checked(name, partial(_found, check), ())
    nothing: tuple[tuple[Problem, ...], float] = (), coverage
    words, coverage = checked(
        "words", lambda: _word_problems(claim, sentences, about, coverage, lacking), nothing
    )
    problems += words
    return Verdict(not problems, tuple(dict.fromkeys(problems)), coverage, window)


def _found(check: Callable[[], Iterable[Problem]]) -> tuple[Problem, ...]:
    return tuple(check())


def _word_problems(
    claim: str,
    sentences: Sequence[str],
    about: Sequence[str],
    coverage: float,
    lacking: Sequence[tuple[str, bool]],
) -> tuple[tuple[Problem, ...], float]:
    """Words of the claim that nothing carries, and the share that is carried."""
    close, missing = _coverage(claim, sentences, about)
    if len(_content(claim)) <= _SHORT and close < _ENOUGH_SHORT:
        # In a short sentence one word decides; it must stand where the rest stands.
        said = "、".join(word for word, _ in missing[:4])
        return (Problem("unsupported", said),), min(coverage, close)
    if coverage < ENOUGH_COVERAGE or any(is_name for _, is_name in lacking):
        said = "、".join(word for word, _ in lacking[:4])
        return (Problem("unsupported", said) if said else Problem("no_evidence"),), coverage
    return (), coverage


def _label_problems(claim: str, texts: Sequence[str], about: Sequence[str]) -> Iterator[Problem]:
    """Words that a clause says of one of several parallel items where another one holds them."""
    joined = "\n".join(texts)
    for clause, labels in split_by_labels(claim, joined):
        if not labels:
            continue
        own = [option.text for option in fitting(sentence_clauses(joined), labels)]
        everything = _lacking_words(clause, texts, about)
        elsewhere = [word for word in _lacking_words(clause, own, about) if word not in everything]
        if elsewhere:
            yield Problem("unsupported", "、".join(elsewhere[:4]))


def _lacking_words(clause: str, texts: Sequence[str], about: Sequence[str]) -> list[str]:
    return [word for word, _ in _coverage(clause, texts, about)[1]]


def _window(claim: str, evidence: Sequence[Evidence]) -> tuple[tuple[int, Clause], ...]:
    """The sentences of all texts that together say most of the claim."""
    joined = "\n".join(item.text for item in evidence)
    starts, position = [], 0
    for item in evidence:
        starts.append(position)
        position += len(item.text) + 1
    found = []
    for sentence in best_window(claim, joined):
        index = max(i for i, start in enumerate(starts) if start <= sentence.start)
        shift = starts[index]
        found.append((index, Clause(sentence.text, sentence.start - shift, sentence.end - shift)))
    return tuple(found)


def _coverage(
    claim: str, texts: Sequence[str], about: Sequence[str]
) -> tuple[float, list[tuple[str, bool]]]:
    """Weighted share of the claim's words that the evidence carries, and the words it lacks.

    Each lacking word with whether it is the name of somebody or something.
    """
    held = fold("\n".join((*texts, *about)))
    total = carried = 0.0
    lacking: list[tuple[str, bool]] = []
    for word, weight in _content(claim):
        total += weight
        share = _held(word, held)
        carried += weight * share
        if share < 0.5:
            lacking.append((word, weight == _NAME_WEIGHT))
    return (carried / total if total else 1.0), lacking


def _held(word: str, held: str) -> float:
    if word in held:
        return 1.0
    if any(other in held for other in synonyms_for(word)):
        return 0.9
    if len(word) > 2:
        parts = compound_parts(word) or tuple(word[i : i + 2] for i in range(len(word) - 1))
        return 0.8 * sum(part in held for part in parts) / len(parts)
    return 0.0


@lru_cache(maxsize=4096)
def _content(claim: str) -> tuple[tuple[str, float], ...]:
    """The claim's words of substance with their weights, each once; figures are apart."""
    words: dict[str, float] = {}
    for word, tag in tagged_words(without_figures(claim)):
        if len(word) < 2 or word in STOP_WORDS or word in _SPEAKING:
            continue
        if tag in ("nr", "nrt", "nt", "nz", "ns") and len(word) > 2:
            words[word] = _NAME_WEIGHT
        elif tag.startswith("n") or word.isascii():
            words[word] = _NOUN_WEIGHT
        elif tag.startswith(("v", "a", "i", "l", "j")):
            words[word] = _VERB_WEIGHT
    return tuple(words.items())
