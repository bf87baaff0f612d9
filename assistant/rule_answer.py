"""A question put to the articles that were found: read them by the form of the question.

Where nothing in them carries the question, the sentences of the passages are weighed instead
(`assistant/extractive.py`); documents without articles are always read that way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asked_payer import asked_due
from assistant.asked_units import MONEY, asked_units
from assistant.citing import Citations
from assistant.definition import defined_word, definition
from assistant.found import Found
from assistant.likeness import Core
from assistant.question import ParsedQuestion
from assistant.quotation import Excerpt, escape, place_mark, quoted
from assistant.rule_blocks import Block
from assistant.rule_figure import holds_unit, rule_figure
from assistant.rule_list import comprising, list_of_article, rule_list, rule_steps
from assistant.rule_paragraph import rule_paragraphs
from assistant.rule_scope import asks_sanction
from assistant.ruling import has_exception, ruling, verdict_of
from assistant.wording import Language
from knowledge.figures import find_figures
from knowledge.regions import COUNTRY
from knowledge.tokenization import fold

_NOUNS = r"(?:条件|情形|材料|证件|内容|对象|范围|职责|义务|权利|措施|方式)[？?。]?$"
_LISTS = re.compile(
    r"哪些|哪几|什么(?:条件|情形|情况|权利|义务|内容|方式|措施|材料|证件)|有什么|包括|下列|列出|列举"
    # 收养人的条件: the noun alone asks.
    rf"|{_NOUNS}"
)
_NOUN = re.compile(_NOUNS)
# 吸毒成瘾要登记吗: what is asked whether it is to be done.
_DONE = re.compile(
    r"(?:可以|可不可以|能不能|能否|需要|要不要|必须|要|能|会)(?P<what>[^，。？?]{2,12}?)[吗么]?[？?]?$"
)
# 被拒绝了怎么办: not the steps of the application, but what one may do.
_TROUBLE = re.compile(r"怎么办[？?。]?$")
_DECIDED = re.compile(
    r"(?:谁|哪[一个些]*(?:级|部门|单位|机关|机构)|什么(?:部门|单位|机关))[^，。？?]{0,4}?(批准|审批|审核|确认|评定|认定|决定|任命|发放|受理|登记|组织|负责|监督|制定|公布|颁发|承担|支付)"
)
_RELATIVE = re.compile(
    r"(?:不(?:得)?(?:超过|低于|高于)|按照?|参照|为)[^，。；]{2,40}(?:标准|水平|工资|收入)(?=[，。；确执]|$)"
)
_CONSEQUENCE = re.compile(r"(?:怎样|怎么样|怎么办|咋办|什么后果)[？?。]?$")
_LIMIT = re.compile(r"期限|时限|时效|时间|比例|标准|额度|天数|年限|人数|金额|限制")
# The figure is what is asked: 有效期一年吗, 任期五年对吗, 满二十周岁就可以结婚吗 is none.
_IS_FIGURE = re.compile(
    r"(?P<figure>[\d〇零一二两三四五六七八九十百千万.%．点分之]+(?:个)?(?:工作日|周岁|小时|平方米|[日天月年岁倍元人名])?)"
    r"(?:以上|以下|以内|内)?(?:吗|对吗|是吗|对不对|是不是)?[？?]?$"
)
# A national figure needs fewer words of the question than a local one, and a cosine about as high.
_ENOUGH_NATIONAL, _AS_NEAR = 0.35, 0.02
# The words of a question that need stand around the figure of a paragraph known to be meant.
_ENOUGH_LEADING = 0.2
_UNITS_OF = {"money": MONEY, "percent": frozenset({"%"})}
_ENUMERATES = re.compile(r"、[^，。；]{1,20}(?:、|和|以及|或者)")
_PERIODS = frozenset({"日", "月", "年", "工作日"})
_SAME_UNITS: dict[str, frozenset[str]] = {unit: _PERIODS for unit in _PERIODS}
_VERDICTS: dict[str, tuple[str, str]] = {"yes": ("是", "Yes"), "no": ("否", "No")}


def names_list(text: str) -> bool:
    """True if a noun alone asks for a list: 告诫书的内容, 收养人的条件."""
    return bool(_NOUN.search(fold(text)))


def search_hint(question: ParsedQuestion) -> str:
    """Words by which rules put what is asked; searched for besides the question's own."""
    folded = fold(question.text)
    if word := defined_word(question.text):
        return f"本法所称{word}，是指。本条例所称{word}，是指"
    if asks_sanction(folded):
        return "违反规定 由主管部门责令改正 处以罚款 给予处分"
    units = asked_units(folded)
    if "年龄" in folded:
        return "所称是指 周岁以上"
    if units & {"日", "工作日", "小时"}:
        return "应当自之日起日内 工作日内作出"
    if question.form == "procedure":
        return "申请 按照下列程序办理 书面申请 审批"
    if _LISTS.search(folded):
        return "下列 应当符合下列条件 下列情形之一"
    if question.form == "yes_no":
        return "应当 不得 可以"
    return ""


def read_rules(
    question: ParsedQuestion,
    core: Core,
    blocks: Sequence[Block],
    places: Sequence[str],
    named: frozenset[str],
) -> Found | None:
    """What the paragraphs say to the question; None if none of them carries it."""
    if not blocks or question.english:
        return None
    if due := asked_due(fold(question.text)):
        blocks = [block for block in blocks if due.search(block.article + block.above)]
    own = [block for block in blocks if places and block.document.region in places]
    # A rule of the place itself goes before a national one that is worded nearer.
    if own and own != blocks and (found := read_rules(question, core, own, places, named)):
        return found
    folded = fold(question.text)
    word = defined_word(question.text)
    if word and (found := definition(word, blocks, places, named)):
        return found
    asks_figure = question.form in ("figure", "comparison") or asked_units(folded)
    names_limit = _LIMIT.search(folded) and not _CONSEQUENCE.search(folded)
    if (asks_figure or names_limit) and (
        found := rule_figure(question, core, blocks, places, named)
    ):
        return found if places else _general_first(question, found, core, blocks, named)
    if question.form == "yes_no":
        return _ruled(question, core, blocks, places, named)
    applies = question.form == "procedure" and not _TROUBLE.search(folded)
    if applies and (found := rule_steps(core, blocks, places, named)):
        return found
    lists = bool(_LISTS.search(folded))
    if lists and question.form != "figure":
        found = comprising(folded, blocks, places, named)
        found = found or rule_list(folded, core, blocks, places, named)
        if found:
            return found
    if question.form in ("date", "comparison"):
        return None
    act = _DECIDED.search(folded) if question.form == "who" else None
    found = rule_paragraphs(
        core,
        blocks,
        places,
        named,
        lists=folded if lists else "",
        decides=act.group(1) if act else "",
    )
    if found and lists and question.form != "figure":
        found = list_of_article(found, blocks)
    units = asked_units(folded)
    if found and question.form == "figure" and not holds_unit(found, units):
        # 不低于上一年度人均收入水平 has no numeral, and is the amount.
        is_amount = units == MONEY and _RELATIVE.search(found.quotes[0].text)
        return found if is_amount else None
    return found


def read_leader(
    question: ParsedQuestion,
    core: Core,
    block: Block,
    places: Sequence[str],
    named: frozenset[str],
) -> Found | None:
    """What the paragraph says that is by far the nearest; None if it lacks the figure asked for."""
    folded = fold(question.text)
    units = asked_units(folded) or _UNITS_OF.get(question.measure, frozenset())
    whole = Found(block, (block.whole,), 1.0, is_paragraph=True)
    if _LISTS.search(folded) and not block.items and not _ENUMERATES.search(block.whole.text):
        return None
    if question.form == "figure" or units:
        found = rule_figure(question, core, [block], places, named, units, enough=_ENOUGH_LEADING)
        return found or (whole if units and holds_unit(whole, units) else None)
    if question.form == "yes_no":
        found = _questioned_figure(question, core, [block], places, named)
        found = found or ruling(question, core, [block], places, named)
        return found if found and (found.value or verdict_of(question, core, found)[0]) else whole
    return whole


def _ruled(
    question: ParsedQuestion,
    core: Core,
    blocks: Sequence[Block],
    places: Sequence[str],
    named: frozenset[str],
) -> Found | None:
    """The figure that is questioned, the sentence that decides, or else the nearest paragraph."""
    if found := _questioned_figure(question, core, blocks, places, named):
        return found
    found = ruling(question, core, blocks, places, named)
    if found and verdict_of(question, core, found)[0]:
        return found
    done = _DONE.search(fold(question.text))
    what = done["what"] if done else ""
    nearest = rule_paragraphs(core, blocks, places, named, done=what, wide=True)
    return nearest or found


def _general_first(
    question: ParsedQuestion,
    found: Found,
    core: Core,
    blocks: Sequence[Block],
    named: frozenset[str],
) -> Found:
    """Instead of a place's own figure, where no place is asked, the national paragraph with one."""
    if found.block.document.region in (None, COUNTRY) or found.block.document.id in named:
        return found
    national = [block for block in blocks if block.document.region in (None, COUNTRY)]
    general = rule_paragraphs(core, national, (), named)
    if general and holds_unit(general, asked_units(fold(question.text))):
        return general
    # Worded otherwise but as near in meaning: 处于无人看护状态 for 单独留在家.
    general = rule_figure(question, core, national, (), named, enough=_ENOUGH_NATIONAL)
    own = found.block.similarity
    near = general and own is not None and (general.block.similarity or 0.0) >= own - _AS_NEAR
    return general if general and near else found


def _questioned_figure(
    question: ParsedQuestion,
    core: Core,
    blocks: Sequence[Block],
    places: Sequence[str],
    named: frozenset[str],
) -> Found | None:
    """产假是90天吗: the figure that the rule gives in that unit, whether it is the one or not."""
    match = _IS_FIGURE.search(question.text)
    figures = find_figures(match["figure"]) if match else ()
    if match is None or len(figures) != 1 or not figures[0].unit:
        return None
    rest = core.part(fold(question.text[: match.start("figure")]))
    units = frozenset({figures[0].unit}) | _SAME_UNITS.get(figures[0].unit, frozenset())
    return rule_figure(question, rest, blocks, places, named, units)


def compose_found(
    question: ParsedQuestion,
    core: Core,
    found: Found,
    citations: Citations,
    excerpt: Excerpt,
    language: Language,
    places: Sequence[str],
) -> str:
    """The answer in Markdown: what is asked first, then the words of the rule.

    A rule of another place than those asked for is marked with its own.
    """
    block = found.block
    mark = place_mark(block.document, language, places)
    blocks = _quotes(found, citations, excerpt)
    number = citations.cite_span(
        block.document,
        block.passage_at(found.quotes[0].start),
        found.quotes[0].start,
        found.quotes[0].end,
        found.quotes[0].text,
    )
    blocks[-1] += mark
    if found.before:
        blocks = _quotes(found.before, citations, excerpt) + blocks
    for other in found.beside:
        own = place_mark(other.block.document, language, places)
        blocks += [text + own for text in _quotes(other, citations, excerpt)]
    if found.value:
        citations.claim(found.value, number)
        return f"**{escape(found.value)}**[{number}]{mark}\n\n" + "\n\n".join(blocks)
    if question.form == "yes_no":
        # Asked of no place, a local rule decides nothing.
        local = mark and not places
        head = "" if local else _verdict(question, core, found, number, language)
        blocks = [head, *blocks] if head else blocks
    return "\n\n".join(blocks)


def _quotes(found: Found, citations: Citations, excerpt: Excerpt) -> list[str]:
    """What is quoted, each piece with its citation."""
    block = found.block
    return [
        quoted(block.document, block.passage_at(p.start), p.start, p.text, citations, excerpt)
        for p in found.quotes
    ]


def _verdict(
    question: ParsedQuestion, core: Core, found: Found, number: int, language: Language
) -> str:
    """否（原文：不得）, with a word on exceptions; '' where the rule does not decide by a modal word."""
    verdict, modal = verdict_of(question, core, found)
    if not verdict:
        return ""
    word = _VERDICTS[verdict][language == "en"]
    if language == "en":
        exception = "; there are exceptions, see the text" if has_exception(found) else ""
        return f"**{word}** (the text says “{modal}”{exception})[{number}]"
    exception = "；另有例外，见原文" if has_exception(found) else ""
    return f"**{word}**（原文用语：“{modal}”{exception}）[{number}]"
