"""The public data sets as questions with the documents that answer them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import UsageError
from evals.retrieval.dataset import DATASETS
from evals.retrieval.question import RetrievalData
from tests.evals.retrieval_data import write_articles, write_lay, write_noise, write_script

BY_NAME = {dataset.name: dataset for dataset in DATASETS}
SHARED = Path(__file__).parents[2].parent / "shared" / "data"


def read(name: str, folder: Path) -> RetrievalData:
    return BY_NAME[name].read(BY_NAME[name].find(folder))


def test_missing_data_are_named_with_the_place_that_was_looked_at(tmp_path: Path) -> None:
    for dataset in DATASETS:
        with pytest.raises(UsageError) as caught:
            dataset.find(tmp_path)
        assert dataset.files[0] in caught.value.message("en")
        assert str(tmp_path) in caught.value.message("zh")


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    write_lay(tmp_path)
    for content in (b"{", b"\x1f\x8b\x08\x00broken"):
        (tmp_path / "stard/corpus.jsonl.gz").write_bytes(content)
        with pytest.raises(UsageError, match="corpus"):
            read("lay", tmp_path)


def test_an_article_is_one_unit_in_all_versions_of_its_law(tmp_path: Path) -> None:
    data = read("articles", write_articles(tmp_path))
    first, second, dated = data.questions
    assert data.unit("a1") == data.unit("a2") and first.gold == {data.unit("a2")}
    assert data.unit("b1") != data.unit("b2")
    assert first.newest == {"a2"}
    assert second.newest == frozenset()
    assert dated.newest == frozenset(), "a question that names a year may mean an older text"
    assert [q.id for q in data.questions] == ["articles/q1", "articles/q2", "articles/q3"]


def test_articles_carry_the_date_of_their_version(tmp_path: Path) -> None:
    documents = {d.id: d for d in read("articles", write_articles(tmp_path)).documents}
    assert documents["a2"].fields()["metadata"] == {"published_on": "2019-05-06"}
    assert "metadata" not in documents["b1"].fields()
    assert documents["b2"].text.startswith("第二条　")


def test_traditional_text_is_asked_in_simplified_script(tmp_path: Path) -> None:
    data = read("script", write_script(tmp_path))
    (question,) = data.questions
    assert question.text == "海城有几间活动室？"
    assert question.answers == (("十二間",),)


def test_any_positive_snippet_answers_and_every_answer_is_wanted(tmp_path: Path) -> None:
    one, two = read("noise", write_noise(tmp_path)).questions
    assert one.gold == {"n0"} and two.gold == {"n0", "n1"}
    assert one.answers == (("七月三日", "7月3日"),)
    assert two.answers == (("七月三日",), ("八月九日",))


def test_other_data_have_another_digest(tmp_path: Path) -> None:
    lay = read("lay", write_lay(tmp_path))
    assert lay.digest() == read("lay", tmp_path).digest()
    asked = RetrievalData("lay", lay.documents, ())
    assert asked.documents_digest() == lay.documents_digest()
    assert asked.digest() != lay.digest()
    fewer = RetrievalData("lay", lay.documents[1:], lay.questions)
    assert fewer.documents_digest() != lay.documents_digest()


@pytest.mark.skipif(not (SHARED / "rgb_zh").is_dir(), reason="needs ../shared/data")
def test_every_question_of_the_shared_data_has_its_gold_among_the_documents() -> None:
    sizes = {"floor": (1104, 4221), "noise": (10585, 150)}
    for name, size in sizes.items():
        data = read(name, SHARED)
        assert (len(data.documents), len(data.questions)) == size
        known = {data.unit(document.id) for document in data.documents}
        assert all(question.gold and question.gold <= known for question in data.questions)
        assert len({question.id for question in data.questions}) == len(data.questions)
