"""Somebody may be in danger: fixed hotlines before the policy answer. No model takes part.

Two cases are kept apart. A person in danger (我不想活了, 邻居天天打孩子, 孩子昨晚没回家) gets the
hotlines first. A question on the rules about such harm (强制报告怎么规定) gets its policy answer
and one line after it, without figures. In doubt the hotlines come: a number too many harms less
than one too few.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.hotlines import HarmKind, hotlines_for, source_line
from assistant.spoken_words import written
from assistant.wording import Language
from knowledge.tokenization import fold

Urgency = Literal["", "subject", "danger"]

_CHILD = r"(?:孩子|小孩|儿童|娃|婴儿|宝宝|幼儿|未成年人|少年|女童|男童|女孩|男孩|学生|儿子|女儿|孙子|孙女|外孙女?|侄子|侄女|弟弟|妹妹|闺女|同学|小朋友)"
_ELDER = r"(?:老人家?|老年人|长者|爷爷|奶奶|大爷|大妈|阿婆|婆婆|老伴|老母亲|老父亲|外公|外婆|姥姥|姥爷|母亲|父亲|爸爸?|妈妈?|公公|岳父|岳母)"
_NO_BLOW = r"(?!电话|造|击|工|卡|算|开|印|扫|破|通|扰|包|报|听|交道|折|游戏|麻将|牌|球|针|疫苗|车|官司|招呼|拼|消|赢|动|理|架子|分|好|下|基础|水|饭|字|点|招|气|头阵|着)"
_HIT = rf"(?:打{_NO_BLOW}|殴打|毒打|暴打|揍|抽耳光|扇耳光|家暴|施暴|虐待|掐脖子|踢打|拿刀|砍|捅)"
# Words that only somebody in danger, or somebody beside them, writes.
_SELF_HARM = re.compile(
    r"不想活|活不下去|活着(?:真|好|也|就)?(?:没|没有|沒)?(?:什么|啥)?(?:意思|意义)|想死(?!记)|去死|寻死|找死|求死|死了算了|不如死|一死了之|一了百了|生无可恋|"
    r"(?:想|要|准备|打算|企图|试图|扬言|说|正在|威胁)(?:着|过|去|要|自己|想|马上)*(?:自杀|轻生|跳楼|跳河|跳桥|跳江|跳井|上吊|割腕|割脉|自残|自伤|自焚|服毒|喝农药|吞药|烧炭|绝食|结束(?:自己)?的?生命|离开这个世界)|"
    r"(?:割腕|割脉|跳楼|跳河|跳桥|上吊|喝农药|喝了农药|吞了?(?:很多|大量|一瓶)?(?:安眠)?药|服毒|烧炭|站在(?:楼顶|天台|桥上))(?:了|吗|怎么办|，|,|。|！|!|$)|"
    r"(?:写|留)(?:了|下了?|好了?)*遗书|结束(?:自己|他|她)?的?生命|了结自己|想不开|自杀(?:了|未遂)(?!者|预防|干预)|"
    r"(?:用刀)?(?:划|割)(?:自己|手臂|手腕|胳膊)|用头撞墙|伤害自己|寻短见|"
    r"kill (?:my|him|her|them)sel|want(?:s|ed)? to die|end(?:ing)? (?:my|his|her|their) life|suicidal|hurt(?:ing)? (?:my|him|her)self|cut(?:ting)? (?:my|him|her)self|don'?t want to live",
)
_BEATEN = re.compile(
    rf"(?:被|遭|挨|让)(?!.{{0,3}}(?:打造|打破))[^，。；,;？?]{{0,8}}?(?:{_HIT}|打(?=$|[，。！!？?了得]|怎么|的)|骂|强奸|性侵|猥亵|侵犯|威胁|恐吓|跟踪|囚禁|欺凌|霸凌|欺负|锁|关(?:在|起来)|捆绑|烫伤|遗弃|赶出|拐(?:卖|走|骗))|"
    rf"(?:天天|经常|总是?|老是|又|一直|正在|每天|动不动就?|还在|常常|昨[天晚]|今天|刚才|刚刚|喝(?:了|完|醉)?酒?(?:就|后)?|往死里)(?:在|会|要|就)?{_HIT}|"
    rf"(?:{_HIT}|性侵|猥亵|强奸)(?:了)?(?:我|他|她|人|老婆|老公|妻子|媳妇|{_CHILD}|{_ELDER})|(?:我|她|他)(?:被)?家暴|"
    r"(?:老公|丈夫|男友|男朋友|前夫|妻子|父亲|爸爸|妈妈|母亲|继父|继母|后妈|后爸|养父|儿子|儿媳|女婿|邻居|护工|保姆|老师)[^，。；,;？?]{0,6}(?:打|骂|虐待|殴打|性侵|猥亵|强奸|威胁)(?:我|她|他|人|孩子|老人|老婆|妈|了)|"
    r"(?:不给|没给)[^，。；]{0,4}(?:饭吃|吃饭|吃的)|身上(?:有|全是|都是|很多)[^，。]{0,6}(?:伤|淤青|乌青|疤)|锁在(?:家|屋|房)|拿刀|要杀(?:了)?(?:我|她|他)|救命|"
    r"(?:beat(?:s|ing|en)?|hit(?:s|ting)?|abus(?:es|ed|ing)|rap(?:ed|ing)|molest\w*|threaten\w*)(?: up)? (?:me|him|her|my|his|their|the child|by)|(?:is|was|am|are|been|being|gets) (?:being )?(?:beaten|abused|raped|hit|molested)",
)
_LOST = re.compile(
    rf"(?:{_CHILD}|{_ELDER}|人|他|她|病人|患者|服务对象|案主)[^。；;？?]{{0,10}}(?:不见了|走丢|走失|丢了|失踪|没(?:有)?(?:回家|回来)(?!过[年节])|离家出走|联系不上|(?<![叫算])失联(?!是指|是什么|怎么[认界]定|的?认定)|被(?:人)?(?:拐|带走|抱走)|找不(?:到|着)(?:了|人|$|[，。！!？?]|怎么办|他|她))|"
    r"(?:走失|走丢|失踪)了|(?:child|son|daughter|girl|boy|student|mother|father|grand\w+|he|she)[^.?]{0,20}(?:is|are|has been|went|gone|have been) missing|missing since|did(?:n'?t| not) come home|ran away from home"
)
# The same subjects as words of policy.
_SUBJECTS: tuple[tuple[HarmKind, re.Pattern[str]], ...] = (
    ("self_harm", re.compile(r"自杀|自伤|自残|轻生|suicid|self-?harm")),
    (
        "violence",
        re.compile(
            r"家庭暴力|家暴|反家暴|性侵|性骚扰|强奸|暴力(?!执法)|domestic violence|sexual(?:ly)? (?:assault|abuse)"
        ),
    ),
    (
        "child",
        re.compile(
            r"虐童|(?:儿童|未成年人|孩子)[^，。]{0,6}(?:虐待|遗弃|侵害|暴力)|(?:虐待|遗弃|侵害|拐卖)[^，。]{0,4}(?:儿童|未成年人|孩子)|欺凌|child abuse|abuse of children"
        ),
    ),
    (
        "elder",
        re.compile(
            r"虐老|(?:老人|老年人)[^，。]{0,6}(?:虐待|遗弃)|(?:虐待|遗弃)[^，。]{0,4}(?:老人|老年人)|elder abuse"
        ),
    ),
    (
        "missing",
        re.compile(
            r"(?:失踪|走失|被拐)[^，。]{0,4}(?:儿童|人员|老人|未成年人)|(?:儿童|老人|老年人|未成年人|人员)[^，。]{0,3}(?:失踪|走失)|拐卖|missing (?:child|person|children)"
        ),
    ),
)
# A question on rules, services or figures.
_POLICY = re.compile(
    r"政策|规定|条例|《|》|法律|[反防]?家庭暴力法|家暴法|保护法|办法|文件|制度|机制|预防|措施|标准|经费|目标|领域|职责|责任|义务|处罚|强制报告|"
    r"第[0-9一二三四五六七八九十百零]+条|定义|指(?:的是|什么)|什么是|服务内容|包括哪些|有哪些|哪些部门|哪个部门|由谁|流程|程序|指南|方案|工作要求|干预(?:工作|服务)|"
    r"policy|policies|law|regulation|rule|article|provision|measure|prevention|procedure|what does|funding|target"
)
# How the law judges it, asked of nobody in particular: 猥亵儿童哪些算手段恶劣.
_JUDGED = re.compile(r"哪些(?:单位|组织|机构)|缓刑|量刑|判几年|(?:手段|情节)恶劣|犯罪吗|什么罪")
_SUFFERED = re.compile(
    r"被|[我她]|(?:打|骚扰|强奸|猥亵|虐待|性侵)(?:了|过)|老公|老婆|丈夫|妻子|女儿|儿子"
)
# What courts and agencies have to do, asked of no case: 情况紧急的，法院要在多长时间内作出保护令.
_DUTY = re.compile(
    r"法院[^，。？?]{0,4}(?:要|应当?|必须)[^，。？?]{0,14}作出[^，。？?]{0,4}保护令"
    r"|哪些(?:单位|机构|人员|人)[^，。？?]{0,20}必须(?:报案|报告)"
)
_OF_A_CASE = re.compile(r"[我他她]|被|了(?:[，。！!？?]|$)")
_ADVICE = re.compile(
    r"怎么|如何|应该|应当|该找|找谁|要做|做什么|什么|哪里|去哪|能不能|可以|吗|管不管|算不算|是不是|犯法|违法|多久|多少|补贴|救助|补助|申请|what|how|where|who|which|can "
)
# Somebody in particular, or something that has just happened.
_PARTICULAR = re.compile(
    r"(?<!自)(?:我(?!国|省|市|县|区|们(?:机构|单位|社工站|站|中心)?(?:应|该|如何|怎么|需要|可以))|他(?!人|们的)|她)|对方|案主|服务对象|邻居|有个|有一个|一位|一个(?:居民|孩子|老人|学生|妇女|女孩|男孩|女人)|昨[天晚]|今[天早晚]|刚才|刚刚|正在|现在|"
    r"怎么办|咋办|救救|求助|求救|帮帮|急|\bmy\b|\bme\b|\bhelp\b|\bi\b|\bshe\b|\bhe\b|right now"
)
# The asker, who is nobody in danger: 我想了解……
_ASKING = re.compile(
    r"(?:请问|你好|您好)|我(?:是|在)[^，。,]{0,10}(?:学生|社工|工作者|学员|考生|研究生)|(?:我|我们)?(?:想|要|需要|正在)(?:请教|了解|知道|问|咨询|查|查询|学习|写|研究|整理|准备)(?:一下|一篇)?|告诉我|给我(?:们)?|帮我(?:查|找|看|列|整理|总结)?|"
    r"(?:案主|服务对象|社工)的?(?:定义|权利|义务)|服务对象(?:有哪些|包括|范围|是哪些)|tell me|give me|i (?:want|would like) to (?:know|learn|ask)|can i ask"
)
_SUBJECT_LINE = (
    "如果此刻有人正处于危险之中，请先报警或联系急救；写下具体情况，可以看到求助热线。",
    "If anybody is in danger right now, call the police or an ambulance first; describe the "
    "situation to see the hotlines.",
)
HOTLINE_HEADS = (
    "**先保证人的安全。** 如果有人正处于危险之中，请马上拨打：",
    "**Safety first.** If anybody is in danger, call now (mainland China):",
)
_LOCAL = (
    "（各地情况不同，打不通时请改拨当地其他热线）",
    " (differs by place; if it fails, try another)",
)
_TAIL = (
    "以上是公开的求助热线，本助手不能代替报警、急救或专业的危机干预。社会工作者还应按所在机构的规程报告督导。",
    "These are public hotlines; this assistant replaces neither police, ambulance nor crisis "
    "intervention. Social workers should also report to their supervisor as their agency provides.",
)


# Characters written apart, or with others between them that cannot be seen.
_APART = re.compile(
    r"(?<=[一-鿿])[\s\u200b-\u200f\u2060\ufeff]+(?=[一-鿿])|[\u200b-\u200f\u2060\ufeff]"
)


@dataclass(frozen=True, slots=True)
class Care:
    """What a question tells of harm to a person."""

    urgency: Urgency = ""
    """`danger`: hotlines first; `subject`: a question on the rules; empty: neither."""
    kinds: tuple[HarmKind, ...] = ()
    asks_policy: bool = False
    """The question wants to know what the rules say, or what is to be done."""


def care_for(text: str) -> Care:
    """Whether `text` tells of somebody in danger, asks on the rules about it, or neither."""
    folded = written(_APART.sub("", fold(text)))
    asked = _ASKING.sub("", folded)
    subjects = tuple(kind for kind, pattern in _SUBJECTS if pattern.search(folded))
    dangers: list[HarmKind] = []
    if _SELF_HARM.search(asked):
        dangers.append("self_harm")
    if _BEATEN.search(asked):
        dangers.append("violence")
        if re.search(_CHILD, asked):
            dangers.append("child")
        if re.search(_ELDER, asked):
            dangers.append("elder")
    if _LOST.search(asked):
        dangers.append("missing")
    of_duty = bool(_DUTY.search(folded)) and not _OF_A_CASE.search(folded)
    of_law = bool(_JUDGED.search(folded)) and not _SUFFERED.search(folded)
    on_rules = of_duty or of_law or bool(_POLICY.search(folded))
    asks_policy = on_rules or bool(_ADVICE.search(folded))
    is_particular = bool(_PARTICULAR.search(asked)) and not of_duty
    # 老人被打怎么办 has nobody in particular and asks for no rule; 老人被打的处罚规定 does.
    if dangers and (is_particular or not on_rules or _is_own(asked)):
        return Care("danger", tuple(dict.fromkeys([*dangers, *subjects])), asks_policy)
    if subjects and is_particular and not on_rules:
        return Care("danger", subjects, asks_policy)
    kinds = tuple(dict.fromkeys([*subjects, *dangers]))
    return Care("subject" if kinds else "", kinds, asks_policy)


def hotline_block(kinds: tuple[HarmKind, ...], language: Language) -> str:
    """Markdown: the hotlines for `kinds`, each with its source."""
    english = language == "en"
    lines, sources = [HOTLINE_HEADS[english], ""], dict[str, list[str]]()
    for line in hotlines_for(kinds):
        words = line.en if english else line.zh
        note = "" if line.everywhere else _LOCAL[english]
        lines.append(f"- **{line.number}** {words}{note}")
        sources.setdefault(source_line(line, language), []).append(line.number)
    lines += ["", _TAIL[english], ""]
    lines += [f"- {'/'.join(numbers)} {source}" for source, numbers in sources.items()]
    return "\n".join(lines)


def subject_line(language: Language) -> str:
    """What follows the answer to a question on the rules. Holds no figure."""
    return _SUBJECT_LINE[language == "en"]


def _is_own(text: str) -> bool:
    """True for what nobody says of rules: 我不想活了, 救命."""
    return bool(re.search(r"不想活|活不下去|生无可恋|救命|kill myself|want to die", text))
