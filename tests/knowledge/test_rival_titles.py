"""Of documents with titles alike the one that the question names whole goes first."""

from __future__ import annotations

import pytest

from knowledge.ingestion import catalog_path, index_folder, ingest
from knowledge.retrieval import PARTS, HybridRetriever, SearchQuery
from knowledge.rival_titles import unnamed_rivals
from tests.knowledge.conftest import Home


@pytest.mark.parametrize(
    ("question", "titles", "rivals"),
    [
        ("哪些地方种植黄蝉？", ["软枝黄蝉", "黄蝉"], [True, False]),
        ("鬣齿兽出现在哪一时期？", ["鬣齿兽科", "鬣齿兽"], [True, False]),
        ("临江市物业条例怎么规定", ["江北市物业条例", "临江市物业条例"], [True, False]),
        (
            "《临江市物业条例》怎么规定",
            ["临江市物业条例（2018年修正）", "江北市物业条例"],
            [False, True],
        ),
        ("臨江市物業條例怎麼規定", ["江北市物业条例", "临江市物业条例"], [True, False]),
    ],
)
def test_a_title_like_the_named_one_is_its_rival(
    question: str, titles: list[str], rivals: list[bool]
) -> None:
    assert unnamed_rivals(question, titles) == rivals


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        # Named by the way: the text on another thing may well answer.
        ("为什么木卫一的表面是黄色的？", ["硫", "木卫一"]),
        # Both are named, or none is.
        ("软枝黄蝉和黄蝉有什么不同", ["软枝黄蝉", "黄蝉"]),
        ("花期是什么时候", ["软枝黄蝉", "黄蝉"]),
        ("", ["黄蝉"]),
        ("哪些地方种植黄蝉？", ["", "黄蝉"]),
        ("哪些地方种植黄蝉？", []),
    ],
)
def test_other_titles_are_no_rivals(question: str, titles: list[str]) -> None:
    assert unnamed_rivals(question, titles) == [False] * len(titles)


def test_the_search_puts_the_named_document_before_one_that_is_as_near(home: Home) -> None:
    text = "物业费由业主和物业公司约定，约定之前应当公示。"
    sources = [
        home.write(f"{name}.md", f"---\ntitle: {name}\n---\n\n{text}{more}\n")
        for name, more in (("江北市物业办法", ""), ("临江市物业办法", "本办法由市政府负责解释。"))
    ]
    ingest(sources, home.folder, home.embedder)
    asked = SearchQuery("临江市物业办法里物业费由谁约定")
    scores = {}
    for parts in (PARTS, PARTS - {"titles"}):
        retriever = HybridRetriever(
            catalog_path(home.folder), index_folder(home.folder), home.embedder, parts=parts
        )
        hits = retriever.retrieve(asked, 2)
        scores[parts == PARTS] = {hit.passage.title: hit.score for hit in hits}
        if parts == PARTS:
            assert hits[0].passage.title == "临江市物业办法"
    assert scores[True]["江北市物业办法"] < scores[False]["江北市物业办法"]
    assert scores[True]["临江市物业办法"] == scores[False]["临江市物业办法"]
