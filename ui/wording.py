"""Every sentence of the page, Chinese first, English second.

Values may hold named places in braces; `text` fills them in. The values come back as plain
text: whoever puts one on the page escapes it.
"""

from __future__ import annotations

from typing import Literal

from ui.check_wording import CHECK_WORDS

Language = Literal["zh", "en"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")

QUESTION_LIMIT = 500
"""Longest question in characters. A policy question rarely passes 100; a whole case file
pasted in by mistake is stopped here, before anything is done with it."""

EXAMPLE_QUESTIONS: tuple[tuple[str, str], ...] = (
    ("target", "广西医院社工2027年的目标是什么"),
    ("domain", "四川的十个领域是哪些"),
    ("funding", "“三区”计划累计投入多少资金"),
    ("who", "天津的基地和谁合作"),
    ("overview", "哪些政策提到经费"),
    ("english", "How many social workers did Ningxia send in total?"),
)
"""(kind, question) of the empty page: one of each kind of question the library answers."""

WORDS: dict[str, tuple[str, str]] = {
    **CHECK_WORDS,
    # Frame
    "title": ("社工政策助手", "Social Work Policy Assistant"),
    "tagline": ("每一句都能查到原文", "Every sentence traced to its source"),
    "other_language": ("English", "中文"),
    "large_type": ("大字", "Larger text"),
    "new_chat": ("新对话", "New chat"),
    "library": ("资料库", "Library"),
    "skip": ("跳到提问框", "Skip to the question box"),
    "export": ("导出", "Export"),
    "nothing_to_export": (
        "还没有可以导出的对话。请先提问。",
        "There is no conversation to export yet. Ask a question first.",
    ),
    "exported_on": (
        "社工政策助手 · 对话记录 · {day}",
        "Social Work Policy Assistant · conversation · {day}",
    ),
    # Tabs
    "modes": ("功能", "What to do"),
    "mode_ask": ("提问", "Ask"),
    "mode_check": ("核对一句话", "Check a sentence"),
    # Scope
    "region": ("地区", "Region"),
    "document": ("文件", "Document"),
    "all_regions": ("全部地区", "All regions"),
    "all_documents": ("全部文件", "All documents"),
    "scope": ("范围：{scope}", "Within: {scope}"),
    # Welcome
    "welcome": ("想了解哪项社工政策？", "Which social-work policy do you want to know about?"),
    "welcome_detail": (
        "可以问服务领域、目标和经费。回答只取自资料库里的政策文件，点编号就能看到原文；"
        "库里没有的，会直接说没有。",
        "Ask about service domains, targets and funding. Answers come only from the policy "
        "documents in the library; select a number to read the original words. What the "
        "library does not hold is said plainly.",
    ),
    "examples": ("试着问", "Try asking"),
    "example_target": ("目标", "Target"),
    "example_domain": ("领域", "Domains"),
    "example_funding": ("经费", "Funding"),
    "example_who": ("主体", "Who"),
    "example_overview": ("综述", "Overview"),
    "example_english": ("英文提问", "In English"),
    # Composer
    "question": ("问题", "Question"),
    "placeholder": ("输入问题，按回车发送", "Type your question"),
    "send": ("发送", "Send"),
    "stop": ("停止", "Stop"),
    "privacy": (
        "请勿输入服务对象的姓名、证件号、电话、住址等。",
        "Do not enter names, ID numbers, phone numbers or addresses of the people you serve.",
    ),
    "personal_typed": (
        "检测到{kinds}。回答用不到这些，请删去；如果照样发送，会先在本机隐去。",
        "This looks like personal data ({kinds}). The answer does not need it: please delete it. "
        "If you send it anyway, it is removed on this machine first.",
    ),
    "personal_hidden": (
        "{kinds}已在本机隐去，没有用于查找。请尽量不要输入服务对象的个人信息。",
        "Removed on this machine and not used: {kinds}. Please leave personal data of the people "
        "you serve out of questions.",
    ),
    "empty_question": ("请先输入问题。", "Please type a question first."),
    "long_question": (
        "问题有 {length} 个字，最多 {limit} 个字。请只留下要问的那一句，删去个案材料。",
        "The question has {length} characters; the limit is {limit}. "
        "Please keep the question itself and leave out case material.",
    ),
    "unknown_document": (
        "所选文件已不在资料库里。请在“文件”里重新选择。",
        "The chosen document is no longer in the library. Please choose again under “Document”.",
    ),
    # Turn
    "you": ("你的问题", "Your question"),
    "answer": ("回答", "Answer"),
    "stage_question": ("正在理解问题", "Reading the question"),
    "stage_retrieve": ("正在查找政策原文", "Searching the policy documents"),
    "stage_answer": ("正在整理回答", "Writing the answer"),
    "stage_check": ("正在逐句核对出处", "Checking every sentence against its source"),
    "understood_as": ("按此理解：{question}", "Understood as: {question}"),
    "copy": ("复制", "Copy"),
    "copied": ("已复制", "Copied"),
    "copy_failed": ("无法复制，请手动选择文字", "Copying failed; please select the text"),
    "citations": ("出处", "Sources"),
    "more_citations": ("其余 {count} 处出处", "{count} more sources"),
    "open_citation": ("查看出处 {number}：{title}", "Open source {number}: {title}"),
    "stopped": (
        "已停止，回答不完整，未核对出处。",
        "Stopped. This answer is incomplete and unchecked.",
    ),
    "failed": ("没能完成", "Not completed"),
    "unexpected": (
        "这次没能完成回答。请再问一次；如果仍不行，请联系管理员查看运行日志。",
        "The answer could not be completed. Please ask again; if it keeps failing, "
        "ask your administrator to look at the log.",
    ),
    "done": ("回答完成：{status}，{count} 处出处。", "Answer complete: {status}, {count} sources."),
    "done_crisis": (
        "求助热线已显示在回答开头。",
        "Hotlines are shown at the top of the answer.",
    ),
    "hotlines": ("求助热线", "Where to get help now"),
    "call": ("拨打 {number}", "Call {number}"),
    "choices": ("请选择", "Please choose"),
    # Status
    "status_answered": ("有依据", "Supported"),
    "status_partial": ("部分有依据", "Partly supported"),
    "status_no_evidence": ("库中没有依据", "Nothing in the library"),
    "status_clarify": ("需要澄清", "Needs clarification"),
    "status_out_of_scope": ("不在服务范围", "Outside the scope"),
    "status_blocked": ("不能处理", "Cannot be handled"),
    "status_crisis": ("求助信息", "Getting help"),
    # Mode
    "mode_extractive": ("原文摘录", "Quoted from the source"),
    "mode_generative": ("模型生成，请核对原文", "Written by a model; check the source"),
    # What to do next
    "next_no_evidence": (
        "可以换一个说法，或打开资料库看看有哪些文件。",
        "Try other words, or open the library to see which documents it holds.",
    ),
    "leads": (
        "最接近的原文（不是回答，未必说的是这件事；请点开看过再用）",
        "The nearest passages (not an answer, and perhaps not on this; open and read before use)",
    ),
    "next_scoped": (
        "这次只在“{scope}”内查找。可以放宽范围再问一次。",
        "Only “{scope}” was searched. Widen the scope and ask again.",
    ),
    "next_partial": (
        "文件只覆盖了问题的一部分，其余部分库中没有依据。",
        "The documents cover only part of the question; the rest has no support in the library.",
    ),
    "next_out_of_scope": (
        "这里回答社工政策的服务领域、目标和经费。",
        "This assistant answers on domains, targets and funding of social-work policy.",
    ),
    "widen": ("放宽范围再问", "Ask without filters"),
    "open_library": ("打开资料库", "Open the library"),
    # Validity
    "validity_current": ("现行有效", "In force"),
    "validity_not_yet_in_force": ("尚未施行", "Not yet in force"),
    "validity_amended": ("旧版，已被新版取代", "Former version, replaced"),
    "validity_repealed": ("已废止", "Repealed"),
    "validity_lapsed": ("已失效", "Lapsed"),
    "validity_unknown": ("效力未注明", "Validity not stated"),
    # Source panel
    "source_panel": ("原文", "Source"),
    "close": ("关闭", "Close"),
    "issuers": ("发文单位", "Issued by"),
    "document_number": ("文号", "Number"),
    "published_on": ("发布", "Published"),
    "effective_from": ("施行", "In force from"),
    "effective_until": ("有效期至", "In force until"),
    "validity": ("效力", "Validity"),
    "source": ("来源", "Source"),
    "not_stated": ("未注明", "Not stated"),
    "place": ("位置", "Place"),
    "page": ("第 {page} 页", "page {page}"),
    "cited_as": ("引用 {number}", "Source {number}"),
    "whole_text": ("显示全文", "Show the whole text"),
    "excerpt_only": ("只看引用部分", "Show the quoted part"),
    "text_before": ("上文略", "earlier text left out"),
    "text_after": ("下文略", "later text left out"),
    "document_gone": (
        "这份文件已从资料库移除。下面是回答时引用的原文。",
        "This document has been removed from the library. Below are the words that were quoted.",
    ),
    "document_changed": (
        "这份文件已更新，当前版本里找不到这段话。下面是回答时引用的原文。",
        "This document has been updated and no longer holds these words. "
        "Below are the words that were quoted.",
    ),
    "document_moved": (
        "这份文件已更新，这段话仍在当前版本里。",
        "This document has been updated; these words still stand in it.",
    ),
    "document_former": (
        "这是旧版的原文，该文件已有新版。",
        "This is the text of a former version; a newer one has replaced it.",
    ),
    "open_current": ("看资料库里的现行文本", "Show the text the library holds now"),
    "no_document": ("资料库里没有这份文件。", "The library does not hold this document."),
    "conversation_gone": (
        "这次对话已过期，出处不再保留。请重新提问。",
        "This conversation has expired and its sources are gone. Please ask again.",
    ),
    # Library
    "library_count": ("共 {count} 份文件", "{count} documents"),
    "library_hint": (
        "点回答里的编号，这里显示原文和上下文；点文件名可读全文。",
        "Select a number in an answer to read the words in their surroundings, "
        "or a title to read the whole document.",
    ),
    "library_empty": (
        "资料库还没有文件。请用 policy-assistant ingest 加入文件，再刷新本页。",
        "The library is empty. Add documents with policy-assistant ingest, then reload this page.",
    ),
    "library_rest": (
        "另有 {count} 份没有列出，可在“文件”里按标题查找。",
        "{count} more are not listed; find them by title under “Document”.",
    ),
    # Copied text
    "copied_generated": (
        "（以上文字由模型依据所列出处生成，请核对原文。）",
        "(Written by a model from the sources listed; check the originals.)",
    ),
    # Start-up
    "port_in_use": (
        "端口 {port} 已被占用。请用 --port 换一个端口，例如 --port {other}，或先关闭占用它的程序。",
        "Port {port} is in use. Choose another with --port, for example --port {other}, "
        "or stop the program that uses it.",
    ),
    "port_denied": (
        "没有权限使用端口 {port}。请用 --port 选一个 1024 以上的端口，例如 --port 7860。",
        "Port {port} may not be used. Choose one above 1024 with --port, for example --port 7860.",
    ),
    "port_range": (
        "端口 {port} 不存在。请用 --port 选 1024 到 65535 之间的数，例如 --port 7860。",
        "There is no port {port}. Choose one from 1024 to 65535 with --port, for example "
        "--port 7860.",
    ),
    "host_unusable": (
        "不能在地址 {host} 上提供页面。请用 --host 换一个本机地址，例如 --host 127.0.0.1。",
        "The page cannot be served at {host}. Choose an address of this machine with --host, "
        "for example --host 127.0.0.1.",
    ),
}


def text(key: str, language: str, **values: object) -> str:
    """The sentence `key` in `language` ("en"; anything else is Chinese), places filled in."""
    zh, en = WORDS[key]
    sentence = en if language == "en" else zh
    return sentence.format(**values) if values else sentence


def both(key: str, **values: object) -> tuple[str, str]:
    """The sentence in Chinese and in English, for an error."""
    return text(key, "zh", **values), text(key, "en", **values)
