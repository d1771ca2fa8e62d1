"""A batch of 500 different customer messages with the composer: python -m bench.batch [--rows N] [--out xlsx|jsonl]"""

import argparse
import contextlib
import json
import os
import tempfile
import time
from itertools import cycle, islice, product
from pathlib import Path

import cli

PRODUCTS = (
    "暖壶 K2",
    "空气净化器 A3",
    "空气炸锅",
    "加湿器 H4",
    "智能门锁",
    "扫地机器人 R5",
    "电饭煲",
    "滤芯",
    "水杯",
    "充电器",
)
QUESTIONS = (
    "保修多久？",
    "买了五天能退吗？运费谁出？",
    "能开增值税专用发票吗？",
    "什么时候发货？",
    "漏水了怎么办？",
    "配件在哪里买？",
    "能换个颜色吗？",
    "用了一个月就坏了，怎么修？",
    "收到时外包装破了。",
    "刚买就降价了，能补差价吗？",
)
REMARKS = ("", "我急着用。", "我在广州。", "昨天刚买的。", "很生气！")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=500)
    parser.add_argument("--out", choices=("xlsx", "jsonl"), default="xlsx")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = ["--data", str(Path(folder) / "data"), "--json"]
        rows, out = Path(folder) / "rows.jsonl", Path(folder) / f"out.{given.out}"
        messages = islice(cycle("".join(parts) for parts in product(PRODUCTS, QUESTIONS, REMARKS)), given.rows)
        rows.write_text("".join(json.dumps({"message": one}) + "\n" for one in messages), "utf-8")
        with open(os.devnull, "w") as nothing, contextlib.redirect_stdout(nothing):  # noqa: PTH123  # a device
            cli.main(["kb", "create", "support", *data])
            cli.main(["kb", "ingest", "--kb", "support", "knowledge/sample_company/support", *data])
            began = time.perf_counter()
            words = ["batch", "support", "reply", "--rows", str(rows), "--out", str(out), "--kb", "support"]
            status = cli.main([*words, *data])
        seconds = time.perf_counter() - began
    print(f"{given.rows} rows to {given.out}: {seconds:.1f} s, {given.rows / seconds:.1f} rows/s, exit status {status}")


if __name__ == "__main__":
    main()
