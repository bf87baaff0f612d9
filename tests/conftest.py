"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def model_home() -> Path:
    """A data folder kept between test runs, so that the model is converted once.

    Only the model belongs in it: a test writes its own documents to `tmp_path`.
    """
    named = os.environ.get("POLICY_ASSISTANT_TEST_HOME")
    home = Path(named) if named else Path(__file__).parents[1] / ".test-home"
    home.mkdir(parents=True, exist_ok=True)
    return home
