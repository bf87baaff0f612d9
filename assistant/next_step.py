"""「谁批准」「不满意怎么办」「都有哪些」: what goes on with the act or the count of the question before.

The act stands in that question and in no noun of it, so all of it is kept but for what it asks:
社区矫正对象能离开本市吗, 谁批准 → 社区矫正对象能离开本市，谁批准.
"""

from __future__ import annotations

import re

from assistant.followup_words import ASPECTS, POINTING
from assistant.question import ParsedQuestion, parse_question
from assistant.question_terms import without_asking
from assistant.rule_scope import asks_sanction
from assistant.topic_change import lacks_subject
from assistant.turn import Turn

_WHO = r"(?:谁|哪(?![些个种样])|哪里|哪儿|哪个(?:部门|单位|机关)|什么(?:部门|单位|机关|地方))"
_ACT = r"(?:批准?|同意|审批|审核|申请|登记|办理?|确认|作?决定|说了算|告|投诉|举报|报名)"
_BAD = r"(?:怎么样?|怎么办|怎样|如何|咋办|有什么后果)"
_BAD_END = re.compile(f"{_BAD}$")
_STEP = re.compile(
    rf"^(?:那|最后|然后|到底|之后)*(?:"
    rf"(?:要|得|该|需要|应该)?(?:由|向|找|跟|去|到|报)?{_WHO}(?:来|去)?{_ACT}"
    r"|(?:法院|民政局?|单位|他们)?(?:要|得)?(?:多久|多长时间|多少天|几天)之?内?(?:能|要|可以|才能?|会)?(?:作出来?|出来|下来|批|办好|办完|答复|有结果)"
    rf"|(?:不|没)(?!过|错|有|问题)[一-鿿]{{1,5}}?(?:了|的话|又|就)?会?{_BAD}"
    rf"|还是?不(?!错|过)[一-鿿]{{1,3}}(?:{_BAD})?"
    rf"|(?:私自|擅自|偷偷|乱)[一-鿿]{{1,6}}?(?:了|的话)?会?{_BAD}"
    r"|(?:需?要)(?:带|交|提交|准备)?(?:什么|哪些)(?:材料|证件|手续|东西)"
    r")(?:的|啊|呢)?$"
)
_THEY = re.compile(
    r"^(?:单位|公司|老板|对方|他们?|她们?|学校|法院|医院|物业|社区|街道)(?:就是|偏|还|又|要是)?(?:(?:不|没)(?!是|错|过|问题)|拒绝)[一-鿿]{1,6}$"
)
_COUNTS_AS = re.compile(
    r"^(?P<case>[^，。？?]{3,16}?)(?:(?<![计打预结不么怎决清核])算(?:不算)?|是不是也?算)(?:吗|么)?$"
)
_ASKS = re.compile(r"吗|什么|谁|怎|哪|多少|几|可以|能不")
_IF = re.compile(r"^(?:如果|要是|万一)[^，。？?]{2,14}(?<!的)$")
# 仲裁时效, 多久出结果: the aspect asked for before is none of the act.
_ASPECT = re.compile(
    r"(?<=[一-鿿]{2})(?:时效|期限|时间|标准|条件|流程|程序|材料|手续|范围|比例|情形|情况)(?:[能可][一-鿿]{1,3})?$"
)
_STILL = re.compile(r"^还是?不(?!错|过)[一-鿿]{1,3}$")
_CASE = re.compile(r"^(?:没有?|未(?!成年)|只)[一-鿿\d]{2,12}?的?$")
_WHICH = re.compile(r"^(?:都|分别|各|具体)?(?:是|有)?哪(?:些|几个?)$")
_COUNT = re.compile(r"(?:多少|几)(?:个|名|家|项|批|种|类)?")
# What rules say, and plans of work do not.
_OF_RULES = re.compile(
    r"应当|不得|人民(?:法院|政府)|予以|可以|规定的|依法|第[一二三四五六七八九十百]{1,5}条|[（(]一[）)]"
)


def next_step(rest: str, now: ParsedQuestion, last: Turn) -> str | None:
    """`rest`, the bare form of a follow-up, with the act it goes on with; None if it is none."""
    if _WHICH.match(rest) and last.parsed.form == "figure" and last.parsed.focus:
        asked, times = _COUNT.subn("哪些", last.question, count=1)
        return asked if times else None
    if last.own_documents or POINTING.search(rest):
        return None
    if not _OF_RULES.search(last.answer) or any(r.level != "country" for r in now.regions):
        return None
    if _IF.match(rest):
        return f"{_act(last)}，{rest}怎么办"
    if (_STEP.match(rest) and not _names_other(rest)) or lacks_subject(now):
        still = "怎么办" if _STILL.match(rest) else ""
        deed = without_asking(last.question) if asks_sanction(rest) else _act(last)
        return f"{deed}，{rest}{still}"
    if _THEY.match(rest):
        return f"{_act(last)}，{rest.removesuffix('怎么办')}怎么办"
    if (counts := _COUNTS_AS.match(rest)) and (thing := _thing(last)):
        return f"{counts['case']}算{thing}吗"
    if _CASE.match(rest) and not _ASKS.search(rest) and last.parsed.form != "general":
        return f"{rest}，{last.question}"
    return None


def _names_other(rest: str) -> bool:
    """True for 没签劳动合同怎么办: it names what it is on itself."""
    own = parse_question(_BAD_END.sub("", rest))
    return any(t.weight >= 1 and t.word not in ASPECTS for t in own.terms)


def _act(last: Turn) -> str:
    """The question before without what it asks, and without a step that it added itself."""
    *before, own = re.split(r"[，,]", last.question.rstrip("？?。 "))
    steps = bool(before) and bool(
        _STEP.match(own)
        or _THEY.match(own.removesuffix("怎么办"))
        or lacks_subject(parse_question(own))
    )
    act = without_asking("，".join(before) if steps else last.question)
    return _ASPECT.sub("", act) or act


def _thing(last: Turn) -> str:
    """What the question before is on: 工伤 of 工伤认定多久内申请."""
    words = [t.word for t in last.parsed.terms if t.weight >= 1 and t.word not in ASPECTS]
    return words[0] if words else ""
