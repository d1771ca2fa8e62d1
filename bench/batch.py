"""A batch of 500 customer messages with the composer: python -m bench.batch [--rows N] [--out xlsx|jsonl]"""

import argparse
import contextlib
import json
import os
import tempfile
import time
from pathlib import Path

import cli

QUESTIONS = (
    "暖壶 K2 保修多久？",
    "买了五天能退吗？运费谁出？",
    "发票怎么开？",
    "什么时候发货？",
    "水壶漏水了，很生气！",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=500)
    parser.add_argument("--out", choices=("xlsx", "jsonl"), default="xlsx")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = ["--data", str(Path(folder) / "data"), "--json"]
        rows, out = Path(folder) / "rows.jsonl", Path(folder) / f"out.{given.out}"
        messages = (f"{QUESTIONS[n % len(QUESTIONS)]}（订单 {100000 + n}）" for n in range(given.rows))
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
