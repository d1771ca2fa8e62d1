"""What a comparison of two texts finds: every planted edit once, and nothing else."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.contracts.compare.changes import compared
from scenarios.contracts.compare.references import Renumbered, han, number
from scenarios.contracts.compare.units import silent

TEXTS = yaml.safe_load(Path(__file__).with_name("pump.yaml").read_text("utf-8"))
CLAUSES: list[tuple[str, list[str]]] = [(entry["title"], entry["sentences"]) for entry in TEXTS["clauses"]]
NEW: list[tuple[str, list[str]]] = [(entry["title"], entry["sentences"]) for entry in TEXTS["further"]]
SWAPS: list[tuple[str, str]] = [(was, now) for was, now in TEXTS["swaps"]]


@dataclass
class Version:
    """A contract as clauses, with what was done to them."""

    clauses: list[tuple[str, list[str]]] = field(default_factory=list)
    edits: list[tuple[str, str, str]] = field(default_factory=list)

    def text(self, style: str) -> str:
        lines = ["离心泵买卖合同", "买方：苏州恒泰流体设备有限公司", "卖方：无锡泵业制造有限公司"]
        for place, (title, sentences) in enumerate(self.clauses, 1):
            label = f"第{han(place)}条 " if style == "article" else f"{place}. "
            lines += [f"{label}{title}", "".join(sentences)]
        return "\n".join([*lines, "买方（盖章）：苏州恒泰流体设备有限公司", "卖方（盖章）：无锡泵业制造有限公司"])


@st.composite
def edited(draw: st.DrawFn) -> Version:
    made = Version([(title, list(sentences)) for title, sentences in CLAUSES])
    kinds = draw(st.lists(st.sampled_from(["replace", "delete", "insert", "move"]), unique=True, max_size=4))
    touched: set[str] = set()
    if "replace" in kinds:
        for was, now in draw(st.lists(st.sampled_from(SWAPS), unique=True, min_size=1, max_size=4)):
            for title, sentences in made.clauses:
                for at, sentence in enumerate(sentences):
                    if was in sentence and title not in touched:
                        sentences[at] = sentence.replace(was, now)
                        made.edits.append(("replace", was, now))
                        touched.add(title)
    free = [clause for clause in made.clauses if clause[0] not in touched]
    if "delete" in kinds and free:
        gone = draw(st.sampled_from(free))
        made.clauses.remove(gone)
        free.remove(gone)
        made.edits.append(("delete", "".join(gone[1]), ""))
    if "move" in kinds and len(free) > 1:
        moved = draw(st.sampled_from(free))
        at = made.clauses.index(moved)
        made.clauses.remove(moved)
        places = [place for place in range(len(made.clauses) + 1) if abs(place - at) > 1]
        made.clauses.insert(draw(st.sampled_from(places)), moved)
        made.edits.append(("move", "".join(moved[1]), "".join(moved[1])))
    if "insert" in kinds:
        come = draw(st.sampled_from(NEW))
        made.clauses.insert(draw(st.integers(0, len(made.clauses))), come)
        made.edits.append(("insert", "", "".join(come[1])))
    return made


@settings(max_examples=150)
@given(edited(), st.sampled_from(["article", "dot"]))
def test_every_planted_edit_is_found_once_and_nothing_else(version: Version, style: str) -> None:
    before, after = Version(CLAUSES).text(style), version.text(style)
    found = [(one.kind, before[slice(*one.old)], after[slice(*one.new)]) for one in compared(before, after).differences]
    for kind, was, now in version.edits:
        hits = [
            one for one in found if one[0] == kind and silent(was) in silent(one[1]) and silent(now) in silent(one[2])
        ]
        assert len(hits) == 1, (kind, was, now, found)
    assert len(found) == len(version.edits), found


@settings(max_examples=150)
@given(edited(), st.sampled_from(["article", "dot"]))
def test_what_is_not_among_the_changes_is_the_same_in_both(version: Version, style: str) -> None:
    before, after = Version(CLAUSES).text(style), version.text(style)
    done = compared(before, after)
    old = [*(one.old for one in done.differences), *(one for one, _ in done.renumbered)]
    new = [*(one.new for one in done.differences), *(other for _, other in done.renumbered)]
    assert silent(_without(before, old)) == silent(_without(after, new))


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    kept = [char for at, char in enumerate(text) if not any(start <= at < end for start, end in spans)]
    return "".join(kept)


@settings(max_examples=60)
@given(
    st.text(alphabet="甲乙应付款元不得日内，。；\n第一二条 12.%ab ", max_size=120),
    st.text(alphabet="甲乙应付款元不得日内，。；\n第一二条 12.%ab ", max_size=120),
)
def test_any_two_texts_can_be_compared(before: str, after: str) -> None:
    done = compared(before, after)
    assert all(one.old != one.new or one.kind == "move" or before != after for one in done.differences)
    assert compared(before, before).differences == []


def kinds(before: str, after: str) -> list[tuple[str, str, str]]:
    return [(one.kind, before[slice(*one.old)], after[slice(*one.new)]) for one in compared(before, after).differences]


def test_two_edits_in_one_sentence_are_two_changes() -> None:
    before = "卖方应于5月1日前交货，并在交货时提供合格证，逾期的每日支付价款的0.1%。"
    after = "卖方应于6月1日前交货，并在交货时提供合格证，逾期的每日支付价款的0.3%。"
    assert [kind for kind, _, _ in kinds(before, after)] == ["replace", "replace"]


def test_a_phrase_that_went_is_deleted() -> None:
    assert kinds("乙方不承担责任，但故意造成损失的除外。", "乙方不承担责任。") == [
        ("delete", "但故意造成损失的除外", "")
    ]


def test_wrapped_lines_white_space_and_width_are_no_changes() -> None:
    before = (
        "The Supplier shall deliver the goods to the warehouse of the Customer within thirty\n"
        "days after the order was received, and shall bear the cost of carriage until then and\n"
        "insure the goods against loss at its own expense for as long as they are under way.\n"
    )
    assert kinds(before, before.replace("\n", " ")) == []
    assert kinds("价款为１００元（含税）。", "价款为 100 元(含税)。") == []


def test_references_follow_their_clause_and_those_that_do_not_are_told() -> None:
    head = "第一条 定义\n本合同所称货物是指离心泵。\n"
    rest = "第{a}条 付款\n买方应当在收货后十日内付款。\n第{b}条 违约\n违反第{r}条的，应当赔偿损失。\n"
    new = "第二条 通知\n通知应当采用书面形式并送达对方。\n"
    before = head + rest.format(a="二", b="三", r="二")
    good = compared(before, head + new + rest.format(a="三", b="四", r="三"))
    assert [one.kind for one in good.differences] == ["insert"] and good.stale == []
    after = head + new + rest.format(a="三", b="四", r="二")
    stale = compared(before, after)
    assert [one.kind for one in stale.differences] == ["insert"]
    assert [after[slice(*span)] for span in stale.stale] == ["第二条"]


@pytest.mark.parametrize(
    ("words", "value"), [("第十二条", (12,)), ("3.1", (3, 1)), ("Section 4.2", (4, 2)), ("Article IV", (4,))]
)
def test_numbers_of_labels_are_read(words: str, value: tuple[int, ...]) -> None:
    assert number(words) == value


@given(st.integers(1, 999))
def test_a_number_is_written_back_as_it_is_read(value: int) -> None:
    assert number(f"第{han(value)}条") == (value,)
    assert Renumbered({(1,): (value,)})("第一条") in (f"第{han(value)}条", "第一条")


def test_a_clause_that_moved_and_was_edited_takes_its_title_along():
    pump, delivery = "标的\n甲方向乙方采购离心泵十台，用于一号泵站。", "交付\n乙方应于六月三十日前交付。"
    secrecy, start = "保密\n双方对所知悉的商业秘密保密，期限为三年。", "生效\n本合同自双方盖章之日起生效。"

    def text(*clauses: str) -> str:
        return "\n".join(f"{han(place)}、{clause}" for place, clause in enumerate(clauses, 1))

    before = text(pump, delivery, secrecy, start)
    found = compared(before, text(pump, secrecy.replace("三年", "两年"), delivery, start)).differences
    assert sorted((one.kind, before[slice(*one.old)][:4]) for one in found) == [
        ("move", "三、保密"),
        ("replace", "期限为三"),
    ]


def test_a_short_sentence_that_moved_with_its_clause_is_one_edit() -> None:
    goods, secret = (
        "第{}条 标的\n卖方出售离心泵两台，型号见附件一。\n",
        "第{}条 保密\n双方对知悉的商业秘密负有保密义务。\n保密期自签订之日起{}年。\n",
    )
    before = (
        goods.format("一") + "第二条 交货\n卖方应当在九月底以前将离心泵送到买方工厂。\n" + secret.format("三", "三")
    )
    after = secret.format("一", "五") + goods.format("二") + "第三条 交货\n卖方应当在九月底以前将离心泵送到买方工厂。\n"
    assert [kind for kind, _, _ in kinds(before, after)] == ["move", "replace"]


def test_a_date_in_english_is_one_phrase() -> None:
    before = "This Agreement begins on March 1, 2026 and continues until February 28, 2027."
    (found,) = kinds(before, before.replace("February 28", "August 31"))
    assert "February 28, 2027" in found[1] and "August 31, 2027" in found[2]


def test_a_sentence_that_one_version_breaks_in_two_is_no_change() -> None:
    before = "This Agreement is made between Larkfield Foods Inc. (the Client) and Tern & Oakley LLC (the Consultant)."
    assert kinds(before, before.replace("Inc. ", "Inc.\n\n")) == []
