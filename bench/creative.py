"""Variants by the thousand: python -m bench.creative [--variants 1000]

Reads the sample company's product documents into a knowledge base of words only (no encoder is needed), then runs
``marketing creative`` with the built-in composer for every product, in Chinese, until there are enough variants. Prints
how many keep their channel's limits, how many the law check leaves alone, how many claims have a source, and how much
variants of one channel and product share.
"""

import argparse
import tempfile
import time
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

from scenarios.marketing.creative.claims import UNPROVEN
from scenarios.marketing.creative.compose import formats
from scenarios.marketing.creative.lengths import fits
from scenarios.marketing.creative.models import Channel, Creative
from scenarios.marketing.law.violations import Context, findings
from scenarios.marketing.scenario import MARKETING
from vectorstore.knowledge import KnowledgeBases
from wiring import services
from workbench.engine import Finished, Order
from workbench.language import shingles
from workbench.settings import Embedding, Settings

SHOP = Path(__file__).parent.parent / "knowledge" / "sample_company" / "support"
PRODUCTS = (
    "清风 A3 空气净化器",
    "小蒲 R5 扫拖机器人",
    "香脆 F6 空气炸锅",
    "恒温 K2 电热水壶",
    "润眠 H4 无雾加湿器",
    "守宅 L1 智能门锁",
)
AUDIENCES = ("租房青年", "新婚家庭", "有孩子的家庭", "养宠物的人", "独居的人")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--variants", type=int, default=1000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), embedding=Embedding(kind="none"), load_builtin_knowledge=False)
        made = services(settings)
        knowledge = made.knowledge
        assert isinstance(knowledge, KnowledgeBases)  # noqa: S101  # for its ingest, which the seam has too
        knowledge.create("shop")
        sources = [path for path in SHOP.iterdir() if "2025" not in path.name and "-en" not in path.name]
        for result in knowledge.ingest("shop", sorted(sources)):
            if result.status == "failed":
                print(f"failed: {result.path} {result.error}")
        began, variants = time.perf_counter(), list[tuple[str, Any]]()
        for audience in AUDIENCES:
            for product in PRODUCTS:
                if len(variants) < asked.variants:
                    variants += _run(made, product, audience)
        _report(variants[: asked.variants], time.perf_counter() - began)


def _run(made: Any, product: str, audience: str) -> list[tuple[str, Any]]:
    request = {
        "product": product, "audiences": [audience], "channels": list(get_args(Channel)), "brand": "蒲屿",
        "offer": "6月1日至18日下单立减40元",
    }  # fmt: skip
    last = list(made.engine.execute(Order(MARKETING, "creative", request, knowledge_bases=("shop",))))[-1]
    assert isinstance(last, Finished) and last.run.deliverable is not None, last  # noqa: S101
    return [(product, variant) for variant in Creative.model_validate(last.run.deliverable).variants]


def _report(variants: list[tuple[str, Any]], seconds: float) -> None:
    within, lawful, claims = 0, 0, Counter[bool]()
    for product, variant in variants:
        form = formats()[variant.channel]
        parts = (
            (variant.headline, form.headline),
            (variant.body, form.body),
            (variant.call_to_action, form.call_to_action),
        )
        within += (
            all(fits(part, limit, form.measure) for part, limit in parts) and len(variant.hashtags) <= form.hashtags
        )
        lawful += not findings(f"{variant.headline}\n{variant.body}", Context(names=(product,)), "zh")
        claims.update(claim.source != UNPROVEN for claim in variant.claims)
    shared, pairs, twins = 0.0, 0, 0
    words = [(product, variant.channel, shingles(variant.headline + variant.body)) for product, variant in variants]
    for first, second in combinations(words, 2):
        if first[:2] == second[:2]:
            likeness = len(first[2] & second[2]) / len(first[2] | second[2])
            shared, pairs, twins = shared + likeness, pairs + 1, twins + (likeness > 0.95)
    count = len(variants)
    print(f"{count} variants of {len({product for product, _ in variants})} products, {count / seconds:.0f} a second")
    print(f"within their channel's limits   {within} ({within / count:.1%})")
    print(f"nothing found by the law check  {lawful} ({lawful / count:.1%})")
    print(f"claims with a source            {claims[True]} of {claims.total()} ({claims[True] / claims.total():.1%})")
    print(f"shared words of two variants of one product and channel: {shared / pairs:.2f} on average (Jaccard)")
    print(f"pairs that are the same (over .95): {twins} of {pairs}")


if __name__ == "__main__":
    main()
