from __future__ import annotations

import pytest

from assistant.document_name import named_documents


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("请问未成年人保护法第三条", ("未成年人保护法",)),
        ("社工碰到家暴按照反家庭暴力法怎么办", ("反家庭暴力法",)),
        ("《慈善法》和志愿服务条例", ("《慈善法》", "志愿服务条例")),
        ("某市预防和制止家庭暴力条例", ("某市预防和制止家庭暴力条例",)),
        ("社会救助暂行办法第九条", ("社会救助暂行办法",)),
    ],
)
def test_documents_are_found_by_their_names(text: str, names: tuple[str, ...]) -> None:
    assert named_documents(text) == names


@pytest.mark.parametrize(
    "text",
    ["有什么办法", "用什么方法", "该条例什么时候施行", "这部法律", "依法怎么处理", "上海的规定"],
)
def test_everyday_words_name_no_document(text: str) -> None:
    assert named_documents(text) == ()
