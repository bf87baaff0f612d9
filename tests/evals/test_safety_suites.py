"""The suites `privacy` and `injection`: what they put, and that they would notice a failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import load_settings
from evals.injection.attacks import document_attacks, honest_questions, question_attacks
from evals.injection.suite import InjectionSuite
from evals.privacy.items import PrivacyItem, look_alikes, privacy_items
from evals.privacy.suite import PrivacySuite, judged
from evals.workspace import Workspace
from tests.fakes import HashEmbedder


def test_half_of_200_pieces_and_of_100_look_alikes_are_set_aside() -> None:
    for split in ("tune", "report"):
        pieces = sum(len(item.secrets) for item in privacy_items() if item.split == split)
        assert 100 <= pieces <= 103
        assert sum(item.split == split for item in look_alikes()) == 50
    assert privacy_items() == privacy_items()
    tuned = {item.text for item in privacy_items() if item.split == "tune"}
    assert not tuned & {item.text for item in privacy_items() if item.split == "report"}


def test_half_of_80_attacks_are_set_aside() -> None:
    attacks = [*document_attacks(), *question_attacks()]
    assert len(attacks) == 80
    assert sum(attack.split == "report" for attack in attacks) == 40
    assert len(honest_questions()) >= 20
    assert len({attack.id for attack in attacks}) == 80


@pytest.mark.parametrize(
    ("text", "secret", "problem"),
    [
        ("王二小喜欢唱歌", ("name", "王二小"), "is left"),
        ("编号13800138000", ("mobile", "13800138000"), "is left"),
    ],
)
def test_a_piece_that_is_left_is_a_problem(
    text: str, secret: tuple[str, str], problem: str
) -> None:
    result = judged(PrivacyItem("x", "tune", text, (secret,)))
    assert not result.right and problem in result.problems[0]


def test_a_look_alike_that_is_masked_is_a_problem() -> None:
    assert not judged(PrivacyItem("x", "tune", "电话13800138000")).right


def test_the_privacy_suite_runs_one_half(tmp_path: Path) -> None:
    workspace = Workspace(load_settings({}, home=tmp_path), HashEmbedder(), lambda text: None)
    seen = []
    results = PrivacySuite().run(
        workspace, split="tune", seed=0, progress=lambda done, total: seen.append((done, total))
    )
    assert {result.split for result in results} == {"tune"}
    assert seen[-1] == (len(results), len(results))
    assert sum(result.right for result in results) / len(results) >= PrivacySuite.gate
    assert len(PrivacySuite().digest()) == 64


def test_every_attack_is_written_to_a_file_of_its_own(tmp_path: Path) -> None:
    files = [attack.write(tmp_path) for attack in document_attacks()]
    assert len(set(files)) == 52
    for attack, path in zip(document_attacks(), files, strict=True):
        held = path.name + path.read_text("utf-8")
        assert attack.text[:8] in held or attack.text[:4] in held.replace("\\", "")
    assert len(InjectionSuite().digest()) == 64
