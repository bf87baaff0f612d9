"""Which paragraph of the rules found answers a turn: signs whose sum can be told by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from assistant.rule_blocks import Block, Piece
from assistant.rule_ranking import Place, RuleRanking, TurnAsked, names_quoted
from knowledge.documents import Passage, PolicyDocument

NAMES = ("第一条", "第二条", "第三条")


def passage(article: str, text: str = "某证。") -> Passage:
    whole = f"{article} {text}"
    return Passage(
        "p", "law", whole, heading_path=(), start_char=0, end_char=len(whole), article=article
    )


def block(document: PolicyDocument, held: Passage) -> Block:
    piece = Piece(0, held.text)
    return Block(document, (held,), piece, piece, (), "", "", 0, number=1)


def ranked(
    similar: Sequence[float] = (0.9, 0.9, 0.9),
    asked: Mapping[Place, float] | None = None,
    quoted: tuple[Passage, ...] = (),
    texts: Sequence[str] = ("某证。", "某证。", "某证。"),
    turn: str = "某发的",
    closely: Sequence[float] = (0.0, 0.0, 0.0),
    regions: Sequence[str] = ("全国", "全国", "全国"),
    **known: tuple[str, ...],
) -> list[int]:
    """The numbers of three articles, best first."""
    laws = [PolicyDocument("law", "某证条例", region=region) for region in regions]
    passages = [passage(name, text) for name, text in zip(NAMES, texts, strict=True)]
    blocks = [block(law, held) for law, held in zip(laws, passages, strict=True)]
    ranking = RuleRanking(
        lambda put, _: [similar for _ in put],
        lambda put, _: [asked or {} for _ in put],
        lambda *_: closely,
        lambda _: 1.0,
    )
    given = {"quotes": (), "focus": (), "places": (), **known}
    found = ranking.ranked(TurnAsked(turn, turn, ("某证是什么",), quoted, **given), blocks)
    assert 0 < ranking.probability(found) < 1
    return [blocks.index(one.block) + 1 for one in found]


def test_the_nearest_paragraph_comes_first() -> None:
    assert ranked([0.8, 0.8, 0.9])[0] == 3


def test_of_paragraphs_as_near_that_which_read_closely_answers_comes_first() -> None:
    assert ranked(closely=(-2.0, -2.0, 2.0))[0] == 3


def test_of_paragraphs_as_near_that_which_others_ask_for_comes_first() -> None:
    assert ranked(asked={("law", "第二条", 1): 0.9})[0] == 2


def test_of_paragraphs_as_near_that_beside_the_last_answer_comes_first() -> None:
    assert ranked(quoted=(passage("第二条"),)) == [2, 1, 3]


def test_of_paragraphs_as_near_that_of_the_place_comes_first_and_that_of_another_last() -> None:
    assert ranked(regions=("北京", "全国", "上海"), places=("上海",)) == [3, 2, 1]


def test_what_was_said_gives_way_to_what_was_not() -> None:
    assert ranked(quotes=("第一条 某证。",)) == [2, 3, 1]


def test_a_day_is_looked_for_where_one_stands() -> None:
    texts = ("某证。", "每年3月5日为某证日。", "某证。")
    assert ranked(texts=texts, turn="是几号")[0] == 2


def test_the_sanction_of_the_article_that_was_quoted_comes_first() -> None:
    texts = ("某证。", "违反本条例第九条规定的，处罚款。", "违反本条例第五条规定的，处罚款。")
    assert ranked(texts=texts, turn="会罚吗", quoted=(passage("第五条"),))[0] == 3


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("违反本条例第五条规定的，处罚款。", True),
        ("违反本条例第五条之一规定的，处罚款。", False),
        ("违反《另一条例》第五条规定的，处罚款。", False),
        ("某证第五条。", False),
    ],
)
def test_whether_a_text_names_the_article(text: str, is_named: bool) -> None:
    assert names_quoted(text, "law", [passage("第五条")]) is is_named
