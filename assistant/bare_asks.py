"""「谁管」「要钱吗」「多久批下来」: what is asked of any law, in the words in which laws say it.

A turn of a few spoken words is near to nothing in meaning; in a law's own words it is nearest to the
rule that answers it. And what does not say that kind of thing at all is no answer to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.tokenization import fold


@dataclass(frozen=True, slots=True)
class BareAsk:
    """An ask that names nothing but its kind."""

    asks: re.Pattern[str]
    """Matches the whole of a clause."""
    words: str
    """As a law would say it."""
    holds: re.Pattern[str]
    """Stands in whatever answers it."""
    best: re.Pattern[str] | None = None
    """Stands in what answers it best."""


def _ask(asks: str, words: str, holds: str, best: str = "") -> BareAsk:
    whole = re.compile(f"(?:{asks})[？?。]?")
    return BareAsk(whole, words, re.compile(holds), re.compile(best) if best else None)


_ASKS = (
    _ask(
        r"(?:这事|这个|那|归|由|是|该)*(?:谁|哪个部门|什么部门|哪里)(?:来)?(?:管|主管|负责|监管)(?:的|呢|理)?",
        "由哪个部门主管，负责什么工作",
        r"(?:部门|机关|机构|委员会|政府|局|厅|部|法院|公安)[^。；]{0,60}(?:主管|负责|管理|监督|组织实施)|(?:主管|负责|管理|监督)[^。；]{0,20}(?:部门|机关|机构)",
        r"主管|登记管理机关|(?:监督|监管|管理)(?:管理|检查)?(?:的)?工作",
    ),
    _ask(
        r"(?:那|这个|要|得|该|需要?)*(?:由|向|找)?(?:谁|哪个(?:部门|机关|单位)|什么(?:部门|机关))(?:来)?(?:决定|批准?|审批|审核|说了算|同意)(?:的|呢)?",
        "由哪个机关决定、批准",
        r"决定|批准|审批|核准|审核|同意",
    ),
    _ask(
        r"(?:那|还)?(?:要|收|花|交)(?:不要)?(?:钱|费用?)(?:吗|么|不)?",
        "免收工本费吗，收取费用吗",
        r"收费|收取|工本费|免费|免收|免交|无偿|有偿|费用由|不收",
    ),
    _ask(
        r"(?:那)?(?:要|得)?(?:多久|几天|多长时间|什么时候)(?:能|可以|才能)?(?:批|批准|审批|办好|办下来|批下来|出结果|有结果|答复|给答复|审查完|审完|办结)(?:呢)?",
        "应当自收到之日起多少日内审查并作出决定",
        r"(?:[〇零一二三四五六七八九十百\d]+)(?:个)?(?:日|工作日|月|小时)(?:之)?内|当日|当场|[一二三四五六七八九十\d]+日。",
        r"内[^。；]{0,16}(?:审查|审核|作出|办理|办结|答复|批准|审批|发放|发给|决定)",
    ),
    _ask(
        r"(?:那|办理|申请)?(?:要|需要|得|应该)?(?:带|交|准备|提交|提供)?(?:什么|哪些|啥)(?:材料|证件|东西|资料|手续)(?:呢)?",
        "应当提交哪些证件和证明材料",
        r"材料|证明|证件|提交|出具|申请书|申请表|凭|(?<![支保维坚主])持|户口簿|身份证|记载",
    ),
    _ask(
        r"(?:那|如果|要是|对)?(?:结果|决定|裁决)?(?:还)?(?:是)?(?:不服|不满意)(?:的)?(?:呢|怎么办|咋办)?",
        "不服的，可以向人民法院提起诉讼",
        r"不服|异议|复议|复查|复核|申诉|提起[^。；]{0,6}诉讼|再次(?:诊断|鉴定)",
    ),
)
_CLAUSE = re.compile(r"[，,；;。？?！!]")


def bare_ask(text: str) -> BareAsk | None:
    """The bare ask that `text` is, or that its last clause is; None if it says more."""
    clauses = [clause for clause in _CLAUSE.split(fold(text.strip())) if clause]
    last = clauses[-1] if clauses else ""
    return next((ask for ask in _ASKS if ask.asks.fullmatch(last)), None)


def in_words_of_rules(turn: str) -> str:
    """The bare ask `turn` as a law would say it; '' if it says more than that."""
    ask = bare_ask(turn)
    return ask.words if ask and ask.asks.fullmatch(fold(turn.strip())) else ""
