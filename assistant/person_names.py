"""Names of persons after a word that announces one: 姓名：张三, 我叫李小明, 案主王芳.

A name is a surname and one or two characters more. A word of the dictionary that happens to
begin with a surname (高龄, 方案, 安全) is none, nor is a name already made unknown (张某).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from knowledge.tokenization import is_dictionary_word, tagged_words

# The hundred commonest surnames (Ministry of Public Security, report on names, 2020), and others
# that are met often; the double ones after them.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏"
    "程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚"
    "邵万钱严赖覃洪武莫孔汤向常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左"
    "柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶"
)
_DOUBLE = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "司徒",
    "夏侯",
    "东方",
    "令狐",
)
_CUE = (
    r"姓名|名字(?:叫|是)|我叫|他叫|她叫|名叫|叫做|本人|我是(?=[一-鿿]{2,3}[,，。、；])|联系人|申请人|"
    r"监护人|户主|当事人|案主|个案对象|服务对象|受助人|求助人|救助对象|患者|病人|老人|儿童|学生|孩子|"
    r"居民|村民|低保户|社工|同事|爱人|丈夫|妻子|儿子|女儿|父亲|母亲|爷爷|奶奶|邻居|家属|姓名是|名为"
)
_NAME = re.compile(
    rf"(?P<cue>{_CUE})(?:姓名)?[ \t　]*(?P<mark>[:：是为叫]|名叫)?[ \t　]*[“\"「]?"
    rf"(?P<name>(?:{'|'.join(_DOUBLE)})[一-鿿]{{1,2}}|[一-鿿][ 　]?[一-鿿](?:[ 　]?[一-鿿])?)"
)
# Titles after a name; the name ends before them.
_TITLE = re.compile(r"先生|女士|小姐|同学|阿姨|大爷|奶奶|爷爷|老师|同志|大妈|叔叔|婆婆")
_NO_NAME = frozenset("某")
# What follows a name of two characters and belongs to the sentence.
_AFTER = frozenset("的是在有于从对向说要想能可因被把和与及已未没今现年出来去也都就还又将不男女住患")
# Cues after which any word may come; the others need a mark or a name beyond doubt.
_STRONG = frozenset(
    {"姓名", "我叫", "他叫", "她叫", "名叫", "联系人", "姓名是", "名为", "名字叫", "名字是"}
)


def find_names(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each name that a word of `text` announces."""
    position = 0
    while match := _NAME.search(text, position):
        position = match.start("name")
        length = _length(match["name"], text[match.end() : match.end() + 2])
        is_announced = bool(match["mark"]) or match["cue"] in _STRONG
        if length and (is_announced or _is_certain(match["name"][:length])):
            yield match.start("name"), match.start("name") + length
            position += length


def _length(name: str, after: str) -> int:
    """How many characters of `name` are a name; 0 for none."""
    bare = re.sub(r"[ 　]", "", name)
    surname = next((s for s in _DOUBLE if bare.startswith(s)), bare[:1])
    if surname not in _DOUBLE and surname not in _SURNAMES:
        return 0
    if title := _TITLE.search(bare + after):
        bare = bare[: title.start()]
    given = bare[len(surname) :]
    if not given or given[0] in _NO_NAME or given[0] in _AFTER:
        return 0
    if len(given) == 2 and given[1] in _AFTER:
        given = given[:1]
    whole = surname + given
    if _is_word(whole):
        # 张三丰 may be longer than a word that it begins with; a word itself is no name.
        return 0
    if len(given) == 2 and _is_word(whole[:2]):
        return 0
    # Positions count the spaces within the name.
    spaces = re.match(r"(?:[ 　]?[^ 　])" + f"{{{len(whole)}}}", name)
    return spaces.end() if spaces else 0


@lru_cache(maxsize=2048)
def _is_word(text: str) -> bool:
    """True if `text` is one word of the dictionary that is no person's name."""
    return is_dictionary_word(text) and not tagged_words(text)[0][1].startswith("nr")


@lru_cache(maxsize=2048)
def _is_certain(name: str) -> bool:
    """True if the segmentation takes `name` for a person's."""
    words = tagged_words(re.sub(r"[ 　]", "", name))
    return len(words) == 1 and words[0][1].startswith("nr")
