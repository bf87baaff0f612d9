"""Words by which a question shows that it goes on with the one before."""

from __future__ import annotations

import re

from knowledge.tokenization import simplify

COURTESY = re.compile(
    r"^(?:好的?|没有?(?:写|说|提)?(?:就)?算了|那?算了|没(?:写|说|提|讲)(?:啊|呀|吗|吧)?|好吧|行吧|谢谢你?|多谢|感谢|明白了?|知道了|了解了?|懂了|嗯+|哦+|噢|行(?![政业为动贿使])|可以|收到|原来如此|这样啊|对了?"
    r"|ok(?:ay)?|thx|thanks?(?: you)?|i see|great|got it)[^，,。.！!；;\s]{0,4}[，,。.！!；;\s]+(?=\S{2})",
    re.IGNORECASE,
)
OPENING = re.compile(
    r"^(?:上面|前面|刚才)(?:那个|这个|说的|提的)?(?:再)?(?:说|讲|看)(?:一?下|说|讲)?[，,、\s]+"
    r"|^(?:(?:那么?|还有|另外|然后|接着|再问一下|再看看?|请问|顺便问?(?:一下)?|换成?|改成|如果是|要是|同样|也)[，,、\s]*(?=[^些个边里吗呢有成]))+"
    r"|^(?:and|but|so|then|also)?,?\s*(?:what about|how about|and|in the case of)\s+",
    re.IGNORECASE,
)
CLOSING = re.compile(r"(?:的?(?:呢|嘞|咧)|又?(?:怎么样|如何))?[？?。.！!]*$")
ENDS_OPEN = re.compile(r"(?:呢|嘞|咧)[？?。！!]*$")
# A place, a year or a document with one of these asks what was asked before.
BARE_ASK = re.compile(
    r"^(?:的|那份|那个|这份|那边|那里|这边|方面|那块|这块|也|又|都|是|有|的?(?:情况|政策|方案|计划|文件|规定|条例|办法|做法|基地|安排|数据))*"
    r"(?:呢|怎么样|怎样|如何|怎么说|怎么(?:规定|安排|写|做)的?|是什么|是多少|有多少|多少|有吗|有什么|有没有|有哪些|哪些|什么|吗|一样吗|说的?是什么)?$"
)
# 其 only before what it owns (其经费), not in 其他.
POINTING = re.compile(
    r"它们?|他们|她们|其中|其(?=经费|资金|目标|期限|对象|内容|服务|职责|主管|范围|施行)|该(?:方案|政策|计划|法律?|条例|文件|办法|规定|地|省|市|基地|项目|文)"
    r"|(?:这|那)(?:一)?(?:个|些|份|项|部|批|条|所)?(?:方案|政策|计划|法律?|条例|文件|办法|规定|人|社工|里|边|基地|项目|地方|省|市)|这个|那个|这些|那些|上述|前面|刚才|上面|当地|本地"
)
POINTS_AT_ARTICLE = re.compile(r"(?:这|该|本|那|上述|此)一?条(?!例)|该款|这一?款|本款")
EMPTY_POINTING = re.compile(r"^(?:其中|上述|前面|刚才|上面)?(?:说的|提到的|列的|讲的)?")
_ANYTHING_ELSE = (
    r"^(?:那|除此之外|此外)?[，,]?还有(?:呢|吗|别的|其他|其它|哪些|什么|没有)+(?:的)?(?:内容|规定|要求|吗|呢)*$"
    r"|^(?:没了|没有了|没有(?:其他|别)的了|就这些|只有这些)吗$"
)
_MORE = re.compile(
    r"^(?:请|能不能|能|可不可以|可以|麻烦|给我|帮我|你|再|那)*(?:具体|详细|展开|仔细|再?多)?(?:一?点|一些)?(?:来|地)?"
    r"(?:说说|讲讲|介绍|解释|展开|说|讲|谈谈|列)(?:一下|一点|些|看|下)?(?:细节|详情)?(?:吗|吧|呢)?$"
    r"|^(?:那|请|再)?(?:具体|详细|仔细)(?:一?点|一些|呢|点儿)?$|^(?:具体|详细)(?:内容|情况|是什么|怎么说|有哪些|规定)+(?:呢|是什么|有哪些)?$"
    rf"|{_ANYTHING_ELSE}|^(?:请)?继续(?:说|讲)?$|^(?:然后|接着|还有|后面)呢$"
    r"|^(?:can you |could you |please )*(?:tell me more|more details?|go on|continue|elaborate|anything else|what else|be more specific|in (?:more )?detail)(?: please)?$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    rf"{_ANYTHING_ELSE}|^(?:anything|what) else(?: please)?$",
    re.IGNORECASE,
)
_CONFIRMING = re.compile(
    r"^(?:真的|确定|你确定|是这样|对|是|没错|准确|可靠|是真的|不对|不是)(?:的)?(?:吗|吧|么)$|^(?:are you sure|really|is that (?:right|true))$",
    re.IGNORECASE,
)
WHY = re.compile(
    r"^(?:这|那)?(?:又|都)?(?:是)?(?:为什么|为何|为啥|什么原因|why)(?:呢|这样|要这样|这么(?:规定|做|安排))?(?: is that)?$",
    re.IGNORECASE,
)
_MENDS = re.compile(r"^\S{1,8}?[，,、。 ]*(?:上面|刚才|前面)?(?:打|写|输|拼)错(?:了?字|别字)?了?$")
# The reader says that what follows has nothing to do with what came before.
OTHER_SUBJECT = re.compile(
    r"^(?:换(?:一?个)?(?:话题|问题)|(?:再)?问(?:一?个)?(?:别的|其他的?|另一个)(?:问题)?|说点别的|另一个问题|新问题|(?:a )?(?:new|different|another) question)(?:吧)?[，,。:：！!\s]+(?=\S{2})",
    re.IGNORECASE,
)
# Aspects that any policy has: alone they name no subject of their own.
ASPECTS = frozenset(
    "对象 服务对象 期限 时间 时限 人数 责任 主体 职责 内容 范围 意义 目的 作用 原则 机制 步骤 条件 流程 程序 处罚 罚款 法律责任 "
    "培训 监督 管理 考核 成效 效果 地区 地点 县区 县 区 金额 比例 标准 队伍 人员 人 人数 依据 来源 背景 名称 定义 区别 重点 任务 "
    "资金 经费 预算 目标 领域 部门 单位 机构 牵头 联系 方式 材料 情形 例外 后果 权利 义务 措施 有效期 日期 文号 全文 条款 章节 保障 "
    "年 钱 投入 补贴 补助 待遇 服务 试点 阶段 进度 协议 双方 三方 组织 群众 名单 数量 总数 情况 原因 好处 问题 法律 政策 规定 文件 程度 水平 要求 规模 做到 进展 例子 实例 案例 实际 典型".split()
)
# Questions that ask of no place in particular.
ALL_PLACES = re.compile(
    r"各地|各省|(?<![去到在])哪些(?:地方|省|地区|文件|政策)|所有(?:地方|省|地区|文件|政策)|全国(?![^，。]{0,3}(?:算|排|属|率先|第|首|最|领先))|资料库"
)


def bare(text: str) -> str:
    """`text` without the words that open and close a follow-up."""
    return CLOSING.sub("", OPENING.sub("", COURTESY.sub("", text.strip()))).strip(" ，,、")


def asks_more(text: str) -> bool:
    """True for 具体说说, 还有吗: the same question once more, in full."""
    return bool(_MORE.match(bare(text)) or _MORE.match(text.rstrip("？?。！! ")))


def asks_others(text: str) -> bool:
    """True for 还有吗, 还有别的吗, 没了吗: whether there is anything else."""
    return bool(_OTHERS.match(bare(text)) or _OTHERS.match(text.rstrip("？?。！! ")))


def confirms(text: str) -> bool:
    """True for 是吗, 确定吗: the same question once more."""
    return bool(_CONFIRMING.match(COURTESY.sub("", text).rstrip("？?。！! ")))


def mends_typing(text: str) -> bool:
    """True for 社工，打错字了: the word before, put right."""
    return bool(_MENDS.match(text.rstrip("？?。！! ")))


def asks_no_other(text: str) -> bool:
    """True for what asks on about the answer and leaves the question as it was."""
    said = simplify(text.strip())
    return asks_more(said) or confirms(said) or mends_typing(said) or bool(WHY.match(bare(said)))
