from __future__ import annotations

from knowledge.documents import Heading
from knowledge.structure import find_headings, heading_path_at

NOTICE = "关于加强站点建设的通知\n各县：\n现印发给你们，请执行。\n"


def path(text: str, words: str) -> tuple[str, ...]:
    return heading_path_at(find_headings(text), text.index(words))


def attachments(text: str) -> list[Heading]:
    return [heading for heading in find_headings(text) if heading.text.startswith("附")]


def test_an_attachment_carries_the_title_on_the_line_below_it() -> None:
    text = (
        NOTICE
        + "附件1\n\n站点建设标准\n\n一、场地\n不少于五十平方米。\n附件 2：\n申请办法\n填表。\n"
    )
    assert path(text, "五十") == ("附件1 站点建设标准", "一、场地")
    assert path(text, "填表") == ("附件 2 申请办法",)


def test_a_title_over_several_lines_is_taken_whole_and_a_form_is_not() -> None:
    text = NOTICE + "附件\n某省民政厅\n关于适用条例的解释\n（试行）\n为正确适用条例，解释如下。\n"
    assert path(text, "为正确") == ("附件 某省民政厅 关于适用条例的解释 （试行）",)
    form = NOTICE + "附件\n姓名\n性别\n电话\n住址\n请如实填写。\n"
    assert path(form, "请如实") == ("附件",)


def test_attachments_that_a_notice_lists_are_not_opened_there() -> None:
    listed = "附件：1.标准\n2.申请表\n某省民政厅\n2024年3月1日\n"
    text = NOTICE + listed + "附件1\n标准\n场地应当宽敞。\n附件2\n申请表\n填表须知。\n"
    assert [heading.text for heading in attachments(text)] == ["附件1 标准", "附件2 申请表"]

    text = (
        NOTICE
        + "附件1：标准\n附件2：申请表\n某省民政厅\n附件1：标准\n场地宽敞。\n附件2：申请表\n须知。\n"
    )
    assert [path(text, "宽敞"), path(text, "须知")] == [("附件1：标准",), ("附件2：申请表",)]
    assert len(attachments(text)) == 2


def test_an_unnumbered_attachment_with_its_title_opens_when_text_follows() -> None:
    text = NOTICE + "附件：站点建设标准\n某省民政厅\n附件：站点建设标准\n场地应当宽敞。\n"
    assert [heading.text for heading in attachments(text)] == ["附件：站点建设标准"]
    assert path(text, "宽敞") == ("附件：站点建设标准",)
    assert attachments(NOTICE + "附件：站点建设标准\n某省民政厅\n2024年3月1日\n") == []


def test_annexes_by_other_names() -> None:
    text = "第一条 甲。\n附：补助标准\n| 县 | 元 |\n| a | 2 |\n附录一 名词解释\n乙。\n附表2 收费\n丙。\n"
    assert path(text, "| a") == ("附：补助标准",)
    assert path(text, "乙") == ("附录一 名词解释",)
    assert path(text, "丙") == ("附表2 收费",)


def test_articles_of_an_attachment_begin_anew() -> None:
    text = (
        NOTICE
        + "附件1\n站点办法\n第一章 总则\n第一条 甲。\n第二条 乙。\n附件2\n经费办法\n第一条 丙。\n"
    )
    assert path(text, "乙") == ("附件1 站点办法", "第一章 总则", "第二条")
    assert path(text, "丙") == ("附件2 经费办法", "第一条")


def test_running_text_about_an_attachment_is_no_heading() -> None:
    assert attachments("附件所列标准由县级执行。\n附件1所列标准\n附近居民均可参加\n") == []
