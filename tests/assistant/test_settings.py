"""Settings: three sources in order, and a clear sentence for every mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.errors import SettingsError
from assistant.settings import Settings, load_settings


def refused(environment: dict[str, str], **overrides: object) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        load_settings(environment, **overrides)
    return caught.value


def test_without_any_source_the_defaults_hold() -> None:
    settings = load_settings({})
    assert settings.home == Path.home() / ".policy-assistant"
    assert (settings.host, settings.port) == ("127.0.0.1", 7860)
    assert settings.starter
    assert settings.chat_model is None
    assert not settings.log_questions


def test_override_beats_environment_beats_file(tmp_path: Path) -> None:
    (tmp_path / "settings.env").write_text(
        "# a comment\nPOLICY_ASSISTANT_PORT=7001\nTOP_K=3\nlanguage=en\n", "utf-8"
    )
    environment = {
        "POLICY_ASSISTANT_HOME": str(tmp_path),
        "POLICY_ASSISTANT_PORT": "7002",
        "POLICY_ASSISTANT_TOP_K": "4",
    }
    settings = load_settings(environment, port=7003, top_k=None)
    assert settings.port == 7003
    # An override of None is one that was not given on the command line.
    assert settings.top_k == 4
    assert settings.language == "en"


def test_the_home_of_the_command_line_decides_which_file_is_read(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (tmp_path / "settings.env").write_text("PORT=7001\n", "utf-8")
    (other / "settings.env").write_text("PORT=7002\n", "utf-8")
    settings = load_settings({"POLICY_ASSISTANT_HOME": str(tmp_path)}, home=str(other))
    assert (settings.home, settings.port) == (other, 7002)


def test_a_home_given_with_a_tilde_or_relative_becomes_a_full_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings({}, home="~/library").home == Path.home() / "library"
    assert load_settings({}, home="library").home == tmp_path / "library"


def test_a_tilde_home_is_where_the_settings_file_is_looked_for() -> None:
    home = Path.home() / "tilde-library"
    home.mkdir(exist_ok=True)
    (home / "settings.env").write_text("PORT=7004\n", "utf-8")
    assert load_settings({"POLICY_ASSISTANT_HOME": "~/tilde-library"}).port == 7004


def test_other_programs_variables_are_left_alone() -> None:
    environment = {"PORT": "1", "POLICY_ASSISTANT_TEST_HOME": "x", "PATH": "y"}
    assert load_settings(environment).port == 7860


@pytest.mark.parametrize("source", ["environment", "file"])
def test_an_unknown_name_is_refused_with_the_known_ones(source: str, tmp_path: Path) -> None:
    environment = {"POLICY_ASSISTANT_HOME": str(tmp_path)}
    if source == "environment":
        environment["POLICY_ASSISTANT_PROT"] = "7001"
    else:
        (tmp_path / "settings.env").write_text("POLICY_ASSISTANT_PROT=7001\n", "utf-8")
    error = refused(environment)
    for message in (error.message_zh, error.message_en):
        assert "POLICY_ASSISTANT_PROT" in message
        assert "POLICY_ASSISTANT_PORT" in message


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "70000"),
        ("TOP_K", "0"),
        ("LANGUAGE", "fr"),
        ("STARTER", "perhaps"),
        ("QUESTION_LIMIT", "1"),
        ("THREADS", "many"),
    ],
)
def test_a_bad_value_is_refused_with_its_name_and_meaning(name: str, value: str) -> None:
    error = refused({f"POLICY_ASSISTANT_{name}": value})
    meaning = Settings.model_fields[name.lower()].description
    assert meaning
    for message in (error.message_zh, error.message_en):
        assert f"POLICY_ASSISTANT_{name}" in message
        assert value in message
        assert meaning in message


def test_a_settings_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "settings.env").write_bytes("QUERY_PROMPT=问：\n".encode("gb18030"))
    error = refused({}, home=str(tmp_path))
    assert "settings.env" in error.message_en
    assert "UTF-8" in error.message_zh


def test_the_key_of_the_chat_model_is_not_shown() -> None:
    settings = load_settings({"POLICY_ASSISTANT_CHAT_API_KEY": "made-up-key"})
    assert isinstance(settings.chat_api_key, SecretStr)
    assert "made-up-key" not in repr(settings)
    assert settings.chat_api_key.get_secret_value() == "made-up-key"


def test_every_setting_says_what_it_means() -> None:
    assert not [name for name, field in Settings.model_fields.items() if not field.description]
