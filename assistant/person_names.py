"""Names of persons where a text announces one: 姓名：张三, 案主王芳, 张阿姨, 李强，男，45岁.

A name is a surname and one or two characters more, one with a dot (古丽·阿依), or one in Latin
letters. A word of the dictionary that happens to begin with a surname (高龄, 方案, 安全) is none,
nor is a name already made unknown (张某), nor one without anything that announces it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial

from assistant.surnames import COMMON, DOUBLE, GRAMMAR, NO_PERSON, OTHER, PINYIN, USUAL
from knowledge.tokenization import is_dictionary_word, tagged_words

# A name is no word of the dictionary.
_guessed = partial(tagged_words, as_guessed=True)
_HAN = "一-鿿"
_SPACE = r"[ \t　]"
# After these a name follows; a word of the dictionary still is none.
_ANNOUNCING = (
    r"姓名|名字(?:叫做?|是|为)?|真名|本名|曾用名|名叫|叫做?|名为|联系人|经办人|收款人|持卡人|开户名|户名|户主|申请人姓名|"
    r"本人|我是|他是|她是|大名|小名|化名|姓名是|全名"
)
_ROLE = (
    r"当事人|案主|个案(?:对象|当事人)?|服务对象|受助[人者]|求助[人者]|来访者|救助对象|帮扶对象|走访对象|申请人|监护人|代理人|"
    r"患者|病人|老人|长者|老伴|儿童|孤儿|学生|孩子|小孩|男孩|女孩|娃娃|少年|青年|居民|村民|租户|住户|低保户|五保户|特困户|贫困户|困难户|脱贫户|"
    r"(?:低保|特困|优抚|残疾|刑满释放|社区矫正|服刑|戒毒|流浪|失独|留守|困境)(?:人员|对象|儿童|老人|妇女|人)|"
    r"残疾人|当事者|矫正对象|爱人|丈夫|妻子|老公|老婆|(?<!妇女)儿子|(?<!妇)女儿|儿媳妇?|女婿|养女|养子|继子|继女|"
    r"孙子|孙女|外孙女?|侄子|侄女|外甥女?|哥哥|姐姐|弟弟|妹妹|父亲|母亲|爸爸|妈妈|爷爷|奶奶|外公|外婆|姥姥|姥爷|"
    r"叔叔|阿姨|舅舅|姑姑|邻居|家属|亲属|家长|同学|朋友|工友|病友|客户|租客|嫌疑人|受害人|被害人|原告|被告"
)
# People at work are named in the documents too; only a mark (社工：王芳) tells a name of theirs.
_STAFF = r"(?:社工|社会工作者|网格员|同事|志愿者|督导|主任|书记|医生|护士|老师|教师|律师|民警)(?=(?:姓名|名字)?[:：叫是（(])"
_MARK = rf"(?:{_SPACE}*(?:姓名|名字)?{_SPACE}*(?:[:：是为叫]|名叫|叫做|名为|—+|-|[（(【]){_SPACE}*|{_SPACE}*[“\"「‘]?)"
_CUED = re.compile(
    rf"(?P<cue>(?P<announcing>{_ANNOUNCING})|{_ROLE}|{_STAFF})(?P<mark>{_MARK})[“\"「‘]?"
    rf"(?=(?P<name>[{_HAN}](?:{_SPACE}{{0,2}}[{_HAN}]){{1,3}}))"
)
# Sex, age or a number right behind tell a name as surely as a word before it.
_FOLLOWED = re.compile(
    rf"(?=(?P<name>[{_HAN}]{{2,4}}?)(?:{_SPACE}*[,，、;；（(|/]?{_SPACE}*(?:男|女)(?:性)?{_SPACE}*[,，、;；）)|/.。\d]"
    rf"|{_SPACE}*[,，（(]?{_SPACE}*(?:今年|现年)?{_SPACE}?\d{{1,3}}{_SPACE}?(?:周?岁)"
    rf"|的?(?:身份证|手机号?|联系电话|电话号码|住址|家庭住址|病历|银行卡)"
    rf"|{_SPACE}*[,，:：/／|、;；]?{_SPACE}*(?:电话|手机|身份证|联系方式)?{_SPACE}*[:：]?{_SPACE}*[(（]?[+]?(?:86)?[-)）]?{_SPACE}?(?:1[ ]?[3-9](?:[ .\-]{{0,2}}\d){{9}}|[1-9](?:[ \-]?\d){{16}}[ \-]?[\dXx])(?!\d)))"
)
_TITLES = (
    r"先生|女士|小姐|同学|阿姨|大爷|大妈|大娘|大叔|叔叔|大伯|伯伯|伯母|婆婆|爷爷|奶奶|大姐|大哥|大嫂|嫂子|太太|老太|"
    r"师傅|老爷子|大婶|婶婶|老汉|姨|伯|婆|嫂|姐|哥|叔|婶"
)
_TITLED = re.compile(
    rf"(?P<name>[{_HAN}]{{1,3}}?)(?P<title>{_TITLES})(?![{_HAN}]*?(?:计划|行动|项目|工程|工作室))"
)
_NICK = re.compile(
    rf"(?:{_ROLE})(?:[:：叫是为（(]|名叫)?(?P<name>[小老阿][{_HAN}])(?![{_HAN}]{{0,3}}(?:社会|生活|水平|目标))"
)
_DOTTED = re.compile(rf"[{_HAN}]{{1,7}}(?:[·•・‧･][{_HAN}]{{1,9}}){{1,3}}")
_DOTTED_CUE = re.compile(rf"(?:{_ANNOUNCING}|{_ROLE})(?:{_MARK})$")
_LATIN = r"(?:[A-Z][a-z]+(?:[ -][A-Z][a-z]+){1,2}|[a-z]{2,6} [a-z]{2,12})"
_LATIN_CUED = re.compile(
    rf"(?:(?:{_ANNOUNCING}|{_ROLE})[ ]*[:：是为叫（(]?[ ]*|(?:my|our|a|the) (?:client|patient|student|neighbou?r|son|daughter|mother|father|husband|wife)"
    rf"(?: is| called| named|,)? |(?:[Nn]ame(?:d| is|:)|called|[Cc]lient:?|[Pp]atient:?) )(?P<name>{_LATIN})"
)
_ADDRESSED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mdm)\.? (?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})")
# A project is called something too: 项目叫金晖行动.
_CALLED = frozenset({"叫", "叫做", "名为", "名叫", "名字叫", "名字是", "全名", "名字", "名字为"})
_THING = re.compile(
    r"(?:项目|计划|政策|活动|工程|方案|平台|机构|品牌|中心|服务|社区|制度|文件|办法|行动|系统|软件|公众号|栏目|组织|协会|它|这|那)(?:也|就|又)?$"
)
# What belongs to the sentence and not to a name.
_AFTER = frozenset(
    "的是在有于从对向说要想能可因被把和与及已未没今现年出来去也都就还又将不男女住患了吗呢么跟给让等或但则需得应会家自目该每为以最这那其每很请"
)
_UNKNOWN = frozenset("某XxＸ×*＊○〇")
_TOPIC = re.compile(
    r"[的]?(?:行动|计划|工程|项目|政策|方案|制度|条例|办法|津贴|补贴|补助|救助|保障|服务|中心|机构|社区|基金|活动|模式|机制|"
    r"法律|法规|规定|标准|程序|权利|权益|义务|方式|信息|电话|身份|资格|条件|需求|待遇|保护|教育|工作|社工站|平台|协会|学校|小学|中学|医院|公司|街道|镇|乡|县|区|市|省)"
)


def find_names(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each name that something in `text` announces; spans may overlap."""
    yield from _dotted(text)
    for pattern in (_LATIN_CUED, _ADDRESSED):
        for match in pattern.finditer(text):
            if pattern is _ADDRESSED or _is_pinyin(match["name"]):
                yield match.span("name")
    for match in _CUED.finditer(text):
        if match["announcing"] in _CALLED and _THING.search(text[: match.start()][-8:]):
            continue
        has_mark = bool(match["mark"].strip())
        sure = has_mark or bool(match["announcing"])
        start = match.start("name")
        after = text[match.end("name") : match.end("name") + 8]
        if length := _length(match["name"], after, sure):
            yield start, start + length
    for match in _FOLLOWED.finditer(text):
        start, end = match.span("name")
        # The surname may stand one or two characters further in: 帮王小丽，女.
        for offset in range(end - start - 1):
            name = text[start + offset : end]
            if len(name) <= 4 and _is_name(name, sure=True) and _is_border(text, start + offset):
                yield start + offset, end
                break
    yield from _titled(text)
    for match in _NICK.finditer(text):
        name = match["name"]
        if name[1] in COMMON | OTHER and not is_dictionary_word(name):
            yield match.span("name")


def _dotted(text: str) -> Iterator[tuple[int, int]]:
    """Names of several parts with dots between them: 买买提·吐尔逊."""
    if "·" not in text and not re.search("[•・‧･]", text):
        return
    for match in _DOTTED.finditer(text):
        parts = re.split("[·•・‧･]", match.group())
        start, end = match.span()
        # The first part may have run into the words before it: 服务对象古丽·阿依.
        cue = re.match(rf".*(?:{_ANNOUNCING}|{_ROLE}|是|叫|为|帮|给|由|和|与)", parts[0])
        if cue and cue.end() < len(parts[0]):
            start += cue.end()
            parts[0] = parts[0][cue.end() :]
        for word in ("女士", "先生", "能", "想", "的", "是", "可以", "符合", "家", "同学", "今年"):
            if (cut := parts[-1].find(word)) > 0:
                end -= len(parts[-1]) - cut
                parts[-1] = parts[-1][:cut]
        announced = cue or _DOTTED_CUE.search(text[max(start - 12, 0) : start])
        if announced:
            # 买买提 is a word of the dictionary too; only ways of life and the like are topics.
            if sum(_is_topic(part) for part in parts) < len(parts):
                yield start, end
        elif all(len(part) > 1 and _is_foreign(part) for part in parts):
            yield start, end


def _titled(text: str) -> Iterator[tuple[int, int]]:
    """Surnames and names before a title: 张阿姨, 李秀英奶奶."""
    for match in _TITLED.finditer(text):
        end = match.end("name")
        long_title = len(match["title"]) > 1
        for size in (3, 2, 1):
            start = end - size
            name = text[max(start, 0) : end]
            if start < 0 or len(name) < size or start < match.start("name"):
                continue
            if size == 1:
                before = text[start - 1 : end] if start else ""
                known = is_dictionary_word(name + match["title"]) and not _is_nr(
                    name + match["title"]
                )
                if name in COMMON and not known and not (before and is_dictionary_word(before)):
                    if long_title or _is_called(text, start, end + 1):
                        yield start, end
                elif name in OTHER and long_title:
                    is_border = not known and not (before and is_dictionary_word(before))
                    if (is_border and name not in GRAMMAR) or _is_called(text, start, match.end()):
                        yield start, end
            elif long_title and _is_name(name, sure=True) and _is_border(text, start):
                yield start, end
                break


def _is_called(text: str, start: int, end: int) -> bool:
    """True if the segmentation of the neighbourhood takes this place for a person's name."""
    here = text[max(start - 4, 0) : end + 4]
    position = max(start - 4, 0)
    for word, tag in _guessed(here):
        place = text.find(word, position)
        if place < 0:
            return False
        if place == start:
            return tag.startswith("nr") and place + len(word) <= end
        if place < start < place + len(word):
            return False
        position = place + len(word)
    return False


def _is_border(text: str, start: int) -> bool:
    """True if no word runs over the start of a name: 关于|王… but not 大|王…."""
    if not start:
        return True
    pair = text[start - 1 : start + 1]
    return not is_dictionary_word(pair) or pair[0] in "是叫为给帮对向和与由被让找带将把跟请"


def _length(name: str, after: str, sure: bool) -> int:
    """How many characters of `name`, spaces counted, are a name; 0 for none."""
    bare = re.sub(_SPACE, "", name)
    spaced = bare != name
    double = bare[:2] in DOUBLE
    longest = min(4 if double else 3, len(bare))
    rest = bare + re.sub(_SPACE, "", after)
    size = longest
    if title := re.search(_TITLES, rest[1 : size + 2]):
        size = min(size, max(title.start() + 1, 1))
        if size == 1:
            return 1 if bare[0] in COMMON and not is_dictionary_word(rest[:2]) else 0
    tagged = next(iter(_guessed(rest[:8])), ("", ""))
    if tagged[1].startswith("nr") and 2 <= len(tagged[0]) <= size and _is_name(tagged[0], sure):
        guess = len(tagged[0])
        # 王芳需要: the tagger is sure of two characters; 王小|丽: the third belongs to the name.
        size = guess if guess == size or _starts_word(rest, guess) else size
    elif size == 3 and not double and (bare[2] in _AFTER or _starts_word(rest, 2)):
        size = 2
    while size > 2 and bare[size - 1] in _AFTER:
        size -= 1
    if size < 2 or not _is_name(bare[:size], sure):
        return 0
    if not sure and _TOPIC.match(rest[size:]) and not _is_nr(bare[:size]):
        return 0
    if sure and _TOPIC.match(rest[size : size + 4]) and not spaced and not _is_nr(bare[:size]):
        return 0
    if not spaced:
        return size
    found = re.match(rf"(?:{_SPACE}*[{_HAN}]){{{size}}}", name)
    return found.end() if found else 0


def _starts_word(text: str, position: int) -> bool:
    """True if a word of the sentence begins at `position`, rather than a name going on."""
    rest = text[position:]
    if not rest:
        return True
    if rest[0] in _AFTER:
        return True
    if len(rest) < 2:
        return False
    word, tag = next(iter(_guessed(rest[:6])), ("", ""))
    return len(word) > 1 and is_dictionary_word(word) and not tag.startswith("nr")


def _is_name(name: str, sure: bool) -> bool:
    """True if `name` has the form of a Chinese name and is no word of the language.

    `sure`: something tells that a name stands here; otherwise a surname that often begins
    words must be confirmed by the segmentation.
    """
    surname = name[:2] if name[:2] in DOUBLE else name[:1]
    given = name[len(surname) :]
    if not given or len(given) > 2 or given[0] in _UNKNOWN:
        return False
    if given[0] in _AFTER and not (surname in COMMON and _is_nr(name)):
        return False
    if len(surname) == 1 and surname not in COMMON and surname not in OTHER:
        return False
    if len(surname) == 2:
        return True
    if _is_word(name) or (is_dictionary_word(name) and surname not in COMMON):
        return False
    if name in NO_PERSON or name[:2] in NO_PERSON:
        return False
    if surname in GRAMMAR and not sure and is_dictionary_word(given):
        return False
    confirmed = _is_nr(name)
    if len(given) == 2 and _is_word(name[:2]):
        return sure and confirmed
    if surname in COMMON:
        # 赵铁柱, 王建国: the given name may be a word, the surname with it is none.
        return sure or confirmed or len(given) == 2 or _has_no_words(name)
    usual = len(given) == 2 or given in USUAL
    return confirmed or ((sure or usual) and _has_no_words(name))


@lru_cache(maxsize=2048)
def _has_no_words(name: str) -> bool:
    return all(
        len(word) == 1 or tag.startswith("nr") or not is_dictionary_word(word)
        for word, tag in _guessed(name)
    )


@lru_cache(maxsize=2048)
def _is_word(text: str) -> bool:
    """True if `text` is one word of the dictionary that is no person's name."""
    return is_dictionary_word(text) and not _is_nr(text)


@lru_cache(maxsize=2048)
def _is_nr(text: str) -> bool:
    """True if the segmentation takes `text` for a person's name."""
    words = _guessed(text)
    return len(words) == 1 and words[0][1].startswith("nr")


def _is_topic(part: str) -> bool:
    """True if a part between dots is made of words: 绿色·共享."""
    return any(
        len(word) > 1 and not tag.startswith(("nr", "nz", "ns")) and is_dictionary_word(word)
        for word, tag in _guessed(part)
    )


def _is_foreign(part: str) -> bool:
    """True if a part between dots is a name written by its sound."""
    words = _guessed(part)
    return any(tag.startswith("nr") for _, tag in words) or all(
        len(word) == 1 or not is_dictionary_word(word) for word, _ in words
    )


def _is_pinyin(name: str) -> bool:
    words = re.split("[ -]", name.lower())
    return words[0] in PINYIN or words[-1] in PINYIN
