"""What a follow-up leaves out, taken from the turn before: place, document, subject."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.document_name import named_documents
from assistant.english import chinese_words, is_english
from assistant.followup_words import ASPECTS, POINTING, WHY
from assistant.question import ParsedQuestion, parse_question
from assistant.question_terms import VERB_WEIGHT
from assistant.replacement import PEOPLE
from assistant.surnames import COMMON
from assistant.topic_change import is_also, is_open, new_words, subject
from assistant.turn import Turn
from knowledge.tokenization import fold, tagged_words

_FACET_WORD = re.compile(r"目标|经费|资金|领域|印发|累计|选派|投入|覆盖|\d")
# A noun with a verb or another noun; one noun alone may be an aspect (谁主管).
_OWN_SUBJECT = 1.5
_COUNT = re.compile(r"^[一二两三四五六七八九十百几]+[个大项类种条]?$")
_DIGIT = re.compile(r"\d")
_SUBJECT_WORDS = 3
_TURNS_OF_A_YEAR = 3
_ASK = re.compile(
    r"[做干是有包括要由派投]{0,2}(?:多少(?:名|个|人|次|家|项|天|日|岁|万?元)?|哪些\S{0,2}|什么(?:时候)?|谁|怎么\S{0,2}|几[个名年项家])"
)
_ASKS_ITSELF = re.compile(r"怎|谁|哪|什么|多少|几|吗|如何")
_MAY = re.compile(r"(可以|能|需要|要|应该|允许)[^，。？?]{1,12}吗[？?]?$")
_GETS = re.compile(r"受益|惠及|得到|享受到")
# How an English question asks, in Chinese.
_ASKS = {
    "figure": "有多少",
    "date": "什么时候",
    "who": "是谁",
    "where": "在哪里",
    "purpose": "为什么",
    "list": "有哪些",
    "procedure": "如何申请",
    "definition": "是什么意思",
}
_HOW = (("how long", "多久"), ("how much", "多少钱"))
# Told apart from 该计划 and the like, which the head of the turn says already.
_POINTED_AT = re.compile(r"(?:社工|基地|项目)$")
_POINTS_AT_PLACE = re.compile(r"(?:那|这)(?:边|里|儿|个省|个市)|当地|本地|该[省市地]")
_WHOM = re.compile(rf"{PEOPLE.pattern}|(?:机构|部门|单位|医院|学校|组织|委员会|大学|基地)$")
_DUTIES = re.compile(r"责任|职责|任务")
_IN_CHARGE = re.compile(r"负责|牵头|主管|分管|管|指导|落实")
# 能不能, as the segmenter cuts it.
_MODALS = frozenset("不能 不可以 不会 不要 不行".split())
_LACKS_SUBJECT = re.compile(r"^(?:要|需要?|应当?|必须|最[晚多少长短]|提前|满(?!足)|逾期)")
_PERSONS = re.compile(r"[他她]们?(?!人)")
_ONE_PERSON = re.compile(r"^(?:那么?)?[他她](?![们人])")
_ENGLISH_POINTING = re.compile(r"\b(?:it|they|them|there|this|that)\b", re.IGNORECASE)


def with_carried(text: str, rest: str, now: ParsedQuestion, turns: Sequence[Turn]) -> str:
    """`rest`, the bare form of `text`, with what the latest turn named and it leaves out."""
    turn = turns[-1]
    if is_english(text):
        return _english(rest, now, turn)
    own, known = new_words(now, turns), subject(now)
    asked = _without_pointing(rest, turn).lstrip("的，, ")
    if WHY.match(rest):
        return _head(turn) + _statement(turn) + "为什么"
    # A bare ask (多少人, 谁负责) is put to all that was said; a new aspect to the subject alone.
    is_bare = not now.facets and all(_IN_CHARGE.fullmatch(term.word) for term in known)
    if turn.articles and turn.documents and is_bare and _is_of_article(now, turn):
        return _head(turn) + turn.articles[-1] + asked
    # A subject of its own takes nothing but the place.
    has_own_noun = any(term.weight >= 1 for term in own)
    is_own = has_own_noun and own == known and not is_open(text)
    is_own = is_own and sum(term.weight for term in own) >= _OWN_SUBJECT
    # 要提前多久报告 begins with what is to be done and lacks whoever does it.
    is_own = is_own and not _LACKS_SUBJECT.match(asked)
    # 那边老年社工做些什么: only the place is pointed at.
    says_what = any(term.weight >= VERB_WEIGHT for term in now.terms)
    is_own = is_own or (says_what and bool(_POINTS_AT_PLACE.match(rest)) and bool(turn.places))
    carried = "".join(region.name for region in turn.places) if is_own else _head(turn)
    is_bare_figure = now.form == "figure" and not now.facets and not _has_noun(now)
    if is_bare_figure and not (now.cumulative or now.years):
        carried += _years(turns)
    if _PERSONS.match(rest):
        carried += "".join(_persons(turns))
    elif not turn.own_documents and not is_own:
        # 谁来监督 says itself what is done.
        acts = now.form == "who" and any(t.weight == VERB_WEIGHT for t in now.terms)
        words = _subject_words(
            turn, rest, now, verbs=(is_bare or is_bare_figure or is_also(rest)) and not acts
        )
        if _DUTIES.search(rest):
            # 有什么责任 says itself what somebody is in charge of.
            words = [word for word in words if not _IN_CHARGE.fullmatch(word)]
        if now.form == "figure" and _GETS.search(rest):
            # 多少人受益: not those who serve.
            words = [word for word in words if not _WHOM.search(word)]
        carried += "".join(words)
    # 今年的资金是多少, after a total over the years.
    of_a_time = now.cumulative or now.years or now.this_year or "每年" in rest
    if turn.parsed.cumulative and not of_a_time and now.form == "figure":
        carried += "累计"
    if known and not now.facets and now.form == "general" and rest == asked and len(rest) <= 6:
        # 学校那块呢 asks of the school what was asked before.
        ask = _ASK.search(turn.question)
        may = _MAY.search(turn.question) if turn.parsed.form == "yes_no" else None
        if not _ASKS_ITSELF.search(asked):
            asked += ask.group() if ask else f"{may[1]}吗" if may else ""
    return carried + (asked or rest)


def _has_noun(question: ParsedQuestion) -> bool:
    return any(
        term.weight >= 1 and term.word not in ASPECTS and not _FACET_WORD.search(term.word)
        for term in question.terms
    )


def _persons(turns: Sequence[Turn]) -> list[str]:
    """The people that the latest turn to name any asks about: whom 他们 means."""
    for turn in reversed(turns):
        if found := [term.word for term in turn.parsed.terms if _WHOM.search(term.word)]:
            return found[-1:]
        if names := [word for word, tag in tagged_words(turn.question) if tag == "nr"]:
            return names[-1:]
    return []


def with_person(rest: str, turns: Sequence[Turn]) -> str | None:
    """`rest` with the name of the person that 她 means; None where it does not begin so."""
    pronoun = _ONE_PERSON.match(rest)
    if pronoun is None:
        return None
    for turn in reversed(turns):
        for word, tag in tagged_words(turn.question):
            if tag == "nr" and word[0] in COMMON and len(word) > 1 and word in turn.answer:
                return f"{word}{rest[pronoun.end() :]}"
    return None


def _without_pointing(rest: str, turn: Turn) -> str:
    """`rest` without 它 and 该计划; a noun that no earlier question names stays (那个社工)."""

    def left(match: re.Match[str]) -> str:
        noun = _POINTED_AT.search(match.group())
        return noun.group() if noun and noun.group() not in turn.question else ""

    return POINTING.sub(left, rest)


def _years(turns: Sequence[Turn]) -> str:
    """The year that the latest turns on the same places ask about, or ''."""
    for turn in reversed(turns[-_TURNS_OF_A_YEAR:]):
        if turn.parsed.cumulative or turn.places != turns[-1].places:
            return ""
        if turn.parsed.years:
            return "".join(f"{year}年" for year in turn.parsed.years)
    return ""


def _is_of_article(now: ParsedQuestion, turn: Turn) -> bool:
    """True for a bare ask, and for one whose words the article quoted holds."""
    answer = fold(turn.answer)
    return all(term.word in answer for term in now.terms if term.weight >= VERB_WEIGHT)


def _head(turn: Turn) -> str:
    """The document of a turn, or else its places."""
    if turn.own_documents:
        return turn.own_documents[-1]
    places = "和".join(region.name for region in turn.places)
    return places or (turn.documents[-1] if turn.documents else "")


def _subject_words(turn: Turn, rest: str, now: ParsedQuestion, *, verbs: bool) -> list[str]:
    """Words of the turn's subject that `rest` lacks; for a bare figure (多少人) its verb as well."""
    least = VERB_WEIGHT if verbs else 1.0
    left_out = _DIGIT if verbs and now.form == "figure" else _FACET_WORD
    return [
        term.word
        for term in turn.parsed.terms
        if term.weight >= least
        and not left_out.search(term.word)
        and term.word not in ASPECTS
        and term.word not in rest
        and not _COUNT.match(term.word)
        and term.word not in _MODALS
    ][:_SUBJECT_WORDS]


def _statement(turn: Turn) -> str:
    """All subject words of a turn, its aspect with them."""
    words = [term.word for term in turn.parsed.terms if term.weight >= VERB_WEIGHT]
    return "".join(words[: _SUBJECT_WORDS + 1])


def _english(rest: str, now: ParsedQuestion, turn: Turn) -> str:
    """An English follow-up: in Chinese words if all are known, else in English."""
    asked = _ENGLISH_POINTING.sub("", rest).strip(" ?？.")
    if WHY.match(rest):
        return _head(turn) + _statement(turn) + "为什么"
    words, unknown = chinese_words(fold(asked))
    if unknown:
        named = [turn.question[start:end] for start, end in turn.place_spans()]
        return f"{asked} {' '.join(named or [_head(turn)])}".strip()
    since = "以来" if re.search(r"\bsince\b", asked, re.IGNORECASE) else ""
    years = "".join(f"{year}年{since}" for year in now.years)
    kept = _subject_words(turn, "".join(words), now, verbs=not (now.facets or words))
    total = "累计" if now.cumulative else ""
    ask = next((ask for cue, ask in _HOW if cue in fold(asked)), _ASKS.get(now.form, ""))
    if now.form == "figure" and words and ask == _ASKS["figure"]:
        # How many counties: what is counted stands behind.
        return _head(turn) + years + total + "".join(kept) + "多少" + "".join(words)
    return _head(turn) + years + total + "".join(kept) + "".join(words) + ask


def with_subject(text: str, earlier: str) -> str:
    """`text`, a part of the question that begins with `earlier`, with what only that names."""
    turn = Turn(earlier, "")
    now, before = parse_question(text), turn.parsed
    # How the money is secured is asked of no year, though the aims before were those of one.
    of_no_year = now.facets and now.facets != before.facets and now.form not in ("figure", "date")
    carried = [] if now.years or of_no_year else [f"{year}年" for year in before.years]
    documents = [] if named_documents(text) else list(turn.own_documents)
    if not now.regions:
        carried += [region.name for region in (turn.places if documents else before.regions)]
    carried += documents
    if not now.regions and not documents:
        # 临时救助 is a benefit of two verbs.
        carried += _subject_words(turn, text, now, verbs=False) or _subject_words(
            turn, text, now, verbs=True
        )
    if before.cumulative and not now.cumulative and not now.years and now.form == "figure":
        carried.append("累计")
    asked = POINTING.sub("", text) if carried else text
    return "".join(carried) + (asked or text)
