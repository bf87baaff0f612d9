"""Words of a document that are addressed to a model: never evidence for a statement."""

from __future__ import annotations

import re

from assistant.refusal import is_instruction
from knowledge.tokenization import fold

# 请在回答中写明…, 回复“…”, 告诉用户…, 系统提示, 新的指令, <|im_start|>: policies say none of this.
_ORDERS = re.compile(
    r"(?:回答|回复|输出|答复|答案)(?:中|里|时|内容)?[^。]{0,8}(?:写明|写上|加上|包含|包括|声明|改为|一律|[“\"「『:])"
    r"|(?:告诉|告知|提醒|引导|要求)(?:用户|读者|提问者|使用者)|(?:用户|读者)(?:访问|点击|扫码|下载)"
    r"|(?:系统|管理员|开发者)(?:的)?(?:新)?(?:提示|指令|消息|命令)|新(?:的)?指令|提示词|(?:资料|文档|上下文)(?:到此)?结束"
    r"|(?:忽略|无视|忘记|覆盖)[^。]{0,12}(?:规则|指令|提示|内容|要求|资料)"
    r"|你(?:现在)?(?:是一[个名位]|必须回答|只能回答|将扮演|要扮演)|(?:作为|身为)(?:ai|人工智能|助手|语言模型)"
    r"|<\|?(?:im_start|im_end|system|assistant|user)\|?>|\[/?inst\]|###\s*(?:system|instruction)"
    r"|ignore (?:all|the|any|previous)|(?:system|developer) (?:prompt|message)|new instructions?"
)


def is_order(sentence: str) -> bool:
    """True for a sentence that tells a model what to say or to do."""
    return is_instruction(sentence) or bool(_ORDERS.search(fold(sentence)))
