"""「…由哪些部门负责」 where who is in charge stands in brackets behind what is to be done.

推进……资源化利用。（住房城乡建设部、国家发展改革委指导）: the brackets hold for the sentences of their
paragraph since the brackets before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.citing import Citations
from assistant.evidence import Statement, whole_statement
from assistant.question import ParsedQuestion
from assistant.quotation import escape, place_mark
from assistant.work import Work
from knowledge.sentences import DUTY_BRACKET, Span, sentences
from knowledge.tokenization import fold

_WHO = r"(?:谁|哪[些个几]?(?:部门|单位|机构|家)|什么(?:部门|单位))"
_DUTY = r"(?:负责|牵头|指导|主管|分管|管(?!理办法)|落实)"
_ASKS = re.compile(
    rf"(?:由|归|找|是)?{_WHO}(?:来|去)?{_DUTY}|{_DUTY}(?:的)?(?:部门|单位)(?:是|有)?(?:谁|哪)"
    rf"|(?:由|归|找){_WHO}(?=[？?。]*$)|(?:责任|牵头|主管)(?:部门|单位)(?:是|有)(?:谁|哪|什么(?!职责|责任))"
)
_OTHER_FORMS = frozenset({"figure", "date", "yes_no"})
_BRACKET_AT_END = re.compile(rf"{DUTY_BRACKET}。?$")
# 负责部门：卫生健康委
_LABEL = re.compile(r"^(?:负责|责任|牵头|配合|指导)(?:部门|单位)[：:]")
_ASIDE = re.compile(r"[，,；;](?:适用范围|排在|下同|其中)")
_NOBODY = re.compile(
    r"^各?(?:有关|相关|地区?|省|地方)?(?:各?(?:部门|单位|地区))|鼓励|引导|附件|分工见|追究"
)
_BODY = re.compile(r"[一-鿿](?:部|局|委|办|厅|署|政府|公司|中心|院|会|行|社|站|所|处|街道|机构)")
# 由省政府办公厅牵头, 贴息由地方财政承担: said in the sentence itself.
_SAYS = re.compile(
    r"由[^，。；]{2,24}(?:负责|牵头|指导|主管|承担|验收|补贴|统筹|审批|分配)|牵头|统筹协调"
)


def asks_in_charge(question: ParsedQuestion) -> bool:
    """True if it is asked who is in charge of something."""
    if question.english or question.form in _OTHER_FORMS:
        return False
    return bool(_ASKS.search(fold(question.text)))


def matter(text: str) -> str:
    """`text` without the words that ask who is in charge: what of."""
    return _ASKS.sub("", fold(text)).strip(" ？?。的，,")


@dataclass(frozen=True, slots=True)
class Charged:
    """Who is in charge of what."""

    statement: Statement
    """What is to be done."""
    ending: Statement
    """The sentence that ends in the brackets; often the same."""
    names: Span
    """The names within `ending`."""

    @property
    def told(self) -> tuple[Statement, ...]:
        """The sentences to be quoted."""
        is_one = self.ending.start_char == self.statement.start_char
        return (self.statement,) if is_one else (self.statement, self.ending)

    @property
    def is_named(self) -> bool:
        """False for 各有关部门按职责分工负责 and 具体分工见附件, which name nobody."""
        names = self.names.of(self.ending.text)
        return bool(_BODY.search(names)) and not _NOBODY.search(names)

    def named(self, citations: Citations, work: Work) -> str:
        """The names in Markdown, cited and noted as a claim, with the place of the rule."""
        number = citations.cite(self.ending)
        value = self.names.of(self.ending.text)
        citations.claim(value, number)
        mark = place_mark(self.statement.document, work.language, work.places)
        return f"**{escape(value)}**[{number}]{mark}"


def who_is_in_charge(statements: Sequence[Statement]) -> Charged | None:
    """The first of the sentences that brackets hold for; None if they hold for none."""
    for statement in statements:
        ending = _ending(statement)
        if ending and (found := _BRACKET_AT_END.search(ending.text)):
            start, end = found.span("duty")
            label = _LABEL.match(found["duty"])
            if aside := _ASIDE.search(found["duty"]):
                end = start + aside.start()
            names = Span(start + (label.end() if label else 0), end)
            return Charged(statement, ending, names)
    return None


def says_who(statement: Statement) -> bool:
    """True if the sentence says who is in charge without brackets."""
    return bool(_SAYS.search(_BRACKET_AT_END.sub("", statement.text)))


def _ending(statement: Statement) -> Statement | None:
    """The sentence of the same paragraph whose brackets hold for this one."""
    if _BRACKET_AT_END.search(statement.text):
        return statement
    passage = statement.passage
    behind = statement.end_char - passage.start_char
    line_end = passage.text.find("\n", behind)
    text = passage.text[: line_end if line_end >= 0 else len(passage.text)]
    if not text[behind:].strip():
        return None
    for span in sentences(text):
        if span.start >= behind and _BRACKET_AT_END.search(span.of(text)):
            return whole_statement(passage, statement.document, span)
    return None
