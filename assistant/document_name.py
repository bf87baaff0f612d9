"""The documents a question names: titles in 《》, and laws by their bare names (慈善法第三条).

Told from the words alone: what a library holds changes, what counts as naming a law does not.
"""

from __future__ import annotations

import re

_BOOK_TITLE = re.compile(r"《[^《》]{2,80}》")
# 办法 and 规定 are also everyday words (有什么办法): they count where the words before name a rule.
_LAW = re.compile(
    r"[一-鿿]{1,24}?(?:"
    r"(?<![方办做说用司立执违合依非想看无没守普犯手技书疗枪变])法(?![律院人官定规治制庭学案援理则宝币新典])"
    r"|条例(?:实施细则)?|(?:暂行|管理|实施|登记|奖励|表彰|评估|监督|救助|优待|若干|特别|具体)(?:办法|规定)|实施细则|法典)"
)
# Whatever stands before the last of these is not part of the name.
_BEFORE_NAME = re.compile(
    r"^.*(?:[的了吗呢在按据照依从对于与跟把被让是到，,。；;：:？?！!]|(?<!预防)(?<!规范)(?<!保护)和|请问|关于|那么|还有|想问|问问|问一下|查一下|查查|看看"
    r"|说说|介绍|比较|换成|改成|改为|换|帮我|什么|哪个|怎么|讲讲|这(?:部|个|一部|条)|那(?:部|个|一部)|该|本|此|上述|属|即|违反|根据|现行|最新|新版?|旧版?)"
)
_LEADING = re.compile(r"^(?:那|查|看|问|说|按|而|再|就|又|指)(?=[一-鿿]{3})")
_SHORTEST = 2


def named_documents(text: str) -> tuple[str, ...]:
    """The names in `text` (simplified script), in its order, each once; titles keep their 《》."""
    found = {match.start(): match.group() for match in _BOOK_TITLE.finditer(text)}
    bare = _BOOK_TITLE.sub(lambda match: "，" * len(match.group()), text)
    for match in _LAW.finditer(bare):
        name = _LEADING.sub("", _BEFORE_NAME.sub("", match.group()))
        if len(name) >= _SHORTEST and name not in ("条例", "法典"):
            found[match.end() - len(name)] = name
    return tuple(dict.fromkeys(found[start] for start in sorted(found)))
