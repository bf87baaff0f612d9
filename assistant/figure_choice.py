"""Which figure answers: of all figures of the kind asked for, the one whose words fit best."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asked_bound import bound_fit
from assistant.asked_end import asks_end, says_end
from assistant.asked_payer import is_other_payer, is_paid_in
from assistant.asked_units import OFTEN, asked_units
from assistant.compound import is_of_other_kind
from assistant.evidence import Statement, is_title
from assistant.figure_clause import clause_of, with_lead
from assistant.figure_scope import is_of_others
from assistant.needs import Need, need_hit
from assistant.question import ParsedQuestion
from assistant.unasked_figure import counts_no_members, is_of_news, is_of_saying, is_unasked
from knowledge.figures import Figure, find_figures, same_figure
from knowledge.sentences import Span
from knowledge.synonyms import is_said, synonyms_for
from knowledge.tokenization import fold

# How much the parts of a fit count. Chosen on the tuning half of evals/cases/starter.yaml.
_SENTENCE, _CLAUSE, _ADJACENT, _CUMULATIVE = 1.0, 0.5, 0.5, 0.35
_CONTEXT = 0.3
# A word in front of its figure (社工机构20个) is a little less sure than one behind it (20个社工机构).
_IN_FRONT = 0.8
# Sentences further behind the best one are not looked at.
_LOOKED_AT = 14
# What is counted stands this near to its figure, in characters.
_BEFORE, _BEHIND = 10, 10
# 2025年（试点）：what a date is the date of.
_LABEL, _LABELLED = re.compile(r"\s?[（(]([^（()）]{2,8})[)）]"), 0.6
# 自哪一年实施: the year from which something holds.
_ASKS_START = re.compile(r"[自从](?:什么|哪|何|啥)|(?:开始|起)(?:的|实施)?[？?]?$")
_START = re.compile(r"^[自从]|起|开始")
_CUMULATIVE_CUE = re.compile(r"累计|以来|合计|总计|总共|一共|共计|共有")
OVER_YEARS = re.compile(r"累计|年以来|历年|多年来")
_ONE_YEAR = re.compile(r"(?<![为第近期满足])一年(?!级|以上|以下|以来)|每年|年均|年度|全年")
_ASKS_GROWTH = re.compile(
    r"[和与同跟](?:去年|上年|上一年|前年)相比|(?:比|较|同)(?:去年|上年|上一年|前年|往年|以前|过去|原来|之前|三年前)[^，。]{0,6}(?:多|少|增|减|涨|降|高|低)|(?:增长|增加|减少|下降|上涨|涨|提高)了?(?:多少|几)|增幅|涨幅|增速|增长率"
)
_GROWS = re.compile(r"增|减|升|降|涨|跌|提高|多了|少了|倍|同比|环比")
_ASKS_SHARE = re.compile(
    r"占比|比例|比重|(?<![长增涨降])率[^，。？?]{0,10}(?:多少|几)|占[^，。]{0,10}(?:多少|几|比)"
)
_SHARE = re.compile(r"占|比例|比重|率")
# 没拿证的有多少: the number of those who did is no answer.
_ASKS_LACKING = re.compile(
    r"(?:没有?|未|尚未|还没)(?!来|成年)[^，。？?多几]{1,14}(?:有|是)?(?:多少|几)|(?:多少|几)[^，。？?]{0,8}(?:没有?|未|尚未|还没)(?!来|成年)[^，。？?]"
)
# Items that a number before them counts together.
_AMONG = re.compile(r"(?:涉及|包括|涵盖|分布在)([^。；]*?、[^。；]*)")
_GROUP = re.compile(r"([一-鿿]{2,6})(?:领域|方面|行业|系统|条线)[^，。]{0,4}(?:多少|几)")
_NAMED = 0.9
# 服务多少人: those who serve are counted in the same sentences.
_ASKS_SERVED = re.compile(
    r"(?:服务|帮扶|帮助|惠及|救助|受益)(?:了|过|到)?(?:多少|几)(?:名|位|个)?(?:人|户|群众|老百姓|百姓|居民|老人|家庭|儿童)"
)
_SERVED = re.compile(r"(?:服务|帮扶|帮助|惠及|救助|受益)[^，。；]{0,30}$")
_SERVED_BEHIND = re.compile(r"^[^，。；]{0,12}(?:受益|提供[^，。；]{0,8}服务)")
_LACKS = re.compile(r"没|未|无|不")
# A benefit is set as a share of it; it is none of that.
_MINIMUM_WAGE = re.compile(r"最低工资(?:标准)?(?:是|为|有)?(?:多少|几)")
_THIS_YEAR_CUE = re.compile(r"今年|本年|当年")
# Which of them: the number of all is no answer where only these are asked for.
_RESTRICTED = re.compile(
    r"高级|中级|初级|助理|硕士|博士|本科|男性|女性|[男女](?=社工|职工|的)|持证|注册|专职|兼职|全职|在岗|在册|退休|离职|新增|新招|农村|城镇|残疾|留守|流动"
)
_OF_SEX = re.compile(r"[男女]$")
# 不得超过 whole: 超过 alone would turn it round.
_QUALIFIER_BEFORE = re.compile(
    r"(?:不(?:得|能|可|应)(?:超过|高于|多于|少于|低于|短于)|不少于|不低于|不超过|超过|超|近|约|大约|至少|最多|逾)$"
)
_EXCEEDS = re.compile(r"超过?|逾")
_FORBIDS = re.compile(r"(?:不得|禁止|不应|不能(?=[一擅预]))[^，。；]*$")
_LUNAR_DAY = re.compile(r"(?:初|廿|十|二十|三十)[一二三四五六七八九十]?(?:日)?")
_QUALIFIER_AFTER = re.compile(r"^(?:以上|以下|以内|左右)")
# What is counted in these is also told in others: 几个任务, 30项.
_LOOSELY_COUNTED = frozenset({"个", "人"})
_COUNTS_NO_THING = frozenset({"次", "年", "月", "日", "小时", "岁"})
# 两批各多少人 is not told by how many they are together.
_EACH_OF = re.compile(
    r"[二两三四五六\d]+(?:批|组|类)[^，。？?]{0,16}各(?:有|是|为)?(?:多少|几)|(?<!第)[每一][批组期](?:次)?(?:有|是|派|选)?(?:多少|几)"
)
_APART = re.compile(r"各|分别|每|分为|另外")
# 女的占几成 is told by no number of things.
_ASKS_TENTHS = re.compile(r"[占有是]几成(?![立为员果绩功本熟都年人套])")
# 三年前有多少: what there is now is no answer.
_BACK_THEN = re.compile(r"(?<!\d)(?:\d{1,2}|[一二两三四五六七八九十几]+)年(?:之|以)?前(?![\d月])")


def best_figure(
    question: ParsedQuestion, needs: Sequence[Need], statements: Sequence[Statement]
) -> tuple[Statement, Figure] | None:
    """The sentence and the figure in it that answer best; None if no figure is about the thing.

    A figure is about the thing asked for if the word that is counted or measured stands in its
    sentence: the salary asked for is not answered with a head-count.
    """
    ranked: list[tuple[float, Statement, Figure]] = []
    group = _group_asked(question, needs)
    asked = fold(question.text)
    then, units = _BACK_THEN.search(asked), asked_units(asked)
    # 多久开一次: that 一次 is none that the question gives.
    said = () if units == OFTEN else find_figures(question.text)
    for statement in statements[:_LOOKED_AT]:
        if then and then.group() not in statement.text:
            continue
        if _EACH_OF.search(asked) and not _APART.search(statement.text):
            continue
        if question.years and not statement.has_years:
            continue
        if question.form == "date" and is_title(statement):
            continue
        if not all(rate in statement.text for rate in question.rates):
            continue
        if is_of_others(question, statement) or is_of_other_kind(asked, statement):
            continue
        if not _is_restricted_alike(question, statement):
            continue
        if is_other_payer(asked, fold(statement.text)) or is_paid_in(asked, fold(statement.text)):
            continue
        for figure in statement.figures:
            if figure.kind != "money" and _MINIMUM_WAGE.search(asked):
                continue
            is_strict = statement.passage.article or not units & _LOOSELY_COUNTED
            is_strict = is_strict or figure.unit in _COUNTS_NO_THING
            if is_strict and units and figure.unit not in units:
                # 工伤死亡赔多少 is not answered with 48小时, 能领多少个月 and 能开几个号 with 一次.
                continue
            clause = clause_of(figure, statement.text)
            if _ASKS_TENTHS.search(asked) and figure.unit and figure.kind != "percent":
                continue
            if is_of_news(figure, statement.text) or is_of_saying(figure, statement.text):
                continue
            if _is_of_many_years(question, statement, clause):
                continue
            if is_unasked(asked, figure, statement.text):
                continue
            if asks_end(asked) and not says_end(clause.of(statement.text)):
                continue
            own = clause.of(statement.text)
            if counts_no_members(asked, own) or not _is_of_kind(question, figure, own):
                continue
            if not _counts_served(question, figure, statement.text):
                continue
            if any(figure.kind != "date" and same_figure(figure, other) for other in said):
                # 近3年涨了多少 is not answered with 3年.
                continue
            if _is_of_all(needs, statement, figure) or (group and not _speaks_of(group, statement)):
                continue
            if _is_about(question, statement, figure, clause):
                ranked.append((_fit(question, needs, statement, figure, clause), statement, figure))
    if not ranked:
        return None
    _, statement, figure = max(ranked, key=lambda entry: entry[0])
    return statement, figure


def with_qualifier(figure: Figure, text: str) -> str:
    """The figure as written, with the 超 or 以上 that bounds it."""
    start, end = figure.start, figure.end
    before = _QUALIFIER_BEFORE.search(text[max(0, start - 6) : start])
    # 不得一次性收取超过二十年的费用: of what is forbidden the bound alone may stand first.
    if before and not (_EXCEEDS.fullmatch(before.group()) and _FORBIDS.search(text[:start])):
        start -= len(before.group())
    if after := _QUALIFIER_AFTER.match(text[end : end + 3]):
        end += len(after.group())
    if figure.kind == "date" and text[:start].endswith("农历"):
        day = _LUNAR_DAY.match(text[end:])
        start, end = start - 2, end + (len(day[0]) if day else 0)
    return text[start:end]


def _is_of_many_years(question: ParsedQuestion, statement: Statement, clause: Span) -> bool:
    """True for a total over the years where one year is asked for (今年, 每年)."""
    if question.cumulative or not (question.this_year or _ONE_YEAR.search(question.text)):
        return False
    own = clause.of(statement.text)
    if _THIS_YEAR_CUE.search(own) or _ONE_YEAR.search(own):
        return False
    return bool(OVER_YEARS.search(statement.text))


def _group_asked(question: ParsedQuestion, needs: Sequence[Need]) -> Need | None:
    """老年 of 老年领域有多少名社工: the group or field whose number is asked for, if one is named."""
    match = _GROUP.search(fold(question.text))
    return next((need for need in needs if match and match[1].endswith(need.word)), None)


def _speaks_of(need: Need, statement: Statement) -> bool:
    return any(need_hit(need, fold(text)) >= _NAMED for text in (statement.text, *statement.above))


def _is_of_all(needs: Sequence[Need], statement: Statement, figure: Figure) -> bool:
    """True for the number of all where one of them is asked for: 13万人，涉及老年、儿童等."""
    among = _AMONG.search(statement.text, figure.end)
    if among is None:
        return False
    rest = fold(statement.text.replace(among[1], ""))
    listed = fold(among[1])
    strong = [need for need in needs if not need.is_weak and len(need.word) > 1]
    return any(
        need_hit(need, listed) >= _NAMED and need_hit(need, rest) < _NAMED for need in strong
    )


def _is_of_kind(question: ParsedQuestion, figure: Figure, clause: str) -> bool:
    """False for a growth where a share is asked for, a number where a growth or what lacks is."""
    if _ASKS_LACKING.search(question.text) and not _LACKS.search(clause):
        return False
    asks_growth = bool(_ASKS_GROWTH.search(question.text))
    is_time = figure.kind in ("period", "date", "year")
    if asks_growth and (is_time or not _GROWS.search(clause)):
        return False
    is_share = figure.kind == "percent" and _ASKS_SHARE.search(question.text) and not asks_growth
    return not (is_share and _GROWS.search(clause) and not _SHARE.search(clause))


def _counts_served(question: ParsedQuestion, figure: Figure, text: str) -> bool:
    """False for those who serve, where those who are served are counted."""
    if not _ASKS_SERVED.search(question.text):
        return True
    before, behind = text[: figure.start], text[figure.end :]
    return bool(_SERVED.search(before) or _SERVED_BEHIND.search(behind))


def _is_of_this_year(clause: str) -> bool:
    return bool(_THIS_YEAR_CUE.search(clause))


def _is_restricted_alike(question: ParsedQuestion, statement: Statement) -> bool:
    """True if the sentence, or a heading over it, speaks of the kind asked for (持证社工)."""
    passage = statement.passage
    held = fold("".join((passage.title, *passage.heading_path, passage.lead_in, statement.text)))
    return all(
        # 男社工 is a word of its own nowhere.
        kind[0] in held
        if _OF_SEX.match(kind)
        else any(len(word) > 1 and word in held for word in (kind, *synonyms_for(kind)))
        for kind in _RESTRICTED.findall(fold(question.text))
    )


def _is_about(question: ParsedQuestion, statement: Statement, figure: Figure, clause: Span) -> bool:
    """True if the word counted or measured belongs to the figure."""
    if not question.focus:
        return True
    head = question.focus[-1]
    before, behind = _around(figure, statement, clause)
    if is_said(head, before + behind):
        return True
    # "两批人才，合计38人", "社工中，持证的有8.82万人": people, and what is measured, may stand in
    # an earlier clause of the same sentence.
    apart = figure.unit == "人" or not question.counted_after
    return apart and is_said(head, fold(statement.text))


def _fit(
    question: ParsedQuestion,
    needs: Sequence[Need],
    statement: Statement,
    figure: Figure,
    clause: Span,
) -> float:
    # Verbs count as much as nouns here: it is the verb (选派, 培训, 持证) that tells the figures
    # of one text apart.
    subject = [need for need in needs if not need.is_weak] or list(needs)
    own = fold(with_lead(clause, statement.text))
    score = _CONTEXT * statement.score + bound_fit(fold(question.text), figure, statement.text)
    score += _SENTENCE * _share(subject, fold(statement.text)) + _CLAUSE * _share(subject, own)
    if question.focus:
        before, behind = _around(figure, statement, clause)
        in_front = sum(is_said(word, before) for word in question.focus) / len(question.focus)
        right_behind = sum(is_said(word, behind) for word in question.focus) / len(question.focus)
        score += _ADJACENT * max(right_behind, _IN_FRONT * in_front)
    elif question.form == "date":
        # "2025年（试点）": what is dated stands right at its date.
        score += _ADJACENT * _share(subject, "".join(_around(figure, statement, clause)))
        label = _LABEL.match(statement.text[figure.end :])
        if label and fold(label[1]) in fold(question.text):
            score += _LABELLED
        if _ASKS_START.search(question.text):
            around = statement.text[max(0, figure.start - 1) : figure.end + 3]
            score += _LABELLED if _START.search(around) else -_LABELLED
    if _CUMULATIVE_CUE.search(statement.text):
        # "累计投入930万元，其中今年投入100万元": the clause says which is which.
        against = question.this_year * (-1 if _is_of_this_year(own) else 1)
        score += _CUMULATIVE * (question.cumulative - against)
    if OVER_YEARS.search(statement.text) and not question.cumulative and not _is_of_this_year(own):
        # 选派多少名 asks for those of the plan, not for all since it began.
        score -= _CUMULATIVE
    return score


def _share(needs: Sequence[Need], text: str) -> float:
    total = sum(need.rarity for need in needs)
    return sum(need.rarity * need_hit(need, text) for need in needs) / total if total else 0.0


def _around(figure: Figure, statement: Statement, clause: Span) -> tuple[str, str]:
    """The words in front of the figure and, with the figure, behind it; up to the next figure."""
    start, end = max(clause.start, figure.start - _BEFORE), min(clause.end, figure.end + _BEHIND)
    for other in statement.all_figures:
        if other.end <= figure.start:
            start = max(start, other.end)
        elif other.start >= figure.end:
            end = min(end, other.start)
    text = statement.text
    return fold(text[start : figure.start]), fold(text[figure.start : end])
