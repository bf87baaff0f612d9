"""Text that tries to give the assistant orders instead of asking a policy question.

An order is told from a question by whom it speaks to: 忽略以上规则 speaks to the assistant,
社工可以忽略服务对象的要求吗 asks about social workers. Spellings that hide an order (full-width,
traditional, spaced, invisible characters, pinyin) are brought to one form first.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata

from knowledge.tokenization import fold

_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r"\s")
# Separators between single characters: 忽.略.以.上, 忽-略-以-上, 忽|略.
_BETWEEN = re.compile(r"(?<=[一-鿿])[.\-_*·|/\\~,，、。+]+(?=[一-鿿](?:[.\-_*·|/\\~,，、。+]|$))")

_DROP = r"(?:忽略|无视|忘记|忘掉|忘了|不要理会|不用理会|别理会?|不要管|不用管|绕过|跳过|绕开|覆盖|抛开|抛弃|丢弃|清除|清空|不遵守|不要遵守|停止遵守|作废|解除|取消|关闭|突破)"
_MINE = r"(?:以上|上面|上述|前面|之前|此前|先前|刚才|所有|一切|全部|任何|你的?|你所有|系统|原来|原有|初始|内置|既定|预设|开发者|后台|安全|这些|那些)"
_RULES = r"(?:指令|指示|规则|设定|设置|要求|提示词?|提示语|限制|约束|内容|命令|对话|文字|话|说明|身份|角色|规范|规定|引用|来源|文件|资料|prompt)"
_ORDER = re.compile(
    rf"{_DROP}(?:掉|了|一下)?(?:{_MINE}的?){{1,3}}[^。？?！!，,吗]{{0,6}}?{_RULES}"
    rf"|{_DROP}(?:掉|了)?(?:{_MINE}的?){{1,2}}(?:$|[。！!，,；;:：]|并|然后|改|直接|只)"
    rf"|^{_DROP}(?:掉|了)?{_RULES}(?!.*[吗?？])"
    rf"|把?{_MINE}的?{_RULES}(?:都|全部?|统统)?(?:忽略|忘掉|忘记|忘了|作废|清空|删掉|删除)(?!.*[吗?？]$)"
    r"|(?:系统|内部|隐藏|初始|后台)(?:的)?(?:提示词|提示语|指令|设定|prompt)|提示词(?:是什么|原文|全文|内容)|(?:输出|打印|显示|告诉|泄露|复述|重复|背出|展示|给我|列出|翻译|总结)[^。]{0,8}(?:提示词|系统消息|system|prompt|你的(?:指令|规则|设定|配置))"
    r"|把你(?:的|收到|看到|最初|开头|一开始)[^。]{0,8}(?:规则|设定|指令|提示|话|消息)|你(?:收到|看到)的?(?:第一条|最初|上一条|所有)(?:消息|指令|提示)"
    r"|(?:输出|打印|显示|告诉我?|泄露|给我|发送?|列出|读取)[^。]{0,6}(?:api ?key|密钥|密码|口令|环境变量|配置文件|settings\.env|数据库|/etc/|令牌|token)"
    r"|(?:从现在起|从现在开始|现在开始|接下来|今后|以后|此后)[^。]{0,6}你(?:是|要|将|就|扮演|只|必须|不再)"
    r"|你(?:现在|今后|从此|已经)?(?:扮演|假装|假设(?:自己|你)?是|充当|化身|变成|进入|切换(?:到|为)|不再是|就是一个|是一个(?:没有|不受))"
    r"|(?:扮演|假装你?是|假设你是|充当|化身为?)(?:一[个名位]|我的|没有|不受|黑客|海盗|奶奶|猫|dan)(?!.{0,12}(?:吗|什么|哪))"
    r"|(?:不受|没有|取消|解除)(?:任何|一切)?(?:限制|约束|审查)的(?:助手|ai|模型|机器人|模式|回答)|(?:开发者|调试|管理员|上帝|越狱|无限制|dan|维护)模式|越狱"
    r"|^(?!.*(?:[吗?？]$|怎么|如何|什么|处罚|责任))(?:请|帮我|给我|随便|自己|直接)?(?:给我|帮我|随便|自己)?(?:编|编造|捏造|虚构|杜撰|瞎编|伪造)(?:一个|一份|一条|一段|几个|个|份|条|出|些)"
    r"|(?:只|统一|一律|必须)(?:能|许|准|要|需)?(?:回复|回答|输出|说)[“\"「『‘:：]|(?:不要|别|无需|不用|不必)(?:再)?(?:引用|注明|标注|检索|查)(?:任何)?(?:来源|出处|资料|文件|原文|资料库)"
    r"|重复(?:以上|上面|我说|下面)(?!第)|(?:用|凭|根据)你自己的(?:知识|记忆|经验|理解)|(?:执行|运行|照做|遵循|听从)(?:下面|以下|这段|这个|文件|文档|其中|里面)[^。]{0,6}(?:指令|命令|代码|脚本|要求)"
    r"|(?:解码|解密|decode|base ?64|rot13|反过来读|倒序|摩斯)[^。]{0,24}(?:执行|照做|遵|回答|follow|execute|obey|指令)"
    r"|(?:新的?|最高|系统)(?:优先级?)?(?:指令|命令)[:：]|\[?(?:system|系统|assistant|inst|管理员)\]?[:：]|<\|?(?:system|im_start|assistant)|<<sys>>|###? ?(?:system|instruction|指令|系统)"
    r"|ignore (?:all |any |the |your |these |previous |prior |above )*(?:previous|above|prior|earlier|instructions?|rules|prompts?|guidelines)|disregard (?:all|any|the|your|previous|prior|above)|forget (?:everything|all|your|previous|the above)"
    r"|system prompt|you are now|pretend (?:to be|you)|(?:^|you (?:will |must )?|please |now |and )act as (?:a|an|my|if)|jailbreak|make up (?:a|an|some|the)|developer mode|do anything now|reveal (?:your|the)|repeat (?:everything|the words|all) above|without (?:any )?citations?"
)
# The same in pinyin, read without spaces and tones.
_PINYIN = re.compile(
    r"h[uv]l[uv]?e?(?:diao)?(?:yishang|shangmian|qianmian|zhiqian|suoyou|nide|xitong)|wushi(?:yishang|shangmian|qianmian|suoyou|nide)|wangji(?:yishang|shangmian|zhiqian|suoyou|nide)|xitongtishi|tishici|nixianzai(?:shi|banyan)|zhihuifu|zhishuchu|banyan(?:yige|haidao)"
)
# A question about people at work, not an order to the assistant.
_ABOUT = re.compile(
    r"(?:社工|社会工作者|机构|家长|父母|监护人|服务对象|案主|单位|部门|老师|教师|医生|政府|街道|居委会|村委会|申请人|志愿者|督导|企业|法院|学校|儿童|老人|公民|民政|人员|当事人|法人|组织|企业|经营者)"
)
_QUESTION = re.compile(r"[吗么呢][?？。]?$|[?？]$|是否|能否|可否|怎么|怎样|如何|哪些|什么|多少|谁")
_TO_ASSISTANT = re.compile(
    r"你|助手|机器人|模型|ai|prompt|提示词|系统(?:提示|指令)|以上(?:所有|的?指令|的?规则)?(?:指令|规则|内容)|上面的?(?:指令|规则|话|内容)|回复|输出|扮演|假装|只回答|指令"
)
_BASE64 = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")


def is_instruction(text: str) -> bool:
    """True for text that tries to give the assistant orders instead of asking."""
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    folded = fold(visible)
    forms = dict.fromkeys(
        (folded, _SPACES.sub("", folded), _SPACES.sub("", _BETWEEN.sub("", folded)))
    )
    if any(_is_order(form) for form in forms):
        return True
    if _PINYIN.search(_letters(folded)):
        return True
    return any(_is_order(fold(hidden)) for hidden in _decoded(visible))


def _is_order(text: str) -> bool:
    if not _ORDER.search(text):
        return False
    asks_about_others = _ABOUT.search(text) and _QUESTION.search(text)
    return not asks_about_others or bool(_TO_ASSISTANT.search(text))


def _letters(text: str) -> str:
    """The Latin letters of `text` without tones and spaces; v stands for ü."""
    plain = unicodedata.normalize("NFKD", text.replace("ü", "v").replace("u:", "v"))
    return re.sub(r"[^a-z一-鿿]", "", plain)


def _decoded(text: str) -> list[str]:
    """What stands in `text` in Base64, where it is readable."""
    found = []
    for match in _BASE64.finditer(text):
        try:
            found.append(base64.b64decode(match.group() + "==").decode("utf-8"))
        except (binascii.Error, ValueError):
            continue
    return found
