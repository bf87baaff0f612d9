from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from assistant.answer import Answer, Citation
from assistant.care import care_for, hotline_block
from assistant.eligibility import asks_eligibility, eligibility_sentence
from assistant.guard import guarded, guarded_stream, text_of_answer
from assistant.hotlines import hotlines
from assistant.request import Event, Question, StageReached, TextDelta
from knowledge.figures import find_figures


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我不想活了", "self_harm"),
        ("案主说想跳楼", "self_harm"),
        ("我不 想 活 了", "self_harm"),
        ("服務對象說想自殺", "self_harm"),
        ("服务对象割腕了怎么办", "self_harm"),
        ("低保户王大爷喝了农药", "self_harm"),
        ("I want to kill myself", "self_harm"),
        ("孩子昨晚没回家找不到了", "missing"),
        ("老人走失了怎么办", "missing"),
        ("邻居天天打孩子", "child"),
        ("孩子身上有很多伤，家长说是摔的", "child"),
        ("老人被儿子打", "elder"),
        ("我老公喝醉了就打我", "violence"),
        ("她被丈夫家暴，有什么政策可以帮她", "violence"),
        ("家暴怎么办", "violence"),
        ("家暴，情况紧急的，法院怎么办", "violence"),
        ("被家暴了，法院要在多长时间内作出人身安全保护令", "violence"),
        ("丈夫天天打老婆，会有什么后果", "violence"),
        ("吃了一瓶安眠药会有什么后果，想自杀", "self_harm"),
        ("儿子喝农药，几个小时内洗胃来得及", "self_harm"),
        ("孩子走丢了，多少小时内报警", "missing"),
        ("My husband beats me", "violence"),
        ("孩子被猥亵犯罪吗", "child"),
        ("学生被老师打，哪些单位能管", "violence"),
        ("孩子被打成重伤判几年", "violence"),
    ],
)
def test_a_person_in_danger(text: str, kind: str) -> None:
    care = care_for(text)
    assert care.urgency == "danger" and kind in care.kinds


@pytest.mark.parametrize(
    "text",
    [
        "反家庭暴力法对强制报告是怎么规定的",
        "自杀预防政策",
        "失踪儿童的政策",
        "遗弃老年人的法律责任",
        "我想了解家庭暴力告诫制度",
        "家暴情况紧急的，法院要在多长时间内作出人身安全保护令",
        "哪些单位发现未成年人遭受家暴必须报案",
        "学校发现学生被性侵应当怎么报告，有什么规定",
        "What does the law say about domestic violence?",
    ],
)
def test_a_question_on_the_rules_about_harm(text: str) -> None:
    assert care_for(text).urgency == "subject"


@pytest.mark.parametrize(
    "text",
    [
        "四川的十个领域是哪些",
        "如何打造社工品牌",
        "打电话咨询低保",
        "老人打疫苗的政策",
        "服务对象找不到工作可以申请什么",
        "孩子打球受伤能报销吗",
        "他打工的儿子没回家过年可以认定为空巢老人吗",
        "社会组织失联名单怎么处理",
        "民政部门打击骗保的措施",
    ],
)
def test_other_questions_are_left_alone(text: str) -> None:
    assert care_for(text).urgency == ""


def test_every_hotline_names_its_source() -> None:
    numbers = [line.number for line in hotlines()]
    assert {"110", "120", "12356"} <= set(numbers) and len(set(numbers)) == len(numbers)
    for language in ("zh", "en"):
        block = hotline_block(("self_harm", "violence", "child", "elder", "missing"), language)
        for line in hotlines():
            assert f"**{line.number}**" in block
            assert line.title in block and line.issuer in block and str(line.year) in block


def test_a_line_that_differs_by_place_says_so() -> None:
    block = hotline_block(("child",), "zh")
    line = next(part for part in block.splitlines() if "**12349**" in part)
    assert "各地情况不同" in line
    assert "各地情况不同" not in next(p for p in block.splitlines() if "**110**" in p)


@pytest.mark.parametrize(
    "text",
    [
        "我的服务对象王某能不能吃低保",
        "他月收入800元可以申请低保吗",
        "张阿姨今年82岁符合高龄津贴的条件吗",
        "这种情况算不算特困人员",
        "我家能不能申请临时救助",
        "Is my client eligible for the allowance?",
    ],
)
def test_a_question_on_one_persons_right(text: str) -> None:
    assert asks_eligibility(text)


@pytest.mark.parametrize(
    "text",
    [
        "残疾人能否申请护理补贴",
        "低保的条件是什么",
        "申请人可以委托他人申请低保吗",
        "我省的低保标准是多少",
        "四川的经费怎么保障",
    ],
)
def test_a_question_on_the_rule_is_none(text: str) -> None:
    assert not asks_eligibility(text)


# Around an answer --------------------------------------------------------------------------

QUOTE = "每个站点每年补助十五万元。"
CITATION = Citation(
    1, "d", "办法", None, None, (), None, None, QUOTE, 0, len(QUOTE), "d.md", "current"
)


class Inner:
    """An assistant that records what it is asked and says the same to everybody."""

    def __init__(self, status: str = "answered", text: str = f"{QUOTE}[1]") -> None:
        self.asked: list[Question] = []
        self._answer = (status, text)

    def stream(self, question: Question) -> Iterator[Event]:
        self.asked.append(question)
        status, text = self._answer
        yield StageReached("retrieve", question.text)
        for start in range(0, len(text), 5):
            yield TextDelta(text[start : start + 5])
        cited = (CITATION,) if status == "answered" else ()
        yield Answer(status, text, citations=cited, standalone_question=question.text)  # type: ignore[arg-type]


def asked(question: Question, inner: Inner) -> Answer:
    *events, last = guarded_stream(question, inner.stream, "zh")
    assert isinstance(last, Answer)
    # The pieces together are the text, whatever stands around the answer.
    assert "".join(e.text for e in events if isinstance(e, TextDelta)) == last.text
    return last


def test_the_inner_assistant_never_sees_personal_data() -> None:
    inner = Inner()
    history = (("我的服务对象叫陈小红", "陈小红的情况请说明。"),)
    answer = asked(Question("陈小红住在人民南路12号，电话13800138000，补助多少", history), inner)
    (seen,) = inner.asked
    everything = seen.text + str(seen.history)
    for secret in ("陈小红", "人民南路12号", "13800138000", "【"):
        assert secret not in everything
    assert "补助多少" in seen.text
    assert "隐私提示" in answer.text and "姓名" in answer.text and "电话" in answer.text
    # What is kept and exported has marks, not the data.
    assert "陈小红" not in answer.standalone_question
    assert "【姓名1】" in answer.standalone_question


def test_an_ordinary_question_passes_unchanged() -> None:
    inner = Inner()
    answer = asked(Question("每个站点补助多少"), inner)
    assert inner.asked == [Question("每个站点补助多少")]
    assert (answer.status, answer.text) == ("answered", f"{QUOTE}[1]")


def test_hotlines_come_first_and_the_policy_answer_after_them() -> None:
    answer = asked(Question("邻居天天打孩子，有什么政策"), Inner())
    assert answer.status == "crisis" and answer.citations == (CITATION,)
    assert answer.text.index("**110**") < answer.text.index(QUOTE)
    assert text_of_answer(answer.text).startswith(QUOTE)


def test_nobody_in_danger_is_told_that_the_library_holds_nothing() -> None:
    refusing = Inner("no_evidence", "资料库里没有找到能回答这个问题的内容。")
    for text in ("我不想活了", "邻居天天打孩子，有什么政策"):
        answer = asked(Question(text), refusing)
        assert answer.status == "crisis" and "**110**" in answer.text
        assert "没有找到" not in answer.text
    # Nothing is looked up for somebody who asks for no rule.
    assert [question.text for question in refusing.asked] == ["邻居天天打孩子，有什么政策"]


def test_a_question_on_the_rules_gets_its_answer_and_one_line() -> None:
    answer = asked(Question("反家庭暴力法对强制报告是怎么规定的"), Inner())
    assert answer.status == "answered" and answer.text.startswith(QUOTE)
    extra = answer.text.removeprefix(f"{QUOTE}[1]").strip()
    assert len(extra.splitlines()) == 1 and not find_figures(extra)


def test_eligibility_is_left_to_the_authority() -> None:
    answer = asked(Question("我的服务对象能不能领这个补助"), Inner())
    assert eligibility_sentence("zh") in answer.text and answer.text.startswith(QUOTE)
    for language in ("zh", "en"):
        assert not find_figures(eligibility_sentence(language))
    refused = asked(Question("我的服务对象能不能领这个补助"), Inner("no_evidence", "没有。"))
    assert refused.text == "没有。"


def test_a_name_in_a_model_answer_is_restored_even_if_it_comes_in_pieces() -> None:
    mark = re.search("【[^】]+】", guarded(Question("我叫陈小红")).shown)
    assert mark is not None
    answer = asked(
        Question("我叫陈小红，补助多少"), Inner(text=f"请转告{mark.group()}：{QUOTE}[1]")
    )
    assert answer.text.startswith("请转告陈小红：")
