"""The page's behaviour without a browser: what is asked, kept, refused and forgotten."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from assistant.request import Event, Question
from tests.ui.fakes import LAKE, RIVER, STATION, TARGET, FakeAssistant, FakeLibrary
from ui.chat import HISTORY_TURNS, Chat, Progress
from ui.conversation import ConversationStore, Turn, new_key
from ui.wording import EXAMPLE_QUESTIONS, QUESTION_LIMIT

KEY = "0123456789abcdef" * 2


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def chat(assistant: FakeAssistant, library: FakeLibrary) -> Chat:
    return Chat(assistant, library)


def last(progress: Iterator[Progress]) -> Progress:
    *_, final = progress
    return final


def ask(chat: Chat, question: str, region: str = "", document: str = "") -> Progress:
    return last(chat.ask(question, region, document, KEY, "zh"))


def test_an_answer_streams_and_ends_complete(chat: Chat) -> None:
    steps = list(chat.ask("2027年的目标", "", "", KEY, "zh"))
    assert steps[0].running
    assert not steps[-1].running
    turn = steps[-1].turns[-1]
    assert turn.phase == "done"
    assert turn.answer and turn.answer.citations[0].quote == TARGET


def test_filters_reach_the_assistant_and_are_named_in_the_turn(
    chat: Chat, assistant: FakeAssistant
) -> None:
    turn = ask(chat, "经费", "湖西", "lake").turns[-1]
    assert assistant.asked[-1].region == "湖西"
    assert assistant.asked[-1].document_ids == ("lake",)
    assert turn.scope == f"湖西 · {LAKE.title}"


def test_a_document_that_is_gone_is_said_so_instead_of_searching_everything(
    chat: Chat, assistant: FakeAssistant, library: FakeLibrary
) -> None:
    library.remove("lake")
    step = ask(chat, "经费", document="lake")
    assert not step.accepted
    assert "已不在资料库" in step.error
    assert assistant.asked == []


@pytest.mark.parametrize("question", ["", "   ", "问" * (QUESTION_LIMIT + 1), None, 7, {"a": 1}])
def test_a_question_that_cannot_be_asked_is_turned_down_with_a_sentence(
    chat: Chat, assistant: FakeAssistant, question: object
) -> None:
    step = last(chat.ask(question, None, [], KEY, "zh"))
    assert not step.accepted
    assert step.error
    assert step.turns == ()
    assert assistant.asked == []


def test_the_longest_question_is_still_asked(chat: Chat) -> None:
    assert ask(chat, "问" * QUESTION_LIMIT).accepted


def test_a_follow_up_carries_what_was_said_and_leaves_out_what_failed(
    chat: Chat, assistant: FakeAssistant
) -> None:
    ask(chat, "2027年的目标")
    ask(chat, "意外")
    ask(chat, "活不下去了")
    ask(chat, "那2028年呢")
    history = assistant.asked[-1].history
    assert [question for question, _ in history] == ["2027年的目标"]
    assert TARGET in history[0][1]
    for _ in range(HISTORY_TURNS + 2):
        ask(chat, "经费")
    assert len(assistant.asked[-1].history) == HISTORY_TURNS


def test_a_follow_up_builds_on_the_rule_behind_the_hotlines_and_not_on_their_numbers(
    chat: Chat, assistant: FakeAssistant
) -> None:
    turn = ask(chat, "案主很难受").turns[-1]
    assert "12356" in turn.text
    ask(chat, "那2028年呢")
    ((question, answer),) = assistant.asked[-1].history
    assert question == "案主很难受"
    assert answer == f"{TARGET}[1]"


def test_a_known_error_is_its_own_sentence_in_both_languages(chat: Chat) -> None:
    failure = ask(chat, "坏索引").turns[-1].failure
    assert failure is not None
    assert "index rebuild" in failure[0] and "index rebuild" in failure[1]


def test_an_unexpected_error_shows_no_detail_and_logs_no_question(
    chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        turn = ask(chat, "意外：服务对象王小明").turns[-1]
    assert turn.phase == "failed"
    assert turn.failure and "secret" not in "".join(turn.failure)
    assert "ValueError" in caplog.text
    assert "王小明" not in caplog.text
    assert "secret" not in caplog.text


def test_citations_of_every_turn_still_open(chat: Chat) -> None:
    ask(chat, "2027年的目标")
    ask(chat, "经费")
    assert TARGET[:10] in chat.citation_panel(1, 1, False, KEY, "zh")
    assert STATION[:10] in chat.citation_panel(2, 2, False, KEY, "zh")


def test_a_citation_outlives_its_document(chat: Chat, library: FakeLibrary) -> None:
    ask(chat, "经费")
    library.remove("lake")
    panel = chat.citation_panel(1, 2, False, KEY, "zh")
    assert STATION in panel
    assert "已从资料库移除" in panel


@pytest.mark.parametrize("number", [9, None, "1", -1, 1.5, {}])
def test_a_citation_nobody_gave_is_not_found(chat: Chat, number: object) -> None:
    ask(chat, "2027年的目标")
    assert "已过期" in chat.citation_panel(number, 1, False, KEY, "zh")
    assert "已过期" in chat.citation_panel(1, number, False, KEY, "zh") or number in (1,)


def test_one_conversation_cannot_see_another(chat: Chat) -> None:
    ask(chat, "2027年的目标")
    assert chat.turns(new_key()) == ()
    assert "已过期" in chat.citation_panel(1, 1, False, new_key(), "zh")


@pytest.mark.parametrize("key", [None, "", "short", KEY.upper(), 5, ["x"]])
def test_a_key_of_another_form_is_replaced(chat: Chat, key: object) -> None:
    assert chat.key(key) != key
    assert chat.key(KEY) == KEY


def test_a_new_chat_forgets(chat: Chat) -> None:
    ask(chat, "2027年的目标")
    chat.clear(KEY)
    assert chat.turns(KEY) == ()


def test_stopping_keeps_what_was_said_and_lets_the_assistant_go(
    chat: Chat, assistant: FakeAssistant
) -> None:
    progress = chat.ask("慢慢说", "", "", KEY, "zh")
    while not next(progress).turns[-1].text:
        pass
    progress.close()  # type: ignore[attr-defined]
    turn = chat.turns(KEY)[-1]
    assert turn.phase == "stopped"
    assert turn.text
    assert assistant.closed.wait(2)


def test_stopping_from_outside_ends_the_answer_with_the_stopped_turn(
    chat: Chat, assistant: FakeAssistant
) -> None:
    progress = chat.ask("慢慢说", "", "", KEY, "zh")
    while not next(progress).turns[-1].text:
        pass
    chat.turns(KEY)
    assert last(progress).turns[-1].phase == "stopped"
    assert assistant.closed.wait(2)


def test_the_same_question_sent_twice_at_once_is_asked_once(
    chat: Chat, assistant: FakeAssistant
) -> None:
    first = chat.ask("慢慢说", "", "", KEY, "zh")
    next(first)
    next(first)
    assert len(ask(chat, "慢慢说").turns) == 1
    assert len(assistant.asked) == 1


def test_a_stopped_turn_is_not_overwritten_by_a_late_answer() -> None:
    store = ConversationStore()
    turn = store.begin(KEY, Turn(0, "q"))
    store.stop(KEY)
    assert not store.update(KEY, turn)
    assert store.turns(KEY)[-1].phase == "stopped"


def test_memory_is_bounded() -> None:
    store = ConversationStore(capacity=2, max_turns=3)
    for _ in range(5):
        store.begin(KEY, Turn(0, "q"))
    assert [turn.number for turn in store.turns(KEY)] == [3, 4, 5]
    store.begin(new_key(), Turn(0, "q"))
    store.begin(new_key(), Turn(0, "q"))
    assert store.turns(KEY) == ()


def test_examples_are_asked_as_they_stand(chat: Chat, assistant: FakeAssistant) -> None:
    last(chat.ask_example(2, KEY, "zh"))
    assert assistant.asked[-1].text == EXAMPLE_QUESTIONS[2][1]
    for wrong in (-1, 99, "1", None):
        assert not last(chat.ask_example(wrong, KEY, "zh")).accepted


def test_personal_data_reaches_neither_the_assistant_nor_what_is_kept(
    chat: Chat, assistant: FakeAssistant
) -> None:
    turn = ask(chat, "案主王芳，电话13812345678，2027年的目标").turns[-1]
    assert turn.question == "案主【姓名1】，电话【电话1】，2027年的目标"
    assert turn.personal == ("name", "phone")
    assert "王芳" not in repr(turn)
    # Nothing announces the name any more, but the conversation has told it.
    ask(chat, "王芳的经费")
    seen = repr(assistant.asked)
    assert "王芳" not in seen and "13812345678" not in seen
    assert "【姓名1】的经费" in assistant.asked[-1].text


def test_an_english_question_stays_english_without_its_personal_data(
    chat: Chat, assistant: FakeAssistant
) -> None:
    turn = ask(chat, "My client's phone is 13812345678. What is the target?").turns[-1]
    assert "【电话1】" in turn.question
    assert assistant.asked[-1].text.isascii()
    assert "13812345678" not in assistant.asked[-1].text


def test_the_export_holds_the_conversation_and_no_personal_data(chat: Chat) -> None:
    assert chat.export(KEY, "zh") == ""
    ask(chat, "案主王芳，身份证11010519491231002X，2027年的目标")
    ask(chat, "经费", "湖西")
    ask(chat, "意外")
    words = chat.export(KEY, "zh")
    assert "王芳" not in words and "11010519491231002X" not in words
    assert "【姓名1】" in words
    assert TARGET in words and STATION in words
    assert "湖民规〔2021〕3号" in words
    assert "由模型依据所列出处生成" in words
    assert "范围：湖西" in words


def test_what_is_typed_is_looked_at_for_personal_data(chat: Chat) -> None:
    assert chat.personal_kinds("电话13812345678，案主王芳") == ("phone", "name")
    assert chat.personal_kinds("湖民规〔2021〕3号的经费是多少") == ()
    assert chat.personal_kinds(None) == ()


def test_a_choice_is_asked_under_the_filters_of_its_turn(
    chat: Chat, assistant: FakeAssistant
) -> None:
    ask(chat, "谁", "江原")
    turn = last(chat.ask_choice(1, 0, KEY, "zh")).turns[-1]
    assert assistant.asked[-1].text == "江原的目标"
    assert assistant.asked[-1].region == "江原"
    assert turn.answer and turn.answer.status == "answered"
    for number, index in ((1, 9), (1, -1), (1, None), (7, 0), (2, 0), ("1", "0")):
        assert not last(chat.ask_choice(number, index, KEY, "zh")).accepted


def test_a_stream_is_closed_before_the_turn_is_over(chat: Chat, assistant: FakeAssistant) -> None:
    held = assistant.stream
    streams = []

    class Held(FakeAssistant):
        def stream(self, question: Question) -> Iterator[Event]:
            streams.append(held(question))
            return streams[-1]

    progress = Chat(Held(), FakeLibrary()).ask("慢慢说", "", "", KEY, "zh")
    while not next(progress).turns[-1].text:
        pass
    progress.close()  # type: ignore[attr-defined]
    # A reference is still held here: only closing it ends the stream.
    assert assistant.closed.is_set()


def test_the_filters_offer_what_the_library_holds_now(chat: Chat, library: FakeLibrary) -> None:
    assert chat.region_choices("zh") == [("全部地区", ""), ("江原", "江原"), ("湖西", "湖西")]
    assert [value for _, value in chat.document_choices("江原", "zh")] == ["", RIVER.id]
    library.remove("river")
    assert ("江原", "江原") not in chat.region_choices("zh")
