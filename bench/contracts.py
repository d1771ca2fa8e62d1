"""Plants defects in real contract templates and counts what the review finds: recall and precision by rule.

``python -m bench.contracts --data /path/to/data`` where the folder holds ``contracts/cn_templates/dev.jsonl.gz``. The
blanks of a template are filled first, so that it reads like a contract about to be signed. A planted defect counts as
found when a finding of its rule touches the planted words (or names what is missing); a finding of the rule of interest
that the clean contract has not, and that touches nothing planted, is a false alarm.
"""

import argparse
import gzip
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from scenarios.contracts.contract import Contract
from scenarios.contracts.folding import fold
from scenarios.contracts.identity import credit_check, id_check
from scenarios.contracts.issue import Issue
from scenarios.contracts.review import issues

Plant = tuple[str, str]
"""(sentence to insert or whole text, the words of it that are wrong)"""

_COMPANIES = ("北京华信科技有限公司", "上海明德机械制造有限公司", "深圳市蓝海贸易有限公司", "杭州青松软件股份有限公司")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"


def capital(value: int) -> str:
    """A whole sum in capitals: 1050000 is 壹佰零伍万元整."""
    if value == 0:
        return "零元整"
    out, zero = "", False
    units = [(10**8, "亿"), (10**4, "万"), (1, "")]
    for size, unit in units:
        part, value = divmod(value, size)
        if part == 0:
            zero = zero or bool(out)
            continue
        words = ""
        for scale, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
            digit, part = divmod(part, scale)
            if digit:
                words += ("零" if zero else "") + _DIGITS[digit] + name
                zero = False
            elif out or words:
                zero = True
        zero = False if not unit else zero and bool(value) and value < 1000
        out += words + unit
    return out + "元整"


def plants(rng: random.Random) -> dict[str, list[tuple[str, str, str]]]:
    """By rule: (wrong sentence, the wrong words in it, the same sentence without the defect)."""
    n = rng.choice([12, 35, 86, 120, 268, 450]) * 10000
    m = n + rng.choice([10000, 100000, -20000])
    y = rng.choice([2023, 2024, 2025])
    comma, plain = f"{n:,}", str(n)
    third = n * 3 // 10
    good_code = "91110108MA01ABCD1"
    good_code += credit_check(good_code) or ""
    bad_code = good_code[:17] + ("A" if good_code[17] != "A" else "B")
    good_id = "11010519900307723"
    good_id += id_check(good_id)
    bad_id = good_id[:17] + ("3" if good_id[17] != "3" else "4")
    d = rng.choice([0.6, 0.8, 1, 2])
    return {
        "amount.words_mismatch": [
            (
                f"合同总价为人民币{comma}元（大写：{capital(m)}）。",
                capital(m),
                f"合同总价为人民币{comma}元（大写：{capital(n)}）。",
            ),
            (
                f"本项目费用共计¥{comma}.00（人民币{capital(m)}）。",
                capital(m),
                f"本项目费用共计¥{comma}.00（人民币{capital(n)}）。",
            ),
            (
                f"价款：人民币（大写）{capital(m)}（小写：{plain}元）。",
                capital(m),
                f"价款：人民币（大写）{capital(n)}（小写：{plain}元）。",
            ),
            (
                f"合同金额{n // 10000}万元（{capital(m).replace('元', '圆')}）。",
                "圆整",
                f"合同金额{n // 10000}万元（{capital(n).replace('元', '圆')}）。",
            ),
            (f"金额大写：{capital(m)}，小写：RMB{comma}。", capital(m), f"金额大写：{capital(n)}，小写：RMB{comma}。"),
        ],
        "amount.sum_mismatch": [
            (
                f"合同总价{comma}元，分三期支付：首付{third:,}元，到货款{third:,}元，尾款{n - 2 * third - 5000:,}元。",
                "尾款",
                f"合同总价{comma}元，分三期支付：首付{third:,}元，到货款{third:,}元，尾款{n - 2 * third:,}元。",
            ),
            (
                f"总金额为人民币{comma}元。第一期支付人民币{third:,}元，第二期支付人民币{n - third + 20000:,}元。",
                "第二期",
                f"总金额为人民币{comma}元。第一期支付人民币{third:,}元，第二期支付人民币{n - third:,}元。",
            ),
            (
                f"设备数量20台，单价{n // 20:,}元，合计{m:,}元。",
                "合计",
                f"设备数量20台，单价{n // 20:,}元，合计{n:,}元。",
            ),
            (
                f"本合同总价款为{comma}元，签订后支付合同总价的30%，即{third + 3000:,}元。",
                "30%",
                f"本合同总价款为{comma}元，签订后支付合同总价的30%，即{third:,}元。",
            ),
        ],
        "amount.percent_sum": [
            (
                "签订后支付合同总价的30%，货到支付合同总价的50%，验收合格后支付合同总价的30%。",
                "30%",
                "签订后支付合同总价的30%，货到支付合同总价的50%，验收合格后支付合同总价的20%。",
            ),
            (
                "付款方式：预付款30%，进度款40%，验收款20%，质保金5%。",
                "预付款",
                "付款方式：预付款30%，进度款40%，验收款25%，质保金5%。",
            ),
            (
                "合同生效后10日内支付40%，交付后10日内付至80%，余款10%于质保期满后支付。",
                "40%",
                "合同生效后10日内支付40%，交付后10日内付至90%，余款10%于质保期满后支付。",
            ),
        ],
        "amount.tax_arithmetic": [
            (
                f"不含税价款{comma}元，增值税税率13%，税额{n * 13 // 100 + 1000:,}元，价税合计{n * 113 // 100:,}元。",
                "税额",
                f"不含税价款{comma}元，增值税税率13%，税额{n * 13 // 100:,}元，价税合计{n * 113 // 100:,}元。",
            ),
            (
                f"含税总价{n * 106 // 100:,}元（其中不含税金额{comma}元，6%增值税{n * 9 // 100:,}元）。",
                "增值税",
                f"含税总价{n * 106 // 100:,}元（其中不含税金额{comma}元，6%增值税{n * 6 // 100:,}元）。",
            ),
        ],
        "date.invalid": [
            (f"设备应于{y}年2月30日前交付。", "2月30日", f"设备应于{y}年2月28日前交付。"),
            (f"最迟不晚于{y}-11-31完成。", "11-31", f"最迟不晚于{y}-11-30完成。"),
            ("应在二〇二五年四月三十一日前完成。", "三十一日", "应在二〇二五年四月三十日前完成。"),
            (f"资料于{y}/13/05前提交。", "13/05", f"资料于{y}/12/05前提交。"),
        ],
        "date.order": [
            (
                f"服务期限自{y}年6月1日起至{y - 1}年5月31日止。",
                f"{y - 1}年",
                f"服务期限自{y}年6月1日起至{y + 1}年5月31日止。",
            ),
            (f"有效期：{y}.08.01-{y}.01.31。", f"{y}.01.31", f"有效期：{y}.01.31-{y}.08.01。"),
            (
                f"开工日期：{y}年5月10日，竣工日期：{y}年3月10日。",
                "3月10日",
                f"开工日期：{y}年5月10日，竣工日期：{y}年9月10日。",
            ),
        ],
        "term.duration_mismatch": [
            (
                f"合作期限为三年，自{y}年1月1日起至{y + 1}年12月31日止。",
                "三年",
                f"合作期限为三年，自{y}年1月1日起至{y + 2}年12月31日止。",
            ),
            (
                f"自{y}年3月1日至{y + 1}年2月28日，共计24个月。",
                "24个月",
                f"自{y}年3月1日至{y + 1}年2月28日，共计12个月。",
            ),
            (f"工期90天，自{y}年3月1日至{y}年7月30日。", "90天", f"工期90天，自{y}年3月1日至{y}年5月29日。"),
        ],
        "blank.placeholder": [
            ("交付地点为【    】。", "【", "交付地点为北京市海淀区。"),
            ("联系人为XXX，电话另行告知。", "XXX", "联系人为王磊，电话另行告知。"),
            ("具体标准待定。", "待定", "具体标准见国家标准。"),
            ("质保期为____个月。", "____", "质保期为12个月。"),
            ("保修范围为[●]。", "[●]", "保修范围为全部零件。"),
        ],
        "identity.credit_code": [(f"统一社会信用代码：{bad_code}。", bad_code, f"统一社会信用代码：{good_code}。")],
        "identity.id_number": [
            (f"身份证号码：{bad_id}。", bad_id, f"身份证号码：{good_id}。"),
            ("身份证号：110105199013077234。", "110105199013077234", f"身份证号：{good_id}。"),
        ],
        "reference.dangling_clause": [
            ("除本合同第九十八条另有约定外，按本条执行。", "第九十八条", "除本合同第一条另有约定外，按本条执行。"),
            ("违反第88条约定的，应当承担责任。", "第88条", "违反第1条约定的，应当承担责任。"),
        ],
        "reference.missing_attachment": [
            ("技术要求详见附件十九《技术规格书》。", "附件十九", "技术要求详见国家标准。"),
            ("价格明细见附件18。", "附件18", "价格明细见报价。"),
        ],
        "currency.mixed": [
            (f"设备价款为人民币{comma}美元。", "美元", f"设备价款为人民币{comma}元。"),
            (f"设备价款为{capital(n)}（USD{comma}）。", "USD", f"设备价款为{capital(n)}（RMB{comma}）。"),
        ],
        "deposit.over_20_percent": [
            ("签订后三日内支付合同总价的30%作为定金。", "30%", "签订后三日内支付合同总价的20%作为定金。"),
            ("定金为合同总价款的35%。", "35%", "定金为合同总价款的15%。"),
            (
                f"合同总价为{comma}元，买受人应支付定金{n * 4 // 10:,}元。",
                "定金",
                f"合同总价为{comma}元，买受人应支付定金{n // 10:,}元。",
            ),
        ],
        "penalty.excessive": [
            (
                f"逾期交付的，每逾期一日按合同总价的{d}%支付违约金。",
                f"{d}%",
                "逾期交付的，每逾期一日按合同总价的0.05%支付违约金。",
            ),
            ("任何一方违约的，应按合同总价的50%支付违约金。", "50%", "任何一方违约的，应按合同总价的10%支付违约金。"),
            ("逾期付款的，按日千分之八支付违约金。", "千分之八", "逾期付款的，按日万分之五支付违约金。"),
            ("违约方应支付合同总价款三倍的违约金。", "三倍", "违约方应支付合同总价款10%的违约金。"),
        ],
        "liability.void_exclusion": [
            ("施工中发生的人身伤亡事故，甲方概不负责。", "人身", "施工中发生的人身伤亡事故，由责任方承担。"),
            (
                "因甲方故意或重大过失造成的损失，甲方不承担任何责任。",
                "故意",
                "因乙方故意或重大过失造成的损失，乙方应当赔偿。",
            ),
        ],
        "dispute.both_court_and_arbitration": [
            (
                "因本合同发生的争议，双方可以向北京仲裁委员会申请仲裁，也可以向人民法院起诉。",
                "仲裁",
                "因本合同发生的争议，双方应向北京仲裁委员会申请仲裁。",
            ),
            ("发生争议的，提交仲裁机构仲裁或向法院提起诉讼。", "仲裁", "发生争议的，提交上海仲裁委员会仲裁。"),
            ("争议由有关仲裁机构仲裁解决。", "仲裁", "争议由深圳国际仲裁院仲裁解决。"),
        ],
        "unilateral.change": [
            (
                "甲方有权随时单方面变更本合同的内容，无需征得乙方同意。",
                "变更",
                "双方协商一致可以书面变更本合同的内容。",
            ),
            ("甲方可自行调整服务价格，无须通知乙方。", "调整", "经双方书面同意可以调整服务价格。"),
        ],
        "unilateral.termination": [
            ("甲方有权随时解除本合同，且不承担任何责任。", "解除", "乙方逾期超过三十日的，甲方有权解除本合同。"),
            ("甲方可以无需任何理由终止本协议。", "终止", "任何一方可提前三十日书面通知终止本协议。"),
        ],
        "payment.vague_trigger": [
            ("余款待甲方资金到位后支付。", "资金到位", "余款于验收合格后10日内支付。"),
            ("甲方收到业主付款后向乙方支付工程款。", "付款", "甲方收到发票后15个工作日内向乙方支付工程款。"),
            ("剩余款项由甲方视情况支付。", "视情况", "剩余款项由甲方于每月5日前支付。"),
        ],
    }


LEASE = [
    ("租赁期限为25年。", "25年", "租赁期限为10年。"),
    ("租期自2020年1月1日起至2045年12月31日止。", "2045", "租期自2020年1月1日起至2029年12月31日止。"),
]
LABOUR = {
    "probation.too_long": [
        ("本合同期限为一年，其中试用期六个月。", "六个月", "本合同期限为三年，其中试用期六个月。"),
        ("试用期工资为转正工资的60%。", "60%", "试用期工资为转正工资的80%。"),
    ],
    "noncompete.over_2_years": [
        ("乙方离职后三年内不得从事竞业限制范围内的工作。", "三年", "乙方离职后一年内不得从事竞业限制范围内的工作。")
    ],
    "labour.void_term": [
        ("乙方入职时应缴纳押金2000元。", "押金", "乙方入职时应提交体检报告。"),
        ("甲方有权扣押乙方的身份证。", "身份证", "甲方应当核对乙方的身份证。"),
        (
            "乙方提前解除合同的，应向甲方支付违约金5000元。",
            "违约金",
            "乙方违反培训服务期约定的，应向甲方支付违约金5000元。",
        ),
    ],
}
LOAN = [
    ("借款利率为年利率36%。", "36%", "借款利率为年利率6%。"),
    ("借款月利率为2%。", "2%", "借款月利率为0.5%。"),
    ("利息按月息3分计算。", "3分", "利息按月息0.5分计算。"),
]


def filled(text: str, rng: random.Random) -> str:
    """A template with its blanks filled, so that it reads like a contract about to be signed."""
    one, two = rng.sample(_COMPANIES, 2)
    text = fold(text)
    text = re.sub(
        r"_*\s*年\s*_*\s*月\s*_*\s*日",
        f"{rng.choice([2023, 2024])}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日",
        text,
    )
    names = {"甲方": one, "乙方": two, "供方": one, "需方": two, "买方": two, "卖方": one, "出租方": one, "承租方": two}
    for role, name in names.items():
        text = re.sub(rf"(?m)^({role[0]}\s?{role[1:]}(?:\([^)\n]*\))?\s*:)[_×\s]*$", rf"\g<1>{name}", text)
    for role, name in (("甲方", one), ("乙方", two), ("卖方", one), ("买方", two)):
        text = re.sub(rf"[_×]{{2,}}(?=\s*\((?:以下)?简?称[“\"]?{role})", name, text)
    text = re.sub(r"_{2,}(?=\s*%)|×{2,}(?=\s*%)", "5", text)
    text = re.sub(r"_{2,}(?=\s*(?:元|天|日|份|个))|×{2,}(?=\s*(?:元|天|日|份|个))", "10", text)
    return re.sub(r"_{2,}|×{2,}|X{2,}", "若干", text)


def insert(text: str, sentence: str, rng: random.Random) -> tuple[str, int]:
    """The sentence as a paragraph behind one of the clauses; (text, where it stands)."""
    ends = [match.end() for match in re.finditer(r"。\n", text)]
    ends = [end for end in ends if len(text) * 0.2 < end < len(text) * 0.8] or ends or [len(text)]
    place = rng.choice(ends)
    return text[:place].rstrip("\n") + "\n" + sentence + "\n" + text[place:], place


def _seeded(words: str) -> random.Random:
    """A generator that does the same for the same words."""
    return random.Random(words)  # noqa: S311


def renumber(text: str, rng: random.Random) -> Iterator[Plant]:
    """第五条 becomes 第六条 from there on skipped, or is used twice."""
    found = list(re.finditer(r"(?m)^第([三四五六七])条", text))
    if len(found) >= 3:
        match = rng.choice(found)
        other = "一二三四五六七八九"["一二三四五六七八九".index(match[1]) + rng.choice([-1, 1])]
        yield text[: match.start(1)] + other + text[match.end(1) :], f"第{other}条"


def drift(text: str, rng: random.Random) -> Iterator[Plant]:
    """One company's name is written otherwise at its last mention, or in a sentence."""
    for name in _COMPANIES:
        if name in text:
            wrong = rng.choice(
                [
                    name.replace("有限公司", "有限责任公司") if "股份" not in name else name.replace("股份", ""),
                    name[:2] + name[3:],
                    name[:3] + "兴" + name[4:],
                ]
            )
            if text.count(name) > 1:
                place = text.rindex(name)
                yield text[:place] + wrong + text[place + len(name) :], wrong
            else:
                changed, _ = insert(text, f"{wrong}应当按照约定履行义务。", rng)
                yield changed, wrong
            return


def unsigned(text: str, rng: random.Random) -> Iterator[Plant]:
    """The second party's name at the head is lost."""
    match = re.search(r"(?m)^(乙\s?方(?:\([^)\n]*\))?\s*:)(" + "|".join(_COMPANIES) + r")\s*$", text)
    if match and any(name in text[: match.start()] for name in _COMPANIES):
        yield text[: match.start(2)] + text[match.end(2) :], "乙"


def clause_gone(text: str, kind: str) -> Iterator[tuple[str, str]]:
    """The clauses on 违约责任 or 争议 with their headings are taken out: (text, name of the clause)."""
    for name, pattern in (("违约责任", r"违约责任"), ("争议解决", r"争议|纠纷|仲裁")):
        match = re.search(
            rf"(?ms)^(第[一二三四五六七八九十]+条"
            rf"|[一二三四五六七八九十]+、)[^\n]{{0,6}}(?:{pattern})[^\n]{{0,10}}\n?.*?(?=^(?:第[一二三四五六七八九十]+条"
            rf"|[一二三四五六七八九十]+、)|\Z)",
            text,
        )
        if match:
            rest = text[: match.start()] + text[match.end() :]
            cue = r"违约|违反" if name == "违约责任" else r"仲裁|诉讼|法院|争议|纠纷"
            if not re.search(cue, rest):
                yield rest, name


def touches(found: Issue, text: str, wrong: str, place: int, length: int) -> bool:
    """Whether a finding touches the planted words."""
    if found.start is None or found.end is None:
        return False
    return found.start < place + length and place < found.end and (wrong in text[place : place + length])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--contracts", type=int, default=60)
    parser.add_argument("--misses", action="store_true", help="print what was missed and what was a false alarm")
    options = parser.parse_args()
    source = options.data / "contracts" / "cn_templates" / "dev.jsonl.gz"
    if not source.exists():
        print(f"skipped: {source} is not there")
        return
    rng = random.Random(options.seed)  # noqa: S311  # the same defects at every run
    with gzip.open(source, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    rows = [row for row in rows if 600 < row["n_chars"] < 12000 and re.search("合同|协议", row["title"])]
    rng.shuffle(rows)
    planted, found, false, clean = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    notes: dict[str, list[str]] = defaultdict(list)
    errors_clean = Counter[str]()
    began, characters = time.perf_counter(), 0
    for row in rows[: options.contracts]:
        text = filled(row["text"], rng)
        base = issues(Contract(text))
        characters += len(text)
        known = {(i.rule, "" if i.start is None else text[i.start : i.end]) for i in base}
        for issue in base:
            if issue.severity == "error":
                errors_clean[issue.rule] += 1
        kind = Contract(text).kind
        table = plants(rng)
        if kind == "lease":
            table["lease.over_20_years"] = LEASE
        if kind == "employment":
            table |= LABOUR
            table.pop("dispute.both_court_and_arbitration"), table.pop("penalty.excessive")
        if kind == "loan":
            table["interest.over_cap"] = LOAN
        for rule, writings in table.items():
            for wrong_sentence, words, right_sentence in writings:
                changed, place = insert(text, wrong_sentence, _seeded(row["id"] + rule))
                result = issues(Contract(changed))
                characters += len(changed)
                planted[rule] += 1
                hit = any(i.rule == rule and touches(i, changed, words, place, len(wrong_sentence)) for i in result)
                found[rule] += hit
                if not hit:
                    notes[rule].append(f"missed in {row['title']}: {wrong_sentence}")
                for other in result:
                    quote = "" if other.start is None else changed[other.start : other.end]
                    near = (
                        other.start is not None
                        and other.start < place + len(wrong_sentence)
                        and place < (other.end or 0)
                    )
                    if (other.rule, quote) not in known and other.rule != rule and near:
                        false[other.rule] += 1
                        notes[other.rule].append(f"false beside {rule}: {wrong_sentence} -> {quote}")
                changed, place = insert(text, right_sentence, _seeded(row["id"] + rule))
                clean[rule] += 1
                for other in issues(Contract(changed)):
                    quote = "" if other.start is None else changed[other.start : other.end]
                    near = (
                        other.start is not None
                        and other.start < place + len(right_sentence)
                        and place < (other.end or 0)
                    )
                    if (other.rule, quote) not in known and near:
                        false[other.rule] += 1
                        notes[other.rule].append(f"false in right sentence: {right_sentence} -> {quote}")
        changes: dict[str, Callable[[str, random.Random], Iterator[Plant]]] = {
            "numbering.gap": renumber, "party.name_drift": drift, "party.missing": unsigned,
        }  # fmt: skip
        for rule, change in changes.items():
            for changed, words in change(text, rng):
                planted[rule] += 1
                result = issues(Contract(changed))
                hit = any(
                    i.rule == rule and (i.rule, "" if i.start is None else changed[i.start : i.end]) not in known
                    for i in result
                )
                hit = hit or sum(i.rule == rule for i in result) > sum(i.rule == rule for i in base)
                found[rule] += hit
                if not hit:
                    notes[rule].append(f"missed in {row['title']}: {words}")
        for changed, name in clause_gone(text, kind):
            planted["clause.missing"] += 1
            hit = any(i.rule == "clause.missing" and name in str(i.values) for i in issues(Contract(changed)))
            found["clause.missing"] += hit
            if not hit:
                notes["clause.missing"].append(f"missed in {row['title']} ({kind}): {name}")
    seconds = time.perf_counter() - began
    print(f"{'rule':38}{'planted':>8}{'found':>7}{'recall':>8}{'false':>7}{'precision':>10}")
    for rule in sorted(planted | false):
        p, f, x = planted[rule], found[rule], false[rule]
        recall = f"{f / p:.3f}" if p else "-"
        precision = f"{f / (f + x):.3f}" if f + x else "-"
        print(f"{rule:38}{p:8}{f:7}{recall:>8}{x:7}{precision:>10}")
    total, hits, wrong = sum(planted.values()), sum(found.values()), sum(false.values())
    print(f"{'all':38}{total:8}{hits:7}{hits / total:8.3f}{wrong:7}{hits / (hits + wrong):10.3f}")
    print(f"errors in the {options.contracts} contracts as they are: {dict(errors_clean)}")
    print(f"{characters / seconds:,.0f} characters a second")
    if options.misses:
        for rule, lines in sorted(notes.items()):
            for line, count in Counter(
                re.sub(r"missed in .*?: ", "missed: ", entry) if ":" in entry else entry for entry in lines
            ).most_common(6):
                print(f"  {rule} x{count} {line[:260]}")


if __name__ == "__main__":
    main()
