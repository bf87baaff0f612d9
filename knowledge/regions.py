"""Places of the Chinese administrative hierarchy: which a text names, and whose rules apply.

A region has one canonical name everywhere: 全国, a province's short name (广西), or province
and city (浙江杭州市). The names come from `regions.yaml` beside this file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal

import yaml

COUNTRY = "全国"

_CITY_SUFFIX = re.compile(r"(?:市|自治州|盟|地区|林区)$")
_NATIONALITIES = re.compile(
    r"(?:(?:朝鲜|土家|布依|哈尼|景颇|傈僳|蒙古|[藏羌彝苗侗壮傣白回])族"
    r"|蒙古|柯尔克孜|哈萨克)+自治州$"
)
# 南京路, 四川北路: streets are named after places far away from them.
_STREET = re.compile(r"[东西南北中]?路(?![线径灯桥段过子])|大街")
# 吉林市场 is a market in Jilin province, not Jilin city.
_NOT_A_CITY = re.compile(r"市(?:场|民|值|面|容|价)")
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Region:
    """One place of the hierarchy."""

    name: str
    """Canonical: 全国, 广西, 浙江杭州市 or 上海浦东新区."""
    level: Literal["country", "province", "city", "county"]
    province: str | None = None
    """Short name of the province it is or lies in; None for the country."""
    city: str | None = None
    """The city's own name (杭州市), None above the city level."""


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    by_pair: dict[str, tuple[tuple[str, tuple[Region, ...]], ...]]
    """First two characters -> the names that begin so, longest first, with their regions.

    A name without regions is a word that only looks like a place."""
    latin: re.Pattern[str]
    by_latin: dict[str, Region]
    needs_suffix: frozenset[str]
    by_name: dict[str, Region]
    """Canonical names, abbreviations and words for the country standing alone."""


def find_regions(text: str) -> tuple[Region, ...]:
    """All places that `text` names, in its order, each once.

    A city directly after its province (浙江省杭州市) gives only the city.
    """
    found: dict[str, Region] = {}
    for _start, _end, region in region_mentions(text):
        found.setdefault(region.name, region)
    return tuple(found.values())


def region_of(text: str) -> Region | None:
    """The first place that `text` names, None if it names none."""
    found = find_regions(text)
    return found[0] if found else None


_JOINS = frozenset("和与跟同及、")
_RELATES = re.compile(r"(?:有|是|的)*(?:什么|啥|何)?关系")


def region_mentions(text: str) -> list[tuple[int, int, Region]]:
    """Every mention of a place as (start, end, region), in the order of the text."""
    gazetteer = _gazetteer()
    by_pair = gazetteer.by_pair
    mentions: list[tuple[int, int, Region]] = []
    position, last = 0, len(text) - 1
    while position < last:
        for name, regions in by_pair.get(text[position : position + 2], ()):
            if not text.startswith(name, position):
                continue
            end = position + len(name)
            if name[-1] == "市" and _NOT_A_CITY.match(text, end - 1):
                continue
            if regions and not _STREET.match(text, end):
                if mentions and mentions[-1][1] == position:
                    before = mentions[-1][2]
                    if before.level == "province" and before.name == regions[0].province:
                        mentions.pop()
                mentions.extend((position, end, region) for region in regions)
            position = end
            break
        else:
            position += 1
    if _LATIN.search(text):
        mentions.extend(
            (match.start(), match.end(), gazetteer.by_latin[_latin_key(match.group())])
            for match in gazetteer.latin.finditer(text)
        )
        mentions.sort(key=lambda mention: mention[0])
    return _without_groups(text, mentions)


_TAKEN_PART_IN = re.compile(r"(?:参与|参加|服务|融入|面向|投身|扎根)(?:了|过|到|于)?$")


def _without_groups(
    text: str, mentions: list[tuple[int, int, Region]]
) -> list[tuple[int, int, Region]]:
    """The mentions without 京津冀 where 天津 is named by itself as well: it is what is spoken of.

    Not where both are asked about side by side. Nor is a place asked about of which it is asked who takes
    part in it (师生参与京津冀的社会工作了吗).
    """
    spans = Counter((start, end) for start, end, _ in mentions)
    named = {region for start, end, region in mentions if spans[start, end] == 1}
    left_out = {
        (start, end)
        for start, end, region in mentions
        if spans[start, end] > 1
        and (
            _TAKEN_PART_IN.search(text[:start])
            or (region in named and not _is_joined(text, start, end))
        )
    }
    return [mention for mention in mentions if mention[:2] not in left_out]


def _is_joined(text: str, start: int, end: int) -> bool:
    around = (text[max(0, start - 1) : start], text[end : end + 1])
    return any(one in _JOINS for one in around) and not _RELATES.match(text, end)


def without_places(text: str) -> str:
    """`text` without the names of places."""
    for start, end, _ in reversed(region_mentions(text)):
        text = text[:start] + text[end:]
    return text


@lru_cache(maxsize=4096)
def canonical_region(text: str | None) -> str | None:
    """The canonical name of the place that `text` is a name of, None if it is not known.

    广西壮族自治区 -> 广西, 杭州 -> 浙江杭州市, 国家 -> 全国, 桂 -> 广西. Of a longer address the
    most exact known place is taken: 广西某县 -> 广西.
    """
    if text is None or not (stripped := text.strip()):
        return None
    if known := _gazetteer().by_name.get(stripped) or _gazetteer().by_name.get(stripped.lower()):
        return known.name
    found = find_regions(stripped)
    if not found and not _CITY_SUFFIX.search(stripped):
        found = find_regions(stripped + "市") or find_regions(stripped + "州")
    if not found:
        return None
    depth = {"country": 0, "province": 1, "city": 2, "county": 3}
    return max(found, key=lambda region: depth[region.level]).name


# What begins a question behind the name of a place.
_ASKED_OF_A_PLACE = (
    "申请|办理?|低保|法律援助|养老|残疾|老年?人|居民|户口|公积金|医保|社保|结婚|离婚|志愿|慈善|物业"
    "|有(?:没有|哪|多少|什么)|怎么|哪|谁|几|多|能不能|可不可以|可以"
)


def with_city_names(text: str, held: Iterable[str]) -> str:
    """`text` with 市 behind short names of cities that are ordinary words, as 德州 for 德州市.

    Only of the cities in `held`, the canonical names of places that the library has rules of; and of
    those of a province in it, whose rules hold there too (开封 under those of 河南), where nothing but
    a place can be meant: 那开封呢, 开封申请低保.
    """
    # 浙江和德州: beside another place it can be nothing else.
    others = r"|(?<=[和与跟同、])" if find_regions(text) else ""
    # 那德州呢 names a place as well.
    before = rf"(?:(?<![一-鿿])|(?<=^那){others})"
    of_library = frozenset(held)
    for short, city in _cities_like_words():
        if short not in text or not of_library & {city.name, city.province}:
            continue
        behind = "" if city.name in of_library else rf"(?=呢?[？?]?$|{_ASKED_OF_A_PLACE})"
        text = re.sub(
            rf"{before}{short}(?![市州盟区县])(?!中心|料){behind}", city.city or short, text
        )
    return text


def asked_region(text: str | None) -> str | None:
    """The region of a filter: its canonical name, or the name as given if it is no known place.

    An unknown place must not turn into no filter at all: no local rule applies there.
    """
    given = (text or "").strip()
    return (canonical_region(given) or given) if given else None


def applies_to(rule_region: str | None, asked_region: str) -> bool:
    """Whether a rule of `rule_region` holds in `asked_region`.

    It does where both are the same, where the rule is of the province around the asked city,
    and where it is national or of no stated place. A rule of one city or province never
    applies to another, nor to the whole country.
    """
    if rule_region is None:
        return True
    rule = canonical_region(rule_region) or rule_region
    asked = canonical_region(asked_region) or asked_region
    if rule in (COUNTRY, asked):
        return True
    region = _gazetteer().by_name.get(asked)
    return region is not None and region.province == rule


def province_by_abbreviation(character: str) -> str | None:
    """The province that a one-character abbreviation stands for: 桂 -> 广西, else None."""
    region = _gazetteer().by_name.get(character) if len(character) == 1 else None
    return region.name if region else None


@cache
def _cities_like_words() -> tuple[tuple[str, Region], ...]:
    """The cities whose short name is an ordinary word, behind that name."""
    cities = [city for city in _gazetteer().by_name.values() if city.level == "city"]
    words = _gazetteer().needs_suffix
    own = {_short_city(city.city): city for city in cities if city.city}
    return tuple((s, city) for s, city in own.items() if s in words and not find_regions(s))


def _latin_key(name: str) -> str:
    return " ".join(name.lower().split())


def _short_city(name: str) -> str:
    pattern = _NATIONALITIES if name.endswith("自治州") else _CITY_SUFFIX
    return pattern.sub("", name)


@cache
def _gazetteer() -> _Gazetteer:
    source = resources.files("knowledge").joinpath("regions.yaml")
    data: dict[str, Any] = yaml.safe_load(source.read_text(encoding="utf-8"))
    needs_suffix = set(data["needs_suffix"])
    names: dict[str, tuple[Region, ...]] = {}
    by_name: dict[str, Region] = {}
    by_latin: dict[str, Region] = {}
    country = Region(COUNTRY, "country")
    for province_name, facts in data["provinces"].items():
        province = Region(province_name, "province", province_name)
        by_name[province_name] = by_name[facts["abbreviation"]] = province
        for english in facts["english"]:
            by_latin[_latin_key(english)] = province
        own_names = {province_name, facts["full"]}
        if facts["full"].endswith("自治区"):
            own_names |= {province_name + "自治区", province_name + "区"}
        names.update((name, (province,)) for name in own_names)
        for listed in facts.get("cities", ()):
            full = listed if _CITY_SUFFIX.search(listed) else listed + "市"
            city = Region(province_name + full, "city", province_name, full)
            by_name[city.name] = city
            short = _short_city(full)
            city_names = {full} | ({short + "州"} if full.endswith("自治州") else set())
            if short not in needs_suffix and short not in names:
                city_names.add(short)
            # After its own province even a common word is the place: 辽宁朝阳.
            city_names |= {
                own + short for own in own_names if short in needs_suffix or short == own
            }
            names.update((name, (city,)) for name in city_names)
        for listed in facts.get("districts", ()):
            district = Region(province_name + listed, "county", province_name)
            by_name[district.name] = district
            names[listed] = (district,)
    for name, englishes in data["city_english"].items():
        by_latin.update((_latin_key(english), by_name[name]) for english in englishes)
    for name, members in data["groups"].items():
        names[name] = tuple(by_name[member] for member in members)
    names.update((name, (country,)) for name in data["country"]["in_text"])
    by_latin.update((_latin_key(english), country) for english in data["country"]["english"])
    by_name.update((name, country) for name in data["country"]["alone"])
    by_name.update((name, country) for name in data["country"]["english_alone"])
    names.update((name, ()) for name in data["not_places"])
    traditional = str.maketrans(data["simplified"], data["traditional"])
    for name, regions in list(names.items()):
        names.setdefault(name.translate(traditional), regions)
        names.setdefault(name.translate(traditional).replace("臺", "台"), regions)
    names.update({"臺灣": names["台湾"], "臺湾": names["台湾"]})
    return _Gazetteer(
        _by_pair(names), _latin_pattern(by_latin), by_latin, frozenset(needs_suffix), by_name
    )


def _by_pair(
    names: dict[str, tuple[Region, ...]],
) -> dict[str, tuple[tuple[str, tuple[Region, ...]], ...]]:
    grouped: dict[str, list[tuple[str, tuple[Region, ...]]]] = {}
    for name in sorted(names, key=len, reverse=True):
        grouped.setdefault(name[:2], []).append((name, names[name]))
    return {pair: tuple(entries) for pair, entries in grouped.items()}


def _latin_pattern(by_latin: dict[str, Region]) -> re.Pattern[str]:
    longest_first = sorted(by_latin, key=len, reverse=True)
    words = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)
    # Not \b: Chinese characters are word characters, and 在Guangxi的 names the place.
    return re.compile(rf"(?<![A-Za-z])(?:{words})(?![A-Za-z])", re.IGNORECASE)
