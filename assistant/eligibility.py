"""Questions whether one person is entitled to something. The assistant never decides these.

The conditions are quoted like any policy; a fixed sentence says who decides.
"""

from __future__ import annotations

import re

from assistant.privacy import without_marks
from assistant.wording import Language
from knowledge.tokenization import fold

ELIGIBILITY_SENTENCE = (
    "说明：以上只是文件所列的条件，请逐项对照当事人的情况，问题里没有写明的条件需要另行核实。"
    "是否符合由主管部门按规定审核认定，本助手不作判断。",
    "Note: these are the conditions that the documents list; compare each with the person's "
    "situation, and check those that the question does not mention. Whether they are met is for "
    "the competent authority to decide, not for this assistant.",
)

_ASKS = re.compile(
    r"(?:能不能|可不可以|能否|可否|是否可以|是否能|够不够|算不算|有没有资格|有资格|符不符合|是否符合|符合.{0,14}(?:条件|标准|资格|要求)?[吗么]|够.{0,6}(?:条件|资格|格)[吗么]|"
    r"(?:可以|能|能够|会不会|该不该|应不应该).{0,16}[吗么]|达到.{0,8}[吗么]|属于.{0,12}[吗么]|批不批|批得下来|办得下来|能批|拿得到|领得到)"
    r"|(?:can|could|may|does|is|would|am|are) (?:he|she|they|i|we|my|our|the client|this).{0,60}(?:apply|get|receive|eligible|entitled|qualify|claim)|(?:eligible|entitled|qualify)"
)
_BENEFIT = re.compile(
    r"低保|最低生活保障|特困|五保|救助|补贴|津贴|补助|养老金|抚恤|优待|待遇|保障|残疾证|护理|供养|资助|援助|救济|认定|申请|享受|领取|纳入|减免|报销|收养|廉租|公租房|"
    r"benefit|allowance|subsidy|subsistence|assistance|aid|support|dibao|grant"
)
# One person, not a group of the law: 我的服务对象, 他, 王某, 我家, 月收入800元的这户人家.
_PERSON = re.compile(
    r"我(?!国|省|市|县|区|想(?:问|知道|了解)|们(?:机构|单位|站|中心))|(?<!其)(?:他|她)(?!人|们)|案主|服务对象(?!有哪些|的?范围|包括)|[一-鿿]某|这(?:个|位|户|一户|种情况|样的?情况|家)|那(?:个|位|户)|"
    r"邻居|有(?:个|一个|位|一位|户|一户)|一家[二两三四五六七八]?口|\d{1,3}岁[，,的]|家里|月(?:收入|工资|薪)[^，。]{0,4}\d|(?:奶奶|爷爷|阿姨|大爷|叔叔|大妈|婆婆|先生|女士|同学)|"
    r"\b(?:my|our) (?:client|mother|father|son|daughter|family|neighbou?r)|\b(?:he|she|i)\b|this (?:person|family|client)|the client"
)


def asks_eligibility(text: str) -> bool:
    """True if `text` asks whether one person may have something: 我的服务对象能不能吃低保.

    Questions on the rule itself (残疾人能否申请护理补贴) are none.
    """
    has_name = without_marks(text) != text
    folded = fold(without_marks(text))
    return bool(
        _ASKS.search(folded) and _BENEFIT.search(folded) and (has_name or _PERSON.search(folded))
    )


def eligibility_sentence(language: Language) -> str:
    """What is said after the conditions."""
    return ELIGIBILITY_SENTENCE[language == "en"]
