"""Government pages against their index, through the real ingestion."""

from __future__ import annotations

from pathlib import Path

from evals.ingestion.gov_html import check_gov_html, gov_pages
from evals.ingestion.library import IngestedLibrary, Stored
from evals.result import CaseResult
from knowledge.documents import Passage, PolicyDocument
from knowledge.ingestion import IngestReport
from tests.evals.ingestion.data import write_lines
from tests.fakes import HashEmbedder

TITLE, NUMBER = "海城人民政府关于办好活动室的通知", "海政发〔2020〕7号"
BODY = "各社区：\n活动室每天开放，由主办单位和社区一同管理，费用由海城财政负担。"


def line(**fields: str) -> dict[str, str]:
    header = f"标题：\n{TITLE}\n发文字号：\n{NUMBER}\n主 题 词：\n民政 社区 通知\n"
    text = f"{header}{TITLE} {NUMBER} {BODY.replace(chr(10), ' ')} \n扫一扫在手机打开当前页"
    return {"doc_id": "gov_1", "title": TITLE, "doc_no": NUMBER, "text": text, **fields}


def run(folder: Path, *passages: str, **fields: str) -> CaseResult:
    """The verdict on a page that went in as a document of these passages."""
    write_lines(folder / "index.jsonl", [line(**fields)])
    document = PolicyDocument("d", TITLE, document_number=NUMBER, text="\n".join(passages))
    cut = tuple(Passage(str(n), "d", text, (), None, 0, 0) for n, text in enumerate(passages))

    class Library(IngestedLibrary):
        def __init__(self) -> None:
            self.report = IngestReport((), (), 0.0)

        def of_file(self, path: Path) -> tuple[Stored, ...]:
            return (Stored(document, cut),)

    return next(check_gov_html(Library(), folder))


def test_a_page_that_went_in_right(tmp_path: Path) -> None:
    found = run(tmp_path, f"# {TITLE}\n{NUMBER}", BODY)
    assert found.right, found.problems
    assert found.detail["measures"][0]["value"] == 0.0


def test_navigation_in_a_passage_is_told(tmp_path: Path) -> None:
    for furniture in ("首页 > 政策", "扫一扫在手机打开当前页", "海城天气：晴"):
        found = run(tmp_path, f"{BODY}\n{furniture}")
        assert f"navigation in a passage: {furniture}" in found.problems


def test_title_and_number_must_be_the_index_s(tmp_path: Path) -> None:
    found = run(tmp_path, BODY, title="另一个通知", doc_no="海政发〔2020〕8号")
    assert found.problems[0] == f"the title is {TITLE}"
    assert found.problems[1].startswith(f"the document number is {NUMBER}")


def test_a_lost_sentence_is_an_error(tmp_path: Path) -> None:
    found = run(tmp_path, BODY[:12])
    assert any("character error rate" in problem for problem in found.problems)


def test_a_real_page(tmp_path: Path) -> None:
    write_lines(tmp_path / "index.jsonl", [line()])
    page = tmp_path / "pages" / "gov_1.html"
    page.parent.mkdir()
    paragraphs = "".join(f"<p>{text}</p>" for text in BODY.split("\n"))
    page.write_text(
        f"<html><head><meta charset='utf-8'><title>{TITLE}</title></head><body>"
        f"<div class='nav'><a href='/'>首页</a></div><div id='UCAP-CONTENT'><h1>{TITLE}</h1>"
        f"<p>{NUMBER}</p>{paragraphs}</div></body></html>",
        encoding="utf-8",
    )
    library = IngestedLibrary.ingested(gov_pages(tmp_path), tmp_path / "home", HashEmbedder())
    (found,) = check_gov_html(library, tmp_path)
    assert found.right, found.problems
