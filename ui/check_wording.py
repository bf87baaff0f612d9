"""The sentences of the second tab, Chinese first, English second; read through `ui.wording`."""

from __future__ import annotations

CHECK_WORDS: dict[str, tuple[str, str]] = {
    "check_intro": (
        "粘贴一句话或一段话（报告、同事的转述、别的助手的回答都可以），逐句看资料库里的政策原文是否支持，"
        "不一致的地方在哪里。",
        "Paste a sentence or a paragraph (from a report, a colleague, another assistant). Each "
        "sentence is compared with the policy documents in the library, and you see what differs.",
    ),
    "check_text": ("要核对的话", "Text to check"),
    "check_text_hint": (
        "例如：广西到2027年二级以上医院社会工作服务全覆盖。",
        "For example: a sentence with a figure, a date or a place",
    ),
    "check_evidence": ("依据（可不填）", "Evidence (optional)"),
    "check_evidence_hint": (
        "填写后只按这段文字核对，不查资料库",
        "If you paste a text here, only this text is used, not the library",
    ),
    "check": ("核对", "Check"),
    "clear": ("清空", "Clear"),
    "checking": ("正在逐句核对", "Checking sentence by sentence"),
    "check_empty": ("请先粘贴要核对的话。", "Please paste the text to check first."),
    "check_nothing": (
        "里面没有可以核对的句子。请写成完整的一句话。",
        "There is no sentence to check in it. Please write a full sentence.",
    ),
    "check_long": (
        "要核对的话有 {length} 个字，一次最多 {limit} 个字。请分段核对。",
        "The text has {length} characters; {limit} are checked at a time. Please check it in parts.",
    ),
    "check_evidence_long": (
        "依据有 {length} 个字，最多 {limit} 个字。请只留下相关的段落。",
        "The evidence has {length} characters; the limit is {limit}. Please keep the passages that "
        "matter.",
    ),
    "check_failed": (
        "这次没能完成核对。请再试一次；如果仍不行，请联系管理员查看运行日志。",
        "The check could not be completed. Please try again; if it keeps failing, ask your "
        "administrator to look at the log.",
    ),
    "check_personal": (
        "检测到{kinds}。只在本机核对，不外传、不保存到磁盘；核对用不到的，请删去。",
        "This looks like personal data ({kinds}). It is checked on this machine only and not "
        "saved; please delete what the check does not need.",
    ),
    "check_all": (
        "共 {count} 句，都有依据。",
        "Sentences: {count}. All of them are supported.",
    ),
    "check_some": (
        "共 {count} 句：{supported} 句有依据，{rest} 句未得到支持。",
        "Sentences: {count}. Supported: {supported}. Not supported: {rest}.",
    ),
    "check_by_library": ("按资料库核对", "Checked against the library"),
    "check_by_evidence": ("只按所给依据核对", "Checked against the evidence given"),
    "claim_supported": ("有依据", "Supported"),
    "claim_unsupported": ("未得到支持", "Not supported"),
    "claim_not_found": ("没有找到依据", "Nothing found"),
    "check_caution": (
        "“未得到支持”只表示这里的文字没有这样说，不等于说错；请点编号核对原文。",
        "“Not supported” means that the texts here do not say so; it may still be true. Select a "
        "number to compare the original words.",
    ),
    "given_evidence": ("所给的依据", "The evidence given"),
    "check_gone": (
        "这次核对已过期，出处不再保留。请重新核对。",
        "This check has expired and its sources are gone. Please check again.",
    ),
}
