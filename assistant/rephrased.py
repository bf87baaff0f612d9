"""Questions put in a roundabout way, as they would be asked plainly: 搞了几年了 → 从哪一年开始搞.

All that reads a question knows the plain way; what is shown to the reader stays as typed.
"""

from __future__ import annotations

import re

from knowledge.regions import canonical_region, region_mentions

_PLAIN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(roundabout), plain)
    for roundabout, plain in (
        # Who is served, not who serves.
        (
            r"的?(?:(?:都|主要|重点|具体)(?:服务|帮扶)(?:的是)?|(?<!提供)(?:服务|帮扶))(?:谁|(?:哪些|什么)人)(?=[？?。！!\s]*$)",
            "的服务对象是哪些人",
        ),
        (
            r"(?<!不)(?:覆盖|涵盖|涉及|囊括)(?:了|到)?(?=(?:哪些|哪几个|什么)(?:服务)?(?:领域|方面|内容|对象|人群))",
            "有",
        ),
        # How long it has gone on is told by its beginning.
        (
            r"(?:已经)?(搞|做|实施|开展|办|推行|运行)了(?:几|多少)年了?(?=[？?]*$)",
            r"从哪一年开始\1",
        ),
        (
            r"(?:这些|这几个|那些|几个)?(?:政策|文件|方案)(?:里|中|当中|里面)?哪[一]?[个份些](?:里|中)?(?:提到|提及|涉及|讲到|说到|写到)了?",
            "哪些文件提到",
        ),
        # Which of two has more: how much each has.
        (
            r"^([^，。？]{2,10}(?:和|跟|与|、)[^，。？]{2,10}?)(?:谁|哪个|哪边)的?([^，。？最]{2,12}?)(?:(?:更|比较)?多|(?<=[数准例额费贴资])(?:更|比较)?高)(?:一?[点些])?(?=[？?]*$)",
            r"\1\2各有多少",
        ),
        # 养老补贴什么情况停发: the words of laws stand the other way round.
        (
            r"^(?P<thing>[^，。？?]{3,18}?)(?:在)?什么(?:样的?)?情况(?:下)?(?:会|要|应该?|就)?(?P<act>(?:停|取消|终止|中止|暂停|不予|不能|收回|撤销)[一-鿿]{0,4})(?=[？?]*$)",
            r"什么情况下\g<thing>会\g<act>",
        ),
        (r"(?<=[家个门])发的文(?=[？?]*$)", "发的"),
        (r"是不是((?:19|20)\d\d年[^，。？?]{0,8}的)(?=[？?]*$)", r"是\1吗"),
        (r"(?<=[二两三四五六七八九十])大(?=(?:重点)?(?:领域|机制|支撑|任务))", "个"),
        # 其他省有没有讲……的: over the whole library.
        (
            r"(?:其他|其它|别的)(?:省份?|地方|省市|地区|几个省)(?:有没有|有无|是否|还有没有)(?:讲到?|说到?|提到?|涉及|规定|写到?)(?P<what>[^，。？?]{2,20}?)(?:的|吗|的吗)(?=[？?]*$)",
            r"哪些地方提到\g<what>",
        ),
        # 三区里 is cut wrongly by the segmenter.
        (r"三区(?:里面?|中)(?=谁|哪|什么|有|由|怎)", "三区计划"),
        # All names of what was counted.
        (
            r"的(?:完整|全部|详细|具体)的?(?:名单|清单)(?:给我|发我|列(?:出来|一下)|有吗|是什么|呢)?(?=[？?。]*$)",
            "有哪些",
        ),
        (
            # 政产学研用在哪份文件里: which documents mention it.
            r"^(?P<word>(?![^，。？?]*(?:提供|提交|填|需要|应当|准备))[^，。？?交要]{2,16}?)(?:这个(?:词|说法|提法))?(?:是)?(?:(?:在|出自|来自)?哪[一]?(?:份|个|篇)(?:文件|政策|方案)|(?:出自|来自)(?:哪里|哪儿|何处))(?:里|中|里面)?(?:提到|说|讲|写|出现)?的?(?=[？?]*$)",
            r"哪些文件提到\g<word>",
        ),
        # 国家规定和北京规定: the rule of the country beside that of a place.
        (
            r"国家(?:的?规定|标准|层面)?(?=(?:和|与|跟|同|、|比)[一-鿿]{2,6}(?:的?规定|标准)?(?:各|分别|有什么|有何|哪|相|不同|区别|差))",
            "全国",
        ),
        (
            r"(?<=[一-鿿][一-鿿])(?P<join>和|与|跟|、)国家(?:的?规定|标准|层面)?(?=(?:各|分别|有什么|有何|哪|相|不同|区别|差|的))",
            r"\g<join>全国",
        ),
        # What a social worker does is told as what services there are.
        (
            r"^(?P<who>[^\d]*(?<![给对为帮替])社工)(?:们)?(?:一般|平时|主要|具体|到底|都)*(?:做|干|搞)(?:一?些)?(?:什么|哪些)(?:事情?|活儿?|工作)?的?(?=[？?。]*$)",
            r"\g<who>提供哪些服务",
        ),
        # Where money comes from is told as funding.
        (
            r"的?(?:钱|资金|经费|费用)(?:都|又|是)?(?:从|打)(?:哪儿|哪里|哪|何处)(?:来|出)的?(?=[？?]*$)",
            "的经费来源是什么",
        ),
        (r"(?<=培养|引进|招聘)什么(?:样的)?人(?!才)", "什么人才"),
        # 人才培养了几个: people are counted.
        (
            r"(?P<who>(?:社工|社会工作者|人才|学生|老师|教师|医生|督导)(?:一共|总共|今年|已经|共|都)*"
            r"(?:(?:培养|培训|选派|派|招|引进|选拔|选聘|聘|配备|配)(?:出|了|过|用)*(?:有)?|有))几个(?=[？?]*$)",
            r"\g<who>几个人",
        ),
        (
            r"(?<=[省市区川西夏津东北南京海])在([^，。？?]{2,10}?)(?:上|方面)(?=有?(?:什么|啥|何|哪些)?(?:区别|不同|差别|差异|不一样))",
            r"的\1",
        ),
        (
            r"三区是哪三个?区?(?=[？?]*$)",
            "三区指的是什么",
        ),
        # What it is for.
        (
            r"(?:建|设|办|搞|成立)(?:起|出)?来(?:是|用来|拿来)?(?:干|做)(?:嘛|什么|啥)(?:用)?的?(?=[？?]*$)",
            "建设的目的是什么",
        ),
        (
            r"要?(?:达到|做到|推进到)(?:什么|怎样|何种|哪种)(?:程度|地步|水平)(?=[？?。]*$)",
            "的目标是什么",
        ),
        # 社工人数: texts speak of so many social workers, hardly ever of their 人数.
        (
            r"(?<=社工|人员|人才|老人|儿童|妇女|学生|教师|医生|患者|群众)的?(?:总?人数|数量)(?:一?共|总共)?(?:是|有|为|达)?(?=多少[人名个位]?[？?。]*$)",
            "有",
        ),
        (r"(?<=[一-鿿])的?总数(?=(?:是|有|达)?(?:多少|几))", "一共"),
        (r"(?:比一比|比比看|比一下)", "比较"),
        (r"(?<=服务|派驻|支援)期限(?:是)?(?:多久|多长|几年)?(?=[？?]*$)", "为期多久"),
        # 服务期 is also a term of labour law.
        (r"(?<=三区|计划|社工)的?\s*服务期(?=[？?]*$)", "服务为期多久"),
        (r"(领域|机制|原则|任务|支撑|群体|方式)[的\s]*(?:名单|清单)(?=[？?。]*$)", r"\1有哪些"),
        # 谁来管资金: who sees to its 管理.
        (r"谁(?:来|负责)?管(?=资金|经费|钱)", "谁负责管理"),
        # In which case, not on which day.
        (
            r"([一-鿿]{2,12})(?:什么时候|啥时候|何时)(?:才)?(?:可以|能够?)(?=(?:提取|支取|领取|取出来?|报销|享受)[？?]*$)",
            r"\1什么情形下可以",
        ),
        # A limit that is asked about: how much there is.
        (
            r"([一-鿿]{2,12}?)(?:有没有|是否|是不是)(?:超?过|达到|超|到)了?(?:[\d.]+万?|[一二两三四五六七八九十百千万亿]+)[人名个次户]{0,2}(?=[？?]*$)",
            r"\1有多少",
        ),
        (
            r"有几([项条种类点])[，,\s]*(?:都|全部|请|逐一)*(?:列出来|列一下|列举(?:出来)?|说说|讲讲)(?=[？?。]*$)",
            r"有哪几\1",
        ),
    )
)


# …是什么意思（德州）: the place a question is about, put behind it.
_PLACE_BEHIND = re.compile(
    r"^(?P<asked>[^（(]{4,}?)[？?]?\s*[（(](?P<place>(?![不除含])[一-鿿]{2,8})[）)][？?。]?$"
)


# 有类似广西的方案吗: whose it is like is not who is asked about.
_LIKE = re.compile(
    r"(?<=[一-鿿])(?P<has>有没有|有)(?:类似于?|像|跟|和|同)(?P<place>[一-鿿]{2,8}?)的(?=[一-鿿])"
)
_ALIKE = re.compile(r"类似|像|一样|那样")
# 桂医院社工, 川内社工: a province by its one character, where nothing else can be meant.
_ABBREVIATED = re.compile(
    r"^(?P<place>[京津冀晋辽沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇陕])"
    r"(?:(?:省内|区内|境内|内)(?=[一-鿿]{2})"
    r"|(?:省|地)?(?=医院|医疗|医务|社工|老年|儿童|民政|低保|养老|残疾|三区|目前|今年))"
)


# 老板问我四川有几个部门, 领导开会要数据：…: who wants to know says nothing of what is asked.
_WHO = (
    r"(?:我们?的?)?(?:老板|领导|主任|院长|站长|科长|书记|校长|老师|师傅|督导|同事|同学|家长|居民|客户|服务对象|案主|记者"
    r"|上级|上面|单位|朋友|亲戚|邻居|学生|我[妈爸])们?"
)
# 问我要钱 is what somebody does; 单位让我离职 is the case.
_REPORTED = re.compile(
    rf"^{_WHO}(?:今天|刚才?|刚刚|昨天)?(?:(?:想|来)?(?:问|打听)了?我们?(?![要借拿讨])(?:一下|下)?[：:，,]?"
    rf"|(?:让|叫)我(?:去|来)?(?:查|问|了解|打听)(?:一下|下|查)?[：:，,]?"
    rf"|(?:开会|汇报|检查)要[^，,。：:？?]{{0,6}}(?:数据|数字|材料)[：:，,]"
    rf"|(?:让|叫)我写[^，,。：:？?]{{0,6}}(?:材料|报告|汇报|总结)[：:，,])(?=[^，,]{{6,}})"
)
# …，帮我看下
_BEGS = re.compile(
    r"[，,\s](?:请|麻烦(?:你|您)?)?帮(?:我|忙)(?:看|查|找|问)(?:一下|下|看|查)?[吧呗]?[。！!]*$"
)
# …，举几个例子
_EXAMPLES = re.compile(
    r"[，,\s](?:请|帮我|能不能|可以)?(?:举|给|说|来)(?:[几一两]个)?(?:具体的?)?例子?(?:说明)?(?:一下|吧|呗|看看)?[。！!？?]*$"
)
# 里面要引用四川持证社工的数据，有多少: for what it is wanted.
_WANTED = re.compile(
    r"(?:里面?|中)?要(?:引用|用到?|写上?)(?P<what>[^，,。]{2,20}?)的?(?:数据|数字)(?=[，,])"
    r"|(?<=[一-鿿]{2})的(?:数据|数字)我?[要得想](?:用|引用|写)(?:一下|到)?(?=[，,])"
)


def rephrased(question: str) -> str:
    """`question`, in written words, asked plainly; itself where it is."""
    if (short := _ABBREVIATED.match(question)) and (name := canonical_region(short["place"])):
        question = name + question[short.end() :]
    question = _EXAMPLES.sub("", _BEGS.sub("", _REPORTED.sub("", question)))
    question = _WANTED.sub(lambda match: match["what"] or "", question)
    behind = _PLACE_BEHIND.match(question)
    if behind and region_mentions(behind["place"])[:1]:
        question = behind["place"] + behind["asked"]
    like = _LIKE.search(question)
    if like and _ALIKE.search(like.group()) and region_mentions(like["place"]):
        question = question[: like.start()] + like["has"] + question[like.end() :]
    for roundabout, plain in _PLAIN:
        question = roundabout.sub(plain, question)
    return question
