"""Does a text speak of what is asked at all? A reward, an exam or a telephone number it does not name.

The other words of such a question stand in any text on its subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Statement
from assistant.needs import Need, need_hit
from assistant.question import ParsedQuestion
from assistant.question_words import FACETS, WEAK
from assistant.surnames import COMMON, DOUBLE, OTHER
from knowledge.tokenization import fold, tagged_words

_HOW = re.compile(r"([^，。；？?]+?)(?:应该|应当|要|都)?(?:怎么|如何|怎样)(?!样|看|理解)")
# 有奖励吗, 有没有补贴: what a question asks after.
_HAS = re.compile(
    r"有没有(?P<open>[^，。；？?有什哪]{2,12})[？?]?$|有(?P<what>[^，。；？?有什哪]{2,12}?)(?:吗|没有|没)[？?]?$"
)
_ANY_OBJECT = WEAK | frozenset("关系 一块 方向 内容 项 类 活动 制度 说法".split())
_SPOKEN_OF = 0.9
_UNIT = r"(?:乡镇|街道|镇|乡|社区|村|县|区|市|省|地方|医院|学校|机构|单位)"
_POST = r"(?:主任|院长|所长|站长|部长|书记|处长|局长|校长|科长|会长|联系人|负责人)"
_SURNAME = "|".join((*DOUBLE, *sorted(COMMON | OTHER)))
# What is done by whoever wants something, with the words by which a text speaks of it: a text
# that is silent on it does not say how or where to do it, though it names the thing.
_ACTS = tuple(
    (re.compile(asked), re.compile(said))
    for asked, said in (
        (r"考(?=$|[？?证的]|试|取|下来)|报考|考试", r"考试|报考|考取|应试|考核合格"),
        (r"申请|申报|申领", r"申请|申报|申领"),
        (r"办理|补办|代办", r"办理|补办|代办|申请|登记"),
        (r"领取|领到|怎么领|哪里?领", r"领取|申领|发放|给付"),
        (r"投诉|举报", r"投诉|举报|检举|控告"),
        (r"缴费|缴纳", r"缴费|缴纳|收费|交纳"),
        (r"报销", r"报销|支付|结算"),
    )
)
_ASKS_ENTRY = re.compile(
    r"(?:怎么|如何|怎样|在哪里?|哪里|哪儿|什么时候|几号|截止|网址)[^，。？?]{0,6}(?:报名|报考)|(?:报名|报考)(?:时间|入口|方式|流程|费|截止|网)"
)
_ENTRY = re.compile(r"报名|报考|招考|考录|考试|入学|入园|招生|招募|招聘|登记|注册")
# The same whatever is asked of them.
_THINGS = tuple(
    (re.compile(asked), re.compile(said))
    for asked, said in (
        (r"报名|报考", r"报名|报考"),
        (r"发钱|给钱|拿钱", r"发放|补贴|补助|津贴|资助|救助金|生活费|奖励|报酬|薪"),
        (
            r"最(?:多|少|高|低|大|小)的?(?:是|为)?(?:哪|什么|谁)(?!种情)|哪[个一些]?[^，。？?]{0,6}最(?:多|少|高|低)",
            r"最",
        ),
        (r"工资|薪水|月薪|年薪|\bsalar|\bwages?\b", r"工资|薪|待遇|报酬"),
        (r"应聘|面试|投简历", r"应聘|面试|招聘|招录"),
        (r"学历|文凭|本科|大专", r"学历|文凭|学位|本科|大专|专科|毕业"),
        (r"处罚|罚款|追责|问责|处分", r"罚|追究|问责|处分|责令|法律责任"),
        (r"分数线|录取分", r"分数线|录取"),
        (
            r"[证照](?:书)?(?:过期|到期|失效)|续期",
            r"过期|到期|失效|有效期|届满|期满|续期|延期|逾期",
        ),
        (r"[证照卡本](?:书)?(?:遗失|弄?丢)|挂失|补证", r"遗失|丢失|挂失|补[办发领]|灭失"),
        (
            r"[发颁领拿考]一?[本张个]?(?:社工|社会工作者?|资格|毕业|结业|合格)证",
            r"证书|发证|颁发|持证|资格证|职业资格",
        ),
        (r"年检|年审|继续教育", r"年检|年审|检查|检验|继续教育"),
        (r"学费|收费|免费|要钱吗|交钱", r"费|免费|无偿|有偿"),
        (
            rf"(?:{_POST}|社工(?=叫)|老师|教师|教授|专家|医生)[^，。？?]{{0,3}}(?:叫(?:什么|啥)|姓(?:什么|啥)|名字|尊姓|是谁|是哪位)",
            rf"(?:{_POST}|社工|老师|教师|教授|专家|医生)(?:{_SURNAME})[一-鿿]{{1,2}}(?=介绍|表示|说|认为|指出|告诉|透露|[，、。）)])",
        ),
        (r"电话|热线|号码|手机号", r"电话|热线|\d{3,4}-?\d{5,8}|1\d{4}"),
        (r"食宿|吃住|住宿|住(?:在)?哪", r"食宿|住宿|宿舍|吃住|居住"),
        (r"地址|网址|网站|官网|邮箱|公众号", r"地址|网址|网站|官网|邮箱|公众号|位于|坐落|号"),
        (r"有效期", r"有效|届满|期满|施行|废止|长期"),
        (
            r"(?:中央|国家|财政|[省市县区](?:里|级)?)(?:财政)?(?:出|承担|负担|拨)了?(?:多少|几)",
            r"中央|国家|财政|[省市县区](?:里|级)",
        ),
        (r"谁签(?:字|发|署)|签字的?是谁", r"签字|签发|签署"),
        (r"文号|发文字号", r"[〔\[［(（]\d{4}[〕\]］)）]\d+号|第\d+号"),
        (
            r"招(?:聘|录|收|考)?了?(?:几|多少)[个名]?(?:人|社工|学生|学员|员)",
            r"招聘|招录|招用|招收|招考|招募|招生|名额|计划",
        ),
        (r"下载|模板|样本|范本", r"下载|模板|样本|范本|样式|格式|附件"),
        # 每个街道都有社工站吗: what some have, or are to have, does not say that all have it.
        (
            rf"(?:每一?[个家所]?|所有的?|各个?){_UNIT}[^，,。？?]{{0,6}}都(?:已经?)?(?:[设建配]?有|[设建配]了|建[起成])",
            rf"(?:每一?[个家所]|所有|全部|各级?|各类){_UNIT}|全覆盖|普遍[设建配]",
        ),
        (
            r"哪(?:[几一]?[家所]|[些个])(?:医院|学校|大学|机构|单位)?[^，。？?]{0,4}(?:入选|被选|选上|选中|上榜|评上)",
            r"[一-鿿]{2,8}[省市县区](?<!全区)(?!域)[一-鿿]{0,8}(?:医院|学校)|大学",
        ),
        # Names and no kinds (中医医院、综合医院、专科医院).
        (
            r"(?<!黑)(?:名单|名录)",
            r"名单|名录|(?:[一-鿿]{2,6}[省市县区州盟旗镇乡][、和等及]){2}"
            r"|(?:[^、。；]{2,}(?:大学|学院|公司|协会|中心)[^、。；]*[、和]){2}",
        ),
    )
)
_ASKS_NAMES = re.compile(
    r"(?:\d+|[二两三四五六七八九十]+)个?(?:部门|单位|县区|县|区|地市|市|社区|机构|医院)(?:都|分别|各)?(?:有|包括)哪|具体(?:都)?(?:是|有|包括|叫)(?:哪|什么名)|(?:\d+|[二两三四五六七八九十]+)个?[一-鿿]{2,6}(?:都|分别|各)?是哪|(?:都|分别)是哪[些几][家个所名]?[一-鿿]{0,4}[？?]?$|是哪[几些]个?(?:部门|单位|县区|县|区|地市|市|社区|机构|医院|学校|高校)[？?]?$|列全|名字(?:都)?(?:是|叫)什么"
    r"|(?:都|分别|各)叫什么|(?:全部|所有)[^，。？?]{0,10}(?:名称|名字)"
)
_ASKS_HOW = re.compile(
    r"怎么|如何|怎样|咋|哪里|哪儿|去哪|在哪|流程|步骤|手续|材料|条件|时间|什么时候|资格|网址|入口"
)


def speaks_of_act(question: ParsedQuestion, statements: Sequence[Statement]) -> bool:
    """False if it is asked how or where to do something (报名, 申请) of which no text speaks."""
    folded = fold(question.text)
    spoken_of = (*_THINGS, *_ACTS) if _ASKS_HOW.search(folded) else _THINGS
    return all(
        any(said.search(fold(text)) for s in statements for text in _around(s))
        for asked, said in spoken_of
        if asked.search(folded)
    )


def speaks_of_entry(asked: str, said: str) -> bool:
    """False if it is asked how to enter for an examination or a course, of which a folded text says nothing."""
    return not _ASKS_ENTRY.search(fold(asked)) or bool(_ENTRY.search(said))


def speaks_of_money(question: ParsedQuestion, statements: Sequence[Statement]) -> bool:
    """False if nothing but the money of something is asked for, of which no text says a word."""
    if question.facets != ("funding",) or question.english:
        return True
    cue = FACETS["funding"]
    return any(cue.search(fold(text)) for s in statements for text in (s.text, *s.above))


def _around(statement: Statement) -> tuple[str, ...]:
    """The sentence and what stands above it."""
    return (statement.text, statement.passage.title, *statement.above)


def speaks_of_object(
    question: ParsedQuestion, needs: Sequence[Need], statements: Sequence[Statement]
) -> bool:
    """False if what is asked how to be done (工资怎么发, 社工证怎么考) is nowhere spoken of.

    The other words of such a question stand in any text on its subject.
    """
    asked, has = _HOW.search(fold(question.text)), _HAS.search(fold(question.text))
    if not (asked or has) or question.english:
        return True
    named = asked[1] if asked else has["open"] or has["what"] if has else ""
    last = reversed([entry for entry in tagged_words(named) if entry[0] not in _ANY_OBJECT])
    word, tag = next(last, ("", ""))
    thing = next((need for need in needs if need.word == word and len(word) > 1), None)
    if thing is None or not (has or tag.startswith(("n", "vn"))):
        return True
    return any(need_hit(thing, fold(text)) >= _SPOKEN_OF for s in statements for text in _around(s))


def asks_names(question: str) -> bool:
    """True if the names of what was counted are asked for: 那13个部门具体是哪些, 都是哪几家医院."""
    return bool(_ASKS_NAMES.search(fold(question)))


def names_them(question: str, statements: Sequence[Statement]) -> bool:
    """True if the sentences name one by one the things whose names are asked for.

    Where the best of them gives the number that the question gives, it is the one to name them.
    """
    numbers = re.findall(r"\d{2,}", fold(question))
    best = fold(statements[0].text)
    if any(number in best for number in numbers):
        return _names_several(best)
    return any(_names_several(fold(statement.text)) for statement in statements)


def _names_several(text: str) -> bool:
    return bool(re.search(r"、|[:：]$|[一-鿿](?:和|与|及)[一-鿿]", text.rstrip()))


_ABSENT = r"(?:不|没有?|未)(?:包括|包含|涉及|提到|提及|涵盖|含有?)"
_ASKS_ABSENCE = re.compile(
    rf"哪(?:个|些|几|一)[^，。？?]{{0,14}}{_ABSENT}|{_ABSENT}(?:了)?(?:哪|什么)|除外的(?:是|有)哪"
)


def asks_absence(question: str) -> bool:
    """True if it is asked what a text does not hold (哪个领域不涉及心理): no text lists that."""
    return bool(_ASKS_ABSENCE.search(fold(question)))


def says_absence(statements: Sequence[Statement]) -> bool:
    """True if one of the sentences says itself what is left out."""
    return any(re.search(rf"{_ABSENT}|除外|不属于", fold(s.text)) for s in statements)
