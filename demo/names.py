"""Fictional names, drawn from common surnames and given-name characters; any likeness is chance."""

import random

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = "远航知微承砚书瑶若谷吉白山月云舒景行清和明湖冠复怀瑾临川星文渊子涵雨桐一诺宇轩欣怡梓浩然思嘉佳雪婷俊杰志强建国海燕丽华国庆红梅春晓秋实冬青晨曦安然逸飞天佑博雅静姝慧敏美玲晓峰立新永康德厚家骏绍辉启明"


def full_name(rng: random.Random) -> str:
    given = rng.choice(GIVEN) + (rng.choice(GIVEN) if rng.random() < 0.82 else "")
    return rng.choice(SURNAMES) + given
