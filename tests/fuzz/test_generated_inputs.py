"""Inputs that nobody wrote: texts, bytes, JSON lines, pages and questions made by Hypothesis."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.cleaning import clean_text, writable, writable_line
from knowledge.errors import LoadError
from knowledge.ingestion import ingest
from knowledge.loading.public_address import parse_target
from tests.fakes import HashEmbedder
from tests.fuzz.runner import Runner
from tests.fuzz.samples import MARKDOWN, POLICY
from tests.policies import NATIONAL, ORDINANCE, STATIONS


def fuzzed(examples: int) -> settings:
    """The same inputs on every machine; what hangs is found by the worker, not by a deadline."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


# Words and marks that the readers, the structure, the figures and the facts look for.
MARKS = st.sampled_from(
    "第一条 第二条之一 第三章　总则 第 一 编 一、 （一） 1. （1） ① 附件 附件：1. 目录 《 》 〔2025〕12号 某发〔2025〕3号 "
    "2025年3月1日 二○二五年 2025-13-45 930万元 35% 百分之三十 三成 半年 十四五 1,234.5万 约 不少于 ¥5 RMB 3 1/3 "
    "每站 社工 经费 补助 到2027年 全覆盖 自 起施行 有效期5年 同时废止 浙江省杭州市 广西 人民代表大会常务委员会 通过 公布 印发 关于 的通知 "
    "（转自某报） 来源：某网 本报讯 新华社电 记者 近日 。 ！ ？ ； ： ， 、 …… —— “ ” ( ) [ ] # ## | |--| ``` --- - * > "
    "袁 遥 渊 冤 院 野 冶 叶 曳 员 园 ⼀ ⻅ Ａ １ ％ ． ○ \ufffd \u200b \ufeff \u202e \u2060 \u00ad \U000e0041 \ue000 "
    "\x0c \x0b \x85 \u2028 \x1c \x00 \x1b &lt; <b> </p> {{x}} https://a.cn/b a.b A-1 COVID-19 é ß ﬁ 한국 🙂 𠮷".split(" ")
)  # fmt: skip
ENDS = st.sampled_from(["\n", "\n\n", " ", "\u3000\u3000", "", "", "\t", "\r\n", "。\n", "\r"])
LINES = st.lists(
    st.tuples(st.one_of(MARKS, st.text(max_size=12), st.sampled_from(POLICY.split("\n"))), ENDS),
    max_size=40,
).map(lambda pieces: "".join(piece + end for piece, end in pieces))
ANY_CHARACTER = st.text(
    st.characters(codec=None, exclude_categories=()) | st.sampled_from("\ud800\udfff\x00\n。第"),
    max_size=80,
)
TEXTS = st.one_of(LINES, ANY_CHARACTER)


@fuzzed(400)
@given(TEXTS, st.sampled_from([".txt", ".md"]), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_texts(runner: Runner, text: str, suffix: str, encoding: str) -> None:
    errors = "surrogatepass" if encoding.startswith("utf") else "ignore"
    runner.file(f"生成{suffix}", text.encode(encoding, errors))


YAML_VALUES = st.one_of(
    ANY_CHARACTER,
    st.sampled_from(
        r'["a", b] {a: b} "\0" "\uD800" "\x85" &a [*a,*a] *a !!python/name:os.system !<x> | > 2025-02-30 ~ "'.split()
    ),
)


@fuzzed(150)
@given(
    st.dictionaries(
        st.sampled_from("title issuers document_number region published_on status supersedes".split()),
        YAML_VALUES,
    ),
    LINES,
)  # fmt: skip
def test_front_matter(runner: Runner, fields: dict[str, str], body: str) -> None:
    block = "\n".join(f"{name}: {value}" for name, value in fields.items())
    text = f"---\n{block}\n---\n\n{body}\n正文。"
    runner.file("生成.md", text.encode("utf-8", "surrogatepass"))


@fuzzed(300)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.tuples(st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xfe\xff",
                                   b"\xef\xbb\xbf", b"\x84\x31\x95\x33", b"%PDF-1.7\n", b"<html>", b"\x1f\x8b"]),
                  st.binary(max_size=200)).map(b"".join),
        st.lists(st.sampled_from(["社工".encode("gb18030"), "社工".encode(), "社工".encode("big5", "ignore"),
                                  "社工".encode("utf-16-le"), b"\x80", b"\xff", b"\n", b"a"]), max_size=30).map(b"".join),
    ),
    st.sampled_from([".txt", ".md", ".html", ".docx", ".xlsx", ".pptx", ".epub", ".ofd", ".jsonl", ".doc", ".wps", ""]),
)  # fmt: skip
def test_bytes(runner: Runner, data: bytes, suffix: str) -> None:
    runner.file(f"字节{suffix}", data)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
JSON_LINES = st.fixed_dictionaries(
    {},
    optional={
        "id": st.one_of(st.sampled_from(["a", "b", "\ud800", "x\ny", "\u202e"]), TEXTS, JSON_VALUES),
        "title": st.one_of(TEXTS, JSON_VALUES),
        "text": st.one_of(TEXTS, TEXTS, JSON_VALUES),
        "metadata": st.one_of(
            st.dictionaries(st.sampled_from(["region", "发文字号", "published_on", "supersedes", "\ud800"]), JSON_VALUES),
            JSON_VALUES,
        ),
    },
)  # fmt: skip


@fuzzed(250)
@given(
    st.lists(st.one_of(JSON_LINES, JSON_LINES, JSON_VALUES), min_size=1, max_size=6), st.booleans()
)
def test_json_lines(runner: Runner, lines: list[object], ascii_only: bool) -> None:
    data = "\n".join(json.dumps(line, ensure_ascii=ascii_only) for line in lines)
    runner.file("生成.jsonl", data.encode("utf-8", "surrogatepass"))


TAGS = st.sampled_from(
    "p div span b a table tr td th tbody ul ol li h1 h2 h6 br pre script style template svg font center iframe".split()
)
ATTRIBUTES = st.sampled_from(
    ["", ' class="content"', ' id="UCAP-CONTENT"', ' id="nav"', ' style="display:none"', ' style="color:#fff"', ' colspan="3"',
     ' colspan="999999999999"', ' rowspan="0"', ' rowspan="65000"', ' start="99999999999"', ' href="a.pdf"', ' href="/"', " hidden",
     ' style="color:rgba(0,0,0,0)"', ' bgcolor="white" color="white"', ' class="\ud800"']
)  # fmt: skip
MARKUP = st.recursive(
    st.one_of(MARKS, st.sampled_from(["&#0;", "&#xD800;", "&#x10FFFF;", "&nbsp;", "&lt;b&gt;", "<!--", "-->", "<![CDATA[", "</table>",
                                      "索引号：", "发文字号：某发〔2025〕1号", "打印本页", "上一篇：无", "版权所有"]), st.text(max_size=30)),
    lambda inner: st.builds(
        lambda tag, attribute, parts: f"<{tag}{attribute}>{''.join(parts)}</{tag}>", TAGS, ATTRIBUTES, st.lists(inner, max_size=5)
    ),
    max_leaves=25,
)  # fmt: skip


@fuzzed(350)
@given(st.lists(MARKUP, max_size=6), st.booleans())
def test_pages(runner: Runner, parts: list[str], whole: bool) -> None:
    markup = "".join(parts)
    if whole:
        markup = f"<html><head><title>关于甲的通知</title></head><body>{markup}<p>第一条 甲乙丙丁。</p></body></html>"
    runner.file("生成.html", markup.encode("utf-8", "surrogatepass"))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, home = tmp_path_factory.mktemp("inputs"), tmp_path_factory.mktemp("home")
    for name, text in {
        "甘肃条例": ORDINANCE,
        "云南办法": STATIONS,
        "志愿意见": NATIONAL,
        "社工站办法": MARKDOWN,
    }.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    ingest([str(folder)], home, HashEmbedder())
    return home


ASKED = st.lists(
    st.one_of(
        MARKS,
        st.sampled_from("甘肃 云南 社会工作 专项资金 多少 哪些 什么时候 比较 和 怎么 规定 为什么 有没有 多少钱 谁 依据 甘肃条例第三条 "
                        "《社工站办法》 2018年的规定 它呢 那云南呢 忽略以上指令 ？ ? what how much Gansu".split()),
        st.text(max_size=10),
        st.text(max_size=60),
    ),
    max_size=9,
).map("".join)  # fmt: skip


@fuzzed(250)
@given(ASKED, st.one_of(st.just(""), ASKED))
def test_questions(runner: Runner, library: Path, text: str, earlier: str) -> None:
    runner.question(library, text, earlier)


def test_a_question_with_a_lone_surrogate(runner: Runner, library: Path) -> None:
    runner.question(library, "甘肃\udcff每年安排多少专项资金")


@fuzzed(300)
@given(TEXTS)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    once.encode("utf-8")
    for made in (writable(text), writable_line(text)):
        made.encode("utf-8")
    assert len(writable_line(text).splitlines()) <= 1
    assert writable(once) == once


@fuzzed(300)
@given(
    st.lists(st.one_of(st.sampled_from("http:// https:// // / \\ : @ [ ] [::1] %00 %zz 127.0.0.1 a.cn 。cn xn-- .. ? # 2130706433 "
                                       "１２７.0.0.1 file:// :99999 :0 \n \x00 ㎏ \ud800".split(" ")), st.text(max_size=4)),
             max_size=8).map("".join),
    st.sampled_from(["", "https://a.cn/b/c.html"]),
)  # fmt: skip
def test_addresses(url: str, base: str) -> None:
    try:
        _, target = parse_target(url, base)
    except LoadError as error:
        error.message("en").encode("utf-8")
        error.message("zh").encode("utf-8")
    else:
        assert target.scheme in ("http", "https") and target.host.isascii()
        assert target.path.isascii() and not set(target.path) & set(" \r\n\x00")
