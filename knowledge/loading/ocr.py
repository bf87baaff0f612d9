"""Text recognition: the picture of a page → lines of text and drawn rules.

The models (PP-OCRv6 small, Apache-2.0) come inside the `rapidocr` package; nothing is
downloaded. Measured on two cores: 8 s for an A4 page of 900 characters, 16 s for a newspaper
page of 2,600.
"""

from __future__ import annotations

import itertools
import math
import re
import statistics
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import LoadError
from knowledge.loading.page_line import Rule, TextLine, text_units
from knowledge.processors import available_threads

Picture = NDArray[np.uint8]
"""Height × width × 3, blue-green-red or any order: print is grey."""

_MOST_THREADS = 2
_MAX_AREA = 4800 * 3400
"""Pixels of a picture: twice those of an A4 page at 300 dots per inch."""
_MAX_WIDTH = 4800
_MIN_WIDTH = 736
"""The engine enlarges what is narrower to find lines in it."""
_MAX_BAND = 3_500_000
"""Pixels read at once: detection takes about 220 MB a million."""
_OVERLAP = 240
"""Pixels: twice the height of the largest headline."""
_GOOD_SCORE = 0.8
_LOCK = threading.Lock()
_FULL_WIDTH = {ord(a): b for a, b in zip(",;:?!()", "，；：？！（）", strict=True)}
_SIGN_IN_CHINESE = re.compile(
    r"(?<=[\u3400-\u9fff，。；：、！？”’》）〕])[,;:?!()](?![A-Za-z0-9])"
    r"|[,;:?!()](?=[\u3400-\u9fff“‘《（〔])"
    r"|(?<=[\u3400-\u9fff])[:：(](?=\d)|(?<=\d)\)(?=[\u3400-\u9fff，。；]|$)"
)
_DASH = re.compile(r"(?<=[\u3400-\u9fff”》）])[—─-]{1,3}(?=[\u3400-\u9fff“《（])")
_DOTS = re.compile(r"[.。·…]{3,}|…")
_ARTICLE = re.compile(
    r"^(第[一二三四五六七八九十百零〇]{1,7}[章节条])(?=[^ 第之规的、，。；至和与或及款项])"
)


def legible_scale(width: float, height: float) -> float:
    """The largest scale at which a picture of `width` by `height` is small enough to be read.

    A long strip (a chat on a telephone) is not made as short as a page: it would be too narrow
    to read.
    """
    area = max(width, 1.0) * max(height, 1.0)
    return min(math.sqrt(_MAX_AREA / area), _MAX_WIDTH / max(width, 1.0))


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a picture shows."""

    lines: tuple[TextLine, ...]
    """In pixels of the picture after it was turned upright and levelled."""
    rules: tuple[Rule, ...]
    width: float
    height: float


def recognise(picture: Picture) -> Recognised:
    """The lines of text in `picture`, upright whichever way it was scanned.

    One picture at a time: the engine uses two threads itself, where it may. A picture without text
    gives no lines. Raises LoadError if the text recognition is not installed.
    """
    best = _read(picture, 0)
    tall = [box for box in best.boxes if _is_tall(box)]
    tries: tuple[int, ...] = ()
    # A long strip would be too wide on its side.
    turns = picture.shape[0] <= _MAX_WIDTH * 1.05
    if turns and len(tall) > max(len(best.boxes) * 0.5, 2):
        # The engine turns tall lines itself, one way: their places would stay sideways.
        best, tries = _read(picture, 1), (3,)
    elif best.boxes and best.score < _GOOD_SCORE:
        tries = (2,)
    for quarters in tries:
        other = _read(picture, quarters)
        if other.score * len("".join(other.texts)) > best.score * len("".join(best.texts)):
            best = other
    height, width = picture.shape[:2]
    if best.quarters % 2:
        width, height = height, width
    return Recognised(
        tuple(_lines(best)), tuple(_rules(picture, best.quarters)), float(width), float(height)
    )


def has_ink(picture: Picture) -> bool:
    """Whether `picture` shows anything at all: blank pages need no recognition."""
    grey = picture.mean(axis=2) if picture.ndim == 3 else picture
    return float(np.median(grey) - np.percentile(grey, 0.02)) > 40


@dataclass(frozen=True, slots=True)
class _Reading:
    quarters: int
    boxes: tuple[NDArray[np.float64], ...]
    texts: tuple[str, ...]
    score: float


@lru_cache(maxsize=1)
def _engine() -> Any:
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise LoadError(
            "扫描件和图片需要文字识别组件 rapidocr，当前环境没有安装；请重新安装本程序。",
            "Scans and images need the text recognition package rapidocr, which is not "
            "installed; reinstall this program.",
        ) from error
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            # Bands bound the size; scaling down would blur small print.
            "Global.max_side_len": 100_000,
            "EngineConfig.onnxruntime.intra_op_num_threads": min(
                _MOST_THREADS, available_threads()
            ),
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _read(picture: Picture, quarters: int) -> _Reading:
    turned = np.ascontiguousarray(np.rot90(picture, quarters))
    boxes: list[NDArray[np.float64]] = []
    texts: list[str] = []
    scores: list[float] = []
    for top, start, end in _bands(*turned.shape[:2]):
        with _LOCK:
            result = _engine()(turned[top : end + _OVERLAP // 2])
        if result.boxes is None:
            continue
        seen = len(boxes)
        for raw, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
            box = np.asarray(raw, dtype=np.float64) + np.array([0, top])
            middle = float(box[:, 1].mean())
            # A line at the seam is seen from both sides; it is taken once.
            if start - 8 <= middle < end + 8 and not any(_same(box, b) for b in boxes[:seen]):
                boxes.append(box)
                texts.append(str(text))
                scores.append(float(score))
    return _Reading(quarters, tuple(boxes), tuple(texts), float(np.mean(scores or [0.0])))


def _bands(height: int, width: int) -> list[tuple[int, int, int]]:
    """Level bands of a bounded size: where each is cut out, and where it counts from and to."""
    enlarged = max(_MIN_WIDTH / width, 1.0) ** 2
    count = max(math.ceil(height * width * enlarged / _MAX_BAND), 1)
    seams = [round(height * i / count) for i in range(count + 1)]
    return [(max(start - _OVERLAP // 2, 0), start, end) for start, end in itertools.pairwise(seams)]


def _same(a: NDArray[np.float64], b: NDArray[np.float64]) -> bool:
    """Whether two boxes show the same print."""
    low, high = np.maximum(a.min(axis=0), b.min(axis=0)), np.minimum(a.max(axis=0), b.max(axis=0))
    width, height = np.maximum(high - low, 0)
    return bool(width * height > 0.4 * min(np.prod(np.ptp(a, axis=0)), np.prod(np.ptp(b, axis=0))))


def _is_tall(box: NDArray[np.float64]) -> bool:
    width, height = np.ptp(box, axis=0)
    return bool(height > width * 2)


def _lines(reading: _Reading) -> list[TextLine]:
    slope = _slope(reading.boxes)
    cos, sin = math.cos(-slope), math.sin(-slope)
    turn = np.array([[cos, sin], [-sin, cos]])
    levelled = [box @ turn for box in reading.boxes]
    ratios = []
    for box, text in zip(levelled, reading.texts, strict=True):
        width, height = np.ptp(box, axis=0)
        if text_units(text) >= 8:
            ratios.append(width / text_units(text) / height)
    ratio = statistics.median(ratios) if ratios else 0.75
    lines = []
    for box, raw in zip(levelled, reading.texts, strict=True):
        text = _tidy(raw)
        (left, top), (right, bottom) = box.min(axis=0), box.max(axis=0)
        by_height, units = (bottom - top) * ratio, text_units(text)
        by_width = (right - left) / max(units, 0.5)
        # The frame of a short line stands further off the print.
        em = by_width if units >= 6 else min(by_width, by_height)
        # Letter-spaced or misread lines: their height says more.
        if units >= 6 and not 0.7 < em / max(by_height, 1e-6) < 1.4:
            em = by_height
        if text.strip():
            lines.append(TextLine(text, *map(float, (left, top, right, bottom, em))))
    return lines


def _slope(boxes: Sequence[NDArray[np.float64]]) -> float:
    """How far the lines lean, in radians: the median of the long ones."""
    leans = [
        math.atan2(box[1][1] - box[0][1], box[1][0] - box[0][0])
        for box in boxes
        if np.ptp(box[:, 0]) > 6 * np.ptp(box[:, 1])
    ]
    return statistics.median(leans) if leans else 0.0


def _tidy(text: str) -> str:
    """Signs as Chinese print has them: the recogniser takes half the width for the other."""
    text = _SIGN_IN_CHINESE.sub(lambda sign: sign.group().translate(_FULL_WIDTH), text.strip())
    text = _DOTS.sub("……", _DASH.sub(lambda m: "-" if m.group() == "-" else "——", text))
    return _ARTICLE.sub(r"\1 ", text)


def _rules(picture: Picture, quarters: int) -> list[Rule]:
    """Long straight lines: the grids of tables."""
    import cv2

    grey = np.ascontiguousarray(np.rot90(picture, quarters)).astype(np.uint8)
    if grey.ndim == 3:
        grey = np.asarray(cv2.cvtColor(grey, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    dark = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15
    )
    shorter = min(grey.shape)
    found: list[Rule] = []
    for level in (True, False):
        length = max(shorter // 25, 20)
        shape = (length, 1) if level else (1, length)
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, shape)
        # A scan leans a little: lines are thickened so that they stay whole.
        thick = cv2.dilate(dark, np.ones((3, 1) if level else (1, 3), np.uint8))
        runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, kernel)
        _, _, stats, _ = cv2.connectedComponentsWithStats(runs)
        for x, y, width, height, _ in stats[1:2000]:
            long, thin = (width, height) if level else (height, width)
            if long >= length and thin <= max(long / 12, 8) and thin <= shorter / 60:
                found.append(Rule(float(x), float(y), float(x + width), float(y + height)))
    return found
