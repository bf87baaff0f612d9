"""The furniture of web pages: navigation, buttons, sharing, footers; and the names that tell.

The words are those of Chinese government and news sites; a name is an id or a class.
"""

from __future__ import annotations

import re

from lxml import etree

from knowledge.loading.html_blocks import Block

_KNOWN_BODY = re.compile(
    r"^(?:ucap-?content|zoom(?:con)?|trs_editor(?:_view)?|trs_ueditor|view|article[-_]?(?:content|body|con|text)|"
    r"pages_content|content[-_]?(?:body|text|txt|main)|news[-_]?(?:content|body|con|text)|conTxt|con_?text|"
    r"xxgk_?(?:content|con|detail)|detail[-_]?(?:content|con|text)|main[-_]?(?:text|txt)|wzcon|articlecon|"
    r"vsb_content\w*|js_content|barrierfree_container|mainText|gknbxq_detail|contentText|b12c|entry-content|post-content)$",
    re.IGNORECASE,
)
_FURNITURE_NAME = re.compile(
    r"(?:^|[-_ ])(?:nav\w*|menu\w*|crumbs?|breadcrumbs?|foot(?:er)?\w*|side|side_?(?:bar|nav)\w*|(?:left|right)_?(?:nav|menu|bar)\w*|aside|share\w*|bdshare\w*|"
    r"related?\w*|recommend\w*|copyright\w*|pag(?:er|ination)|search\w*|login\w*|toolbar|qr_?code\w*|qr_container|"
    r"ewm\w*|weixin\w*|comments?|friend_?links?|advert\w*|banner\w*|top_?bar|print\w*|xgwj|xglj|dqwz|dangqian\w*|"
    r"location|position_?nav|accessib\w*|jiathis\w*|function_?bar)(?:$|[-_ ])",
    re.IGNORECASE,
)
_FURNITURE_TAGS = frozenset(("nav", "aside", "footer", "menu"))
_LONGEST = 120
_SEPARATORS = r"[\s\u00a0\u3000|｜·/、,，>》»\-_【】\[\]（）()：:。!！]*"
_WORDS = (
    r"扫一扫(?:在手机(?:上)?打开(?:当前页(?:面)?|此页)|手机浏览|分享本页)?|(?:手机)?扫码(?:阅读|浏览|分享)|打印(?:本页|此页|本文|页面|内容)?|关闭(?:本页|窗口|页面|此页)?|"
    r"收藏(?:本页|此页)?|加入收藏|设为首页|返回(?:顶部|首页|上一页|列表)?|回到顶部|分享(?:到|至)?|转发|微信|微博|新浪微博|腾讯微博|"
    r"QQ空间|qq好友|朋友圈|更多(?:分享)?|字体|字号|大|中|小|默认|放大|缩小|正常|繁体(?:版|中文)?|简体(?:版|中文)?|无障碍(?:浏览|阅读|模式)?|"
    r"(?:适老化|长者|关怀)(?:模式|版|助手)?|English|EN|登录|注册|退出|搜索|高级搜索|"
    r"首页|网站首页|网站地图|网站声明|联系我们|关于我们|网站支持IPv6|纠错|我要纠错|下载|保存|"
    r"语音播报|朗读|听全文|点赞|评论|推荐|举报|来信|邮件|发送邮件|客户端|手机版|电脑版|移动版|相关附件下载|附件下载"
)
# Each word is taken once and for all (?>): 返回首页 is one word and is two, and to try both takes
# twice the time for each further word.
_ONLY_FURNITURE = re.compile(rf"{_SEPARATORS}(?>(?>{_WORDS}){_SEPARATORS})+", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:您|你)?(?:现在|当前)?(?:所在|的)?位置[：:]|您现在的位置|首页\s*[>》»/]|网站首页\s*[>》»/-]|"
    r"(?:上|下)一(?:篇|条|页)(?:文章)?\s*[：:]|(?:上|下)一(?:篇|条)$|主办(?:单位)?[：:]|承办(?:单位)?[：:].{0,40}(?:技术|备案|$)|版权所有|"
    r"(?:网站)?技术支持[：:]|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]ICP备|.{0,4}公网安备|政府网站标识码|网站标识码[：:]?|"
    r"Copyright|建议使用.{0,20}(?:浏览器|分辨率)|(?:浏览|阅读|点击|访问)(?:次数|量|数)?[：:]?\s*\d*\s*(?:次|人)?$|"
    r"【?字体[：:]|【?字号[：:]|(?:用微信)?[“\"]?扫一扫|"
    r"微信扫一扫|(?:责任)?编辑[：:].{0,20}$|网友评论|我要评论|相关(?:标签|搜索)[：:]|未经.{0,12}(?:授权|许可).{0,12}转载|"
    r"您访问的链接即将离开|是否继续|附件下载[：:]?$|分享(?:到|至)[：:]?",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:【|\[)?(?:相关(?:稿件|链接|文章|阅读|新闻|信息|文件|资讯|报道|解读|政策|推荐|专题|内容|文档|附件)|推荐(?:阅读|文章)|延伸阅读|热点推荐|"
    r"热门(?:文章|推荐|文件|信息)|最新(?:文章|信息|文件|动态)|猜你喜欢|政策解读|(?:文件|图文|媒体|专家|图片)解读|图解|解读|友情链接|点击排行|"
    r"网友留言|更多(?:文章|推荐)|国务院部门网站|地方政府网站|驻港澳机构网站|我要评论)(?:】|\])?\s*[：:>》»]*\s*"
)


def opens_appendix(block: Block) -> bool:
    """Whether a block is the heading of what a site adds: related articles, explanations."""
    return bool(_TAIL.fullmatch(block.text.strip()))


def is_furniture(block: Block) -> bool:
    """Whether the words of a block belong to the site, not to the document."""
    text = block.text.strip()
    if len(text) > _LONGEST:
        return False
    return bool(_ONLY_FURNITURE.fullmatch(text) or _FURNITURE.match(text))


def is_known_body(element: etree._Element) -> bool:
    """Whether `element` is named as the body of a document."""
    names = [element.get("id") or "", *(element.get("class") or "").split()]
    return any(_KNOWN_BODY.match(name) for name in names if name)


def in_furniture(element: etree._Element | None) -> bool:
    """Whether `element` stands in a part of the page that is named as no document."""
    while element is not None and element.tag not in ("body", "html"):
        if element.tag in _FURNITURE_TAGS:
            return True
        if is_known_body(element):
            return False
        names = f"{element.get('id') or ''} {element.get('class') or ''}"
        if names != " " and _FURNITURE_NAME.search(names):
            return True
        element = element.getparent()
    return False
