"""The articles that rules name for short, as people cite them: 'LCL 47(1), REG 27' → 《劳动合同法》第47条(1)、…."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LAWS = {
    "ALM": gettext_lazy("Measures for paid annual leave"),
    "ALR": gettext_lazy("Regulations on paid annual leave"),
    "CC": gettext_lazy("Civil Code"),
    "DAY": gettext_lazy("Notice on monthly working days and hourly wages"),
    "FLEX": gettext_lazy("Interim measures for flexible retirement"),
    "JI1": gettext_lazy("Interpretation (I) on labour disputes"),
    "JI2": gettext_lazy("Interpretation (II) on labour disputes"),
    "LAY": gettext_lazy("Rules on layoffs"),
    "LCL": gettext_lazy("Labour Contract Law"),
    "LL": gettext_lazy("Labour Law"),
    "MED": gettext_lazy("Rules on the medical period"),
    "NC": gettext_lazy("Guideline on non-compete clauses"),
    "ODL": gettext_lazy("Law on occupational diseases"),
    "PIPL": gettext_lazy("Personal Information Protection Law"),
    "REG": gettext_lazy("Regulations on the Labour Contract Law"),
    "RET": gettext_lazy("Decision on the retirement age"),
    "SIL": gettext_lazy("Social Insurance Law"),
    "TAX164": gettext_lazy("Notice on the tax of one-off payments"),
    "TUL": gettext_lazy("Trade Union Law"),
    "WII": gettext_lazy("Regulations on work injury insurance"),
    "WPR": gettext_lazy("Provisional rules on the payment of wages"),
    "调解仲裁法": gettext_lazy("Law on Mediation and Arbitration of Labour Disputes"),
    "民事诉讼法": gettext_lazy("Civil Procedure Law"),
}
ITEMS = {("LCL", article) for article in ("39", "40", "41", "42", "44", "46")} | {("TAX164", "5")}
"""Articles whose numbered parts are items (项); those of the others are paragraphs (款)."""
_PART = re.compile(r"(?:(?P<law>[A-Z]+\d*|[\u4e00-\u9fff]+)\s*)?(?P<article>\d[\d-]*)?(?:\((?P<part>\d+)\))?")


def cited(articles: str) -> str:
    """What is no short name of ours stays as it is."""
    return _("; ").join(citations(articles))


def citations(articles: str) -> list[str]:
    """Each place that is cited, by itself."""
    words, law = [], ""
    for part in filter(None, re.split(r"[,;]\s*", articles)):
        found = _PART.fullmatch(part.strip())
        law = (found and found["law"]) or law
        if found is None or (law not in LAWS and law.isascii()):
            return [articles]
        words.append(_one(law, found["article"] or "", found["part"] or ""))
    return words


def _one(law: str, article: str, part: str) -> str:
    """A law without a short name here is cited by its own."""
    name = LAWS.get(law, law)
    if not article:
        return _("“%(law)s”") % {"law": name}
    place = _("“%(law)s”, art. %(article)s") % {"law": name, "article": article}
    if not part:
        return place
    return place + (_(", item %(n)s") if (law, article) in ITEMS else _(", para. %(n)s")) % {"n": part}
