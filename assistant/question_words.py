"""Words by which questions are asked: their form, their facet, and words without a subject."""

from __future__ import annotations

import re
from typing import Literal

from knowledge.documents import FactKind

# Behind a measure word: it is none if it begins a noun (多少项目, 多少家庭, 多少人员).
NO_NOUN = (
    r"(?:(?<!项)|(?!目))(?:(?<!家)|(?![庭长属政]))(?:(?<!人)|(?![员才次大群数口民士]))"
    r"(?:(?<!位)|(?!置))(?:(?<!条)|(?![例件款]))(?:(?<!个)|(?![案体]))(?:(?<!次)|(?!数))(?:(?<!户)|(?![数籍]))(?:(?<!级)|(?!别))"
)

Form = Literal[
    "clause",
    "comparison",
    "overview",
    "date",
    "figure",
    "who",
    "where",
    "definition",
    "purpose",
    "procedure",
    "list",
    "yes_no",
    "general",
]

# Tried in this order: the first pattern that fits decides.
FORMS: tuple[tuple[Form, re.Pattern[str]], ...] = (
    (
        "comparison",
        re.compile(
            r"比较|对比|(?<![去上前]年)相比|区别|不同|不一样|差异|异同|有何不同|哪个更|哪边|\bcompare|\bdifference|\bversus\b|\bvs\b"
        ),
    ),
    (
        "overview",
        re.compile(
            r"(?<!提交)(?<!递交)(?<!出具)(?<!准备)(?<!提供)(?<!携带)(?<!报送)(?<!附送)(?<!需要)(?<!交)(?<!带)哪些(?:地方|地区|省|省份|省市|政策|文件|方案)|哪几个(?:地方|省)|哪一?个(?:省份?|地方|地区)的?(?:方案|政策|文件)?(?:也|都|还)?(?:提到?|有|讲|说|涉及)|各地|各省|各个(?:地方|省)|(?<!在)[这那]?(?:几|[三四五]|每)个(?:地方|省)(?!的?社区|[一-鿿]{0,6}[二两三四五]个)|(?<!十)四地(?![级市])|所有(?:政策|文件|地方)"
            r"|which (?:places|provinces|regions|policies|documents)|\bacross\b|all (?:provinces|regions)"
        ),
    ),
    (
        "date",
        re.compile(
            r"什么时候|什么时间|何时|啥时候|哪一?年|几月|几号|哪天|哪一天|何年|截止|期限是(?![多几什怎])(?!否)(?=[^，,。]*(?:年|月|日|号|$))|\bwhen\b|what (?:year|date)|which year"
        ),
    ),
    (
        "figure",
        re.compile(
            r"多少|平均(?:薪酬|工资|收入|薪资|年龄|人数)|(?<![哪好这那])几(?![乎何率]|[十百千]万?(?:块|元)?[，,。])|多大|多长|多久|为期|多高|多重"
            r"|(?:比例|占比|金额|总数|总?人数|总额|数量|规模|量级|增长率|增速|增幅|涨幅)(?:$|[，,。？?、呢]|有|是)|\bhow (?:many|much|long|large|big)\b|\bamount\b|number of|percent"
        ),
    ),
    (
        "who",
        re.compile(
            r"谁|哪(?:些|几)?(?:种|类)?(?:人|群体|对象)|什么(?:人(?!才)|群体|对象)|(?:哪|什么)(?:个|些|家|几个)?(?:部门|单位|机构|组织|大学|高校|学校|医院|政府|主体)|哪(?:几)?方(?!面|式|法)|\bwho\b|\bwhom\b"
            r"|which (?:department|agenc|organi[sz]ation|universit|bod)"
        ),
    ),
    (
        "where",
        re.compile(
            r"哪里|哪儿|(?<![强好差难错弱])在哪(?!些?(?:种|个)?(?:情形|情况|条件|方面|场合))|何处|什么地方|哪些地方|哪几个地方|哪(?:些|几个|个)(?:县|市|区|省|地|村|街道|乡|镇|社区)|\bwhere\b"
        ),
    ),
    (
        "definition",
        re.compile(
            r"什么是|指的?是?哪|是什么意思|什么意思|定义|(?:是)?指(?:的是)?什么|所称|含义|what (?:does .* mean|is meant)"
        ),
    ),
    (
        "purpose",
        re.compile(
            r"为什么|为何|为啥|目的|意义|作用|图个?(?:啥|什么)|干嘛用|宗旨|\bwhy\b|\bpurpose"
        ),
    ),
    (
        "procedure",
        re.compile(
            r"怎么(?:申请|办理|办|报名|领取)|如何(?:申请|办理|办|报名|领取)|流程|程序|手续|步骤|\bhow (?:to|do i) apply"
        ),
    ),
    (
        "list",
        re.compile(
            r"哪些|哪几|时间表|一年一年|逐年|分阶段|各阶段|哪[一二三四五六七八九十]+[个项种类级]|分别|些什么|有什么|有啥|包括什么|包括啥|列出|列举|都有(?![^，,。？?]{0,12}吗)"
            r"|(?:概述|综述|简述|阐述|归纳)[^，,。？?]{2,40}(?:内容|举措|措施|做法|要点|任务|方式|成效|成果)"
            r"|[一二两三四五六七八九十]+(?:个|项|大|类|种|条)[^，,。？?]{0,10}(?:展开|详细|具体|逐一)(?:地)?(?:说|讲|谈|介绍)"
            r"|(?:简述|概述|阐述|论述|简要说明|说明|介绍|谈谈|简介)[^，,。？?]{0,30}[二两三四五六七八九十]+(?:个|项|大|类|种|条|方面)"
            r"|[一二两三四五六七八九十]+(?:个|项|大|类|种|级)[^，,。？?]{0,14}(?:是什么|是啥|指什么|内容)|\bwhat are\b|\blist\b|\bwhich\b"
        ),
    ),
    (
        "yes_no",
        re.compile(
            r"吗[？?]?$|是否|是不是|能不能|可不可以|有没有|能否|可否|会不会|要不要|应不应|该不该|需不需要|准不准|允不允许|^(?:is|are|does|do|can|must|did)\b"
        ),
    ),
)

FACETS: dict[FactKind, re.Pattern[str]] = {
    "funding": re.compile(
        r"经费|资金|钱|费用|预算|投入|补贴|补助|拨款|财政|花了|花费|工资|薪酬|待遇|\bfund|\bmoney|\bbudget|\bcost|\bspen[dt]"
    ),
    "target": re.compile(r"目标|指标|要达到|实现什么|完成什么|规划到|\btarget|\bgoal|\baim"),
    "domain": re.compile(
        r"领域|服务内容|服务范围|服务对象|做什么|做哪些|干什么|干(?:点)?(?:啥|什么|嘛)|哪些服务|\bdomain|\bfield|\bservice"
    ),
}

# Words by which documents speak of what is asked: searched for besides the question's own.
FACET_TERMS: dict[FactKind, tuple[str, ...]] = {
    "funding": ("经费", "资金", "预算", "财政"),
    "target": ("目标", "到"),
    "domain": ("领域", "服务内容"),
}
FORM_TERMS: dict[str, tuple[str, ...]] = {
    "where": ("地区", "地点", "县", "区"),
    "served": ("服务对象", "群众", "家庭"),
    "who": ("部门", "联合"),
}
# Headings under which documents put the answer to a form of question.
HEADING_CUES: dict[str, re.Pattern[str]] = {
    "where": re.compile(r"地区|地点|区域|范围|覆盖"),
    "served": re.compile(r"对象|群体|人群"),
    "who": re.compile(r"主体|单位|机构|部门|职责|分工"),
    "purpose": re.compile(r"目的|宗旨|意义|作用|概况|看法|依据|背景"),
    "procedure": re.compile(r"程序|步骤|流程|申请|办理"),
    "funding": re.compile(r"经费|资金|投入|保障"),
    "target": re.compile(r"目标|步骤|任务"),
    "domain": re.compile(r"领域|服务内容"),
}

# Words that ask but name nothing a passage could hold.
ASKING = frozenset(
    "什么 是不是 不是 不一样 一样 不 没 哪些 哪 哪个 哪里 哪儿 怎么 怎样 怎么样 如何 多少 几 几个 几名 几年 谁 啥 咋 何时 何 时候 时间 为什么 是否 有没有 "
    "吗 呢 吧 啊 呀 啦 嘛 请问 请 一下 告诉 说说 介绍 知道 想 了解 讲 讲讲 问 帮 帮我 查 查查 看看 列出 列出来 列举 各讲 各说 各写 逐条 逐一 逐个 我要 背 分别 具体 到底 "
    "的 了 和 与 及 是 在 有 对 为 等 把 被 让 从 到 由 于 以 或 也 都 就 而 且 着 过 给 跟 同 向 往 当 中 上 下 里 内 后 前 "
    "这 那 这个 那个 这些 那些 它 他 她 它们 他们 她们 我 你 您 我们 你们 其 其中 该 此 本 一个 一种 一些 个 名 位 年 月 日 "
    "做到 做成 办到 能 能够 可以 会 要 得 应 应该 应当 需要 必须 将 已 已经 曾 又 还 再 更 最 很 太 比较 一共 一起 一块儿 东西 事 事情 "
    "大概 大约 左右 现在 库里 库中 忙 帮上 背后 做法 到底 老说 算起 年算起 指 意思 含义 目前 今年 本年 当年 时间 关于 有关 根据 按照 通过 进行 弄 搞 做 干 点 干点 啥时候 哪一年 说 叫 算 用 去 来 这批 下去 成 样 种 些 之 所 "
    "总结 概括 概述 归纳 梳理 相比 去年 前年 明年 后年 "
    "是什么 做什么 哪几 几种 哪方面 第几 多久 多长 多大 为期 方面 各 各是 各地 各个 所有 全部 路子 可走 走 好处 待 呆 几招 招 写 写了 这类 类人 两地 三地 四地 两省 三省 两市 提法 表述 不同 异同 之处".split()
)

# Words that name a policy in general; they help to find it but prove little.
WEAK = frozenset(
    "政策 规定 要求 方案 计划 工作 情况 内容 安排 措施 办法 方式 文件 通知 条例 主要 开展 推进 推动 实施 提出 明确 加强 "
    "建设 发展 服务 问题 相关 有关 部门 单位 机构 组织 人员 项目 总共 合计 累计 全国 全省 全市 地方 省 市 区 县 "
    "如何 保障 支持 进一步 具体 哪方面 意义 作用 首创 态度 参与 处理 解决 看待 数量 人数 总人数 规模 量级 增幅 名称 叫 属于 包括 包含 涉及 提到 "
    "来源 提供 打算 准备 怎么办 打造 建立 设立 任务 总共 专业 新".split()
)
