"""「谁管」「要钱吗」「多久批下来」: what is asked of any law, in the words in which laws say it.

A turn of a few spoken words is near to nothing in meaning; in a law's own words it is nearest to the
rule that answers it. Only put to the law that a conversation is on.
"""

from __future__ import annotations

import re

from knowledge.tokenization import fold

_ASKS: tuple[tuple[str, str], ...] = (
    (
        r"(?:这事|这个|那|归|由|是|该)*(?:谁|哪个部门|什么部门|哪里)(?:来)?(?:管|主管|负责|监管)(?:的|呢|理)?",
        "由哪个部门主管，负责什么工作",
    ),
    (r"(?:那|还)?(?:要|收|花|交)(?:不要)?(?:钱|费用?)(?:吗|么|不)?", "免收工本费吗，收取费用吗"),
    (
        r"(?:那)?(?:要|得)?(?:多久|几天|多长时间|什么时候)(?:能|可以|才能)?(?:批|批准|审批|办好|办下来|批下来|出结果|有结果|答复|给答复)(?:呢)?",
        "应当自收到之日起多少日内审查并作出决定",
    ),
    (
        r"(?:那|办理|申请)?(?:要|需要|得|应该)?(?:带|交|准备|提交|提供)?(?:什么|哪些|啥)(?:材料|证件|东西|资料|手续)(?:呢)?",
        "应当提交哪些证件和证明材料",
    ),
    (
        r"(?:那|如果|要是|对)?(?:结果|决定|裁决)?(?:不服|不满意)(?:的)?(?:呢|怎么办|咋办)?",
        "不服的，可以向人民法院提起诉讼",
    ),
)
_PATTERNS = tuple((re.compile(f"(?:{ask})[？?。]?"), words) for ask, words in _ASKS)


def in_words_of_rules(turn: str) -> str:
    """The bare ask `turn` as a law would say it; '' if it says more than that."""
    asked = fold(turn.strip())
    return next((words for pattern, words in _PATTERNS if pattern.fullmatch(asked)), "")
