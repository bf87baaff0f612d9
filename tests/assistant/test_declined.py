from __future__ import annotations

import pytest

from assistant.declined import is_declined, is_not_found
from assistant.wording import Language, say


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_assistant_knows_its_own_refusals(language: Language) -> None:
    assert is_not_found(say("no_region", language, place="云南"))
    assert is_not_found(say("no_year", language, year="2030年"))
    assert is_declined(say("instruction", language))
    assert not is_not_found(say("instruction", language))


@pytest.mark.parametrize(
    "answer",
    ["**30名**[1]\n\n选派30名社工。[1]", "", f"一些内容。[1]\n\n{say('nothing', 'zh')}"],
)
def test_an_answer_is_no_refusal(answer: str) -> None:
    assert not is_declined(answer)
