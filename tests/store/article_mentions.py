"""What is named in the article of the project's owner, by hand, in reading order.

Only names, sums, shares, dates and quantities stand here, each as type and surface;
the article itself is not part of the project. A surface is looked for from the end of
the one before, so the list also says where each one stands.
"""

from __future__ import annotations

_LISTED = """
QUANTITY 100.000|ORG Alibaba|LOC Cina|LOC Stati Uniti
PRODUCT Zhenwu 810E|PRODUCT H20|ORG Nvidia|ORG T-Head|ORG Alibaba
ORG Cambricon Technologies|PRODUCT Zhenwu 810E|ORG Alibaba
DATE venerdì mattina 30 gennaio 2026|ORG Alibaba|PERCENT 3,2%|ORG Goldman Sachs
PRODUCT Zhenwu 810E|ORG Alibaba|ORG Nvidia|ORG Bloomberg|ORG Alibaba|ORG T-Head
ORG ByteDance|ORG Alibaba
ORG ByteDance|PRODUCT TikTok|PRODUCT Douyin|ORG Alibaba|ORG Nvidia|PER Jensen Huang
ORG World Economic Forum|LOC Davos|LOC Svizzera
MONEY migliaia di miliardi di dollari
ORG Reuters|DATE oggi|DATE 30 gennaio 2026
ORG Ministero dell'Industria e dell'Informazione Tecnologica|DATE stamattina
ORG ByteDance
PER Liang Rubo|ORG ByteDance|DATE giovedì|LOC Pechino|PER Liang
DATE 2026|DATE oggi|ORG teDance|PRODUCT Project Titan|DATE terzo trimestre
ORG South China Morning Post|DATE mese scorso|ORG ByteDance|ORG Nvidia|DATE 2026
MONEY 100 miliardi di yuan|MONEY 14 miliardi di dollari|MONEY 85 miliardi di yuan
DATE 2025|DATE venerdì 30 gennaio|PERCENT 17,6%|DATE 2023
"""


def places(text: str) -> frozenset[tuple[int, int, str]]:
    """Where each listed mention stands: start, end (code points) and type.

    Raises ``ValueError`` if the text is not the one that the list was made from.
    """
    found, at = set(), 0
    for listed in _LISTED.strip().replace("\n", "|").split("|"):
        kind, surface = listed.split(" ", 1)
        start = text.index(surface, at)
        at = start + len(surface)
        found.add((start, at, kind))
    return frozenset(found)
