"""Surnames and the characters of given names: what tells a name from a word."""

from __future__ import annotations

# The commonest surnames (Ministry of Public Security, report on names, 2020) that seldom begin a
# word of policy.
COMMON = frozenset(
    "王李张刘陈杨黄赵吴周徐孙朱胡郭何林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁余叶蒋杜苏魏程吕丁沈姚"
    "卢傅钟姜崔谭廖范汪陆戴贾韦夏邱侯邹熊孟秦阎薛尹段雷黎史陶贺顾龚邵覃赖樊葛邢庞颜庄聂岳翟殷詹欧耿"
    "焦俞柳祝纪梅童凌毕裴霍涂苗曲翁冉骆闫肖丘"
)
# Others, which do begin words (高, 方, 安) or are rare: they want a surer sign.
OTHER = frozenset(
    "高马金石江白龙万钱严武莫孔汤向常温康施文牛安齐易乔伍倪章鲁申关兰左甘包宁尚符舒阮柯单季成谷盛蓝路游"
    "付辛靳管柴蒙鲍华喻祁蒲房滕屈饶毛郝于任方洪代桂邬边卞卓芦池阳仇苟褚卫娄岑柏缪麻麦明慕宫牟穆彦晏应"
    "尤车卜戚初农巫司全党楚解占班阿冷敖仲时滑巩隆厉储连沙练宗艾原桑满雍景丰臧麦闵幸冼"
)
DOUBLE = (
    "欧阳 上官 司马 诸葛 皇甫 尉迟 公孙 慕容 司徒 夏侯 东方 令狐 宇文 长孙 南宫 端木 完颜 赫连 呼延 独孤 拓跋 轩辕 钟离"
).split()
# Surnames in pinyin, for names in Latin letters.
PINYIN = frozenset(
    "wang li zhang liu chen yang huang zhao wu zhou xu sun zhu hu guo he lin luo zheng liang xie song tang deng feng "
    "han cao zeng peng xiao cai pan tian dong yuan yu ye jiang du su wei cheng lu lv ding shen yao zhong cui tan liao "
    "fan shi jin dai jia xia qiu fang hou zou xiong meng qin bai yan xue yin duan lei long tao mao hao gu wan qian "
    "gao ma kong shao lai qi ouyang wong lee chan cheung lau kwok".split()
)
# Words that the segmentation takes for names.
NO_PERSON = frozenset(
    "孙子 孙女 孙儿 童子 贺卡 贺词 顾客 田野 高明 林海 康复 许可 祝福 祝贺 戴电子 戴手环 戴手铐 戴口罩".split()
)
# Characters that end the given names of most people and few words after a surname.
USUAL = frozenset(
    "伟芳娜敏静丽强磊军勇艳杰娟涛秀兰霞刚桂英梓涵轩晨怡浩琪淑珍凤梅燕玲琴萍红斌鹏辉峰婷莉颖倩莹洁雪琳蕾鑫宇帆昊昕妍菲彬凯豪俊"
)
# Surnames that are words of grammar: 向慈善组织, 于当日.
GRAMMAR = frozenset("曾向于任时易单成当应全连")
