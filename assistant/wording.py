"""Every sentence of the assistant's own, in Chinese and English. None holds a figure."""

from __future__ import annotations

from typing import Literal

Language = Literal["zh", "en"]

_SENTENCES: dict[str, tuple[str, str]] = {
    "no_region": (
        "资料库里没有适用于{place}的政策，因此无法回答。可以换一个地区提问，或先导入{place}的政策文件。",
        "The library holds nothing on {place}, so this cannot be answered. Ask about another "
        "place, or ingest that place's policies first.",
    ),
    "other_place_filtered": (
        "现在只查找适用于{filtered}的文件，而问题问的是{place}。请改选地区或取消地区筛选后再问。",
        "Only documents that apply in {filtered} are searched now, and the question is on {place}. "
        "Choose another region, or none, and ask again.",
    ),
    "nothing": (
        "资料库里没有找到能回答这个问题的内容。可以换一种说法、写明地区或政策名称，或导入相关文件后再问。",
        "The library holds nothing that answers this question. Try other words, name the place or "
        "the policy, or ingest the document first.",
    ),
    "nothing_in_region": (
        "资料库里{place}的政策没有提到这一点，因此无法回答。",
        "The library's policies on {place} do not say this, so it cannot be answered.",
    ),
    "not_in_roster": ("名单里没有“{what}”。", "The roster does not name “{what}”."),
    "leads": (
        "最接近的原文（不是回答，未必说的是这件事；请看过原文再用）：",
        "The nearest passages (not an answer, and perhaps not on this; read them before use):",
    ),
    "no_figure": (
        "资料库里有相关的内容，但没有给出所问的数字，因此无法回答。",
        "The library touches on this, but does not give the figure asked for.",
    ),
    "no_date": (
        "资料库里有相关的内容，但没有写明日期，因此无法回答。",
        "The library touches on this, but does not give the date.",
    ),
    "no_more": (
        "没有找到其他相关的内容，所找到的仍是以下这些：",
        "I found nothing else on this; what was found is still this:",
    ),
    "no_list": (
        "资料库里有相关的内容，但没有列出具体是哪些，因此无法回答。",
        "The library touches on this, but does not name which ones they are.",
    ),
    "places_without": (
        "上表没有列出：{places}；可以单独再问。",
        "Not in the table: {places}; ask about them one by one.",
    ),
    "no_year_in_region": (
        "资料库里{place}的政策没有关于{year}的相应规定，因此无法回答。",
        "The policies of {place} in the library say nothing on this for {year}.",
    ),
    "no_year": (
        "资料库里没有关于{year}的相应规定，因此无法回答。",
        "The library says nothing on this for {year}.",
    ),
    "written_as": (
        "（原文不分条，此处为“{mark}”）",
        " (the document has no articles; this is its “{mark}”)",
    ),
    "no_article": (
        "资料库里没有找到所问的条文。请检查法规名称和条号。",
        "The article asked for was not found in the library. Check the title and the number.",
    ),
    "no_document": (
        "资料库里没有所问的文件，因此无法回答。可以换一个名称再问，或先导入该文件。",
        "The library does not hold the document asked for. Name it otherwise, or ingest it first.",
    ),
    "no_such_part": (
        "该条没有所问的款或项，下面是全条原文：",
        "The article has no such paragraph or item; this is the whole of it:",
    ),
    "no_version": (
        "资料库里没有该文件在所问时间的文本，因此无法回答。可以不限定时间再问，或导入那一版的文件后再问。",
        "The library does not hold this document as it stood at the time asked for. Ask without "
        "a time, or ingest that version first.",
    ),
    "note_not_held": (
        "说明：资料库里没有所问的这份地方文件，以上出自其他文件。",
        "Note: the library does not hold the local rule asked for; this is from other documents.",
    ),
    "note_national": (
        "说明：以上出自全国性规定；{place}如另有规定，以当地规定和主管部门的解释为准。",
        "Note: this is from national rules; {place} may have rules of its own on this.",
    ),
    "listed": ("下面的原文列有所问的“{member}”。", "The text below names “{member}”."),
    "not_listed": (
        "下面的原文没有列出所问的“{member}”。",
        "The text below does not name “{member}”.",
    ),
    "not_all_listed": (
        "说明：原文只列出其中一部分，没有给出完整名单。",
        "Note: the text names only some of them and gives no complete list.",
    ),
    "says_what_is": (
        "找到的原文只写明有什么，没有写明不包括什么，因此无法回答。可以改问包括哪些。",
        "The text found says what there is and not what there is not. Ask what is included instead.",
    ),
    "force_newer": (
        "资料库还收有名称相近、较新的文件：",
        "The library also holds a newer document of a similar name:",
    ),
    "force_unknown": (
        "说明：资料库里没有写明它已经失效；现在是否有效，请向发布机关核实。",
        "Note: the library does not say that it has lapsed; ask its issuer whether it still applies.",
    ),
    "version_older": ("**较早的版本**", "**The older version**"),
    "version_newer": ("**较新的版本**", "**The newer version**"),
    "version_silent": (
        "这一版里没有找到相应的规定。",
        "Nothing on this was found in this version.",
    ),
    "version_aspect": (
        "要看两版在某一点上的不同，请写明要比较的内容，例如罚款、条件或期限。",
        "To see where the versions differ, name what to compare: fines, conditions or time limits.",
    ),
    "note_amended": (
        "说明：{marks}引自旧版，该文件已有新版。{by}",
        "Note: {marks} quotes a former version; a newer one has replaced it. {by}",
    ),
    "note_repealed": (
        "说明：{marks}引自已废止的文件。{by}",
        "Note: {marks} quotes a document that has been repealed. {by}",
    ),
    "by_civil_code": (
        "《中华人民共和国民法典》（第一千二百六十条）自2021年1月1日起废止该法；请以民法典为准。",
        "The Civil Code (article 1260) repealed that law from 1 January 2021; go by the Civil Code.",
    ),
    "by_supreme_court": (
        "最高人民法院的决定（法释〔2020〕16号）自2021年1月1日起废止该解释；请以现行法律和司法解释为准。",
        "A decision of the Supreme People's Court (法释〔2020〕16号) repealed that interpretation from "
        "1 January 2021; go by the laws and interpretations in force.",
    ),
    "note_lapsed": (
        "说明：{marks}所引文件已过有效期，是否仍然适用请向发文机关核实。",
        "Note: the document quoted in {marks} is past its own term; ask its issuer whether it "
        "still applies.",
    ),
    "note_not_yet_in_force": (
        "说明：{marks}所引文件尚未施行。",
        "Note: the document quoted in {marks} is not yet in force.",
    ),
    "note_upcoming": (
        "说明：{marks}所引文件另有尚未施行的新版。{by}",
        "Note: a newer version of the document quoted in {marks} is not yet in force. {by}",
    ),
    "timeline": ("资料库中该文件的版本：", "Versions of this document in the library:"),
    "timeline_columns": ("文件|原文所载日期|效力", "Document|Its date, in its own words|Validity"),
    "timeline_history": (
        "该文件所载的制定与修改经过：",
        "How it was made and amended, in its own words:",
    ),
    "status_current": ("现行有效", "in force"),
    "status_not_yet_in_force": ("尚未施行", "not yet in force"),
    "status_amended": ("旧版，已被新版取代", "former version, replaced"),
    "status_repealed": ("已废止", "repealed"),
    "status_lapsed": ("已过有效期", "past its term"),
    "status_unknown": ("效力未注明", "not stated"),
    "small_talk": (
        "我只回答社会工作政策方面的问题，例如某地的服务领域、目标或经费。请直接提问。",
        "I answer questions on social-work policy only, such as a place's service domains, targets "
        "or funding. Please ask one.",
    ),
    "instruction": (
        "我只根据资料库中的政策原文回答问题，不执行改变这一点的指令。请直接提出政策问题。",
        "I answer from the policies in the library only and do not follow instructions that would "
        "change this. Please ask a policy question.",
    ),
    "no_subject": (
        "请写明问的是哪件事、哪项政策或哪个地区，例如“工伤认定多久出结果”。",
        "Please say what it is about: which matter, policy or place.",
    ),
    "empty": ("请输入一个问题。", "Please enter a question."),
    "too_long": (
        "问题太长（最多 {limit} 个字）。请只写要问的内容。",
        "The question is too long ({limit} characters at most). Please write only what you ask.",
    ),
    "comparison": ("各地的规定如下：", "What each place provides:"),
    "overview": ("资料库中提到这一点的政策：", "Policies in the library that mention this:"),
    "summary": (
        "{title}按部分摘录如下，每部分取首句；要看某一部分的全部内容，请点开出处或再问：",
        "{title} part by part, the first sentence of each; open a citation, or ask, for more:",
    ),
    "summary_cut": (
        "（部分较多，只列前面的。）",
        " (It has many parts; the first ones are shown.)",
    ),
    "place": ("地区", "Place"),
    "says": ("原文", "In the document's words"),
    "not_mentioned": ("（资料库中未提到）", "(not in the library)"),
    "stands_in": ("出处：{titles}", "Where it stands: {titles}"),
    "figure_agrees": ("数字与下面的原文一致：", "The figure agrees with this text: "),
    "figure_differs": (
        "数字与下面的原文不一致，原文是：",
        "The figure differs from this text, which says: ",
    ),
    "number_differs": (
        "原文写的数目与问题里的不同，请以下面的原文为准。",
        "The text counts otherwise than the question; go by the text below.",
    ),
    "missing_places": (
        "资料库里没有找到{places}的相应内容。",
        "The library holds nothing on this for {places}.",
    ),
    "missing_part": (
        "问题的其余部分在资料库里没有找到依据{parts}。",
        "The library holds nothing on the rest of the question{parts}.",
    ),
    "only_place": (
        "资料库中只有{place}的文件写明了这个数字，无法与其他地方比较。",
        "Only documents of {place} give this figure; it cannot be compared with other places.",
    ),
    "changed": (
        "所依据的文件刚刚有改动，请再问一次。",
        "The documents behind this answer have just changed; please ask again.",
    ),
    "library_empty": (
        "资料库还是空的。请先用 policy-assistant ingest 导入政策文件。",
        "The library is empty. Ingest policy documents first: policy-assistant ingest PATH",
    ),
    "differ": (
        "资料库中的文件对此说法不一致，以下并列各方，请向发文机关核实后再引用：",
        "The documents in the library contradict each other on this. Both sides are given; ask "
        "the issuers before relying on either:",
    ),
    "later": ("发布较晚的是{title}。", "The later one is {title}."),
    "law": (
        "其中{title}是法律，效力高于其他文件。",
        "Of these, {title} is a law, which stands above the other documents.",
    ),
    "undated": ("未注明日期", "undated"),
    "no_issuer": ("未注明发文机关", "issuer not stated"),
}


def say(key: str, language: Language, **values: object) -> str:
    """The sentence `key` in `language`, filled in."""
    chinese, english = _SENTENCES[key]
    return (english if language == "en" else chinese).format(**values)
