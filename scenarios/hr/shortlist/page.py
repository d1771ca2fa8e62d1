"""The shortlist on the page. Whatever is set here is a person's: nobody is rejected by the program."""

from collections.abc import Sequence
from functools import partial
from typing import Any, get_args

import streamlit as st

from ui.attempt import attempt
from ui.literal import literal
from ui.person import acting
from workbench.approvals import Actor
from workbench.history import Filter
from workbench.run import Run, Version
from workbench.services import Services
from workbench.texts import Lang, text

from ..interview import page as interview
from ..models import Candidate, Choice, Match, Requirement
from ..people import short_name
from ..ranking import ranked, score
from .compared import differences, missed
from .heat_map.page import heat_map
from .trial.page import trial
from .weights.page import weights

_BADGES: dict[str, Any] = {"met": "green", "partly": "orange", "not_met": "red", "not_stated": "gray"}
_SIGNS = {"met": "✓", "partly": "△", "not_met": "✗", "not_stated": "–"}


def _say(key: str, lang: Lang, **values: Any) -> str:
    return text(f"scenarios.hr:{key}", lang, **values)


def people(services: Services, run: Run, version: Version, lang: Lang) -> None:
    """Everybody against every requirement, scored anew as weights change; below, why, and one person's quotes."""
    found = Match.model_validate(version.deliverable)
    st.info(_say("page.decide", lang), icon=":material/how_to_reg:")
    weighted = weights(found.requirements, f"hr-weight-{run.run_id}-{version.number}", lang)
    everybody = _again(found, weighted)
    if not everybody:
        st.caption(_say("page.nobody", lang))
        return
    shown = _filtered(everybody, weighted, run, lang)
    if not shown:
        st.caption(_say("page.filter.none", lang))
        return
    _table(shown, _interviews(services, run), lang)
    heat_map(shown, weighted, lang)
    if found.fairness:
        with st.expander(_say("page.four_fifths", lang)):
            st.caption(_say("fairness.note", lang))
            st.dataframe([one.model_dump() for one in found.fairness], hide_index=True, width="stretch")
    if len(shown) > 1:
        _above(shown, weighted, run, lang)
    if run.inputs_kept and run.purged_at is None:
        trial(services, run, found, weighted, lang)
    _one_person(services, shown, weighted, run, lang)
    _decisions(services, run, version, everybody, weighted, lang)


def _again(found: Match, weighted: Sequence[Requirement]) -> list[Candidate]:
    scored = []
    for one in found.candidates:
        points, arithmetic = score(weighted, one.verdicts, one.closeness)
        scored.append(one.model_copy(update={"score": points, "arithmetic": arithmetic}))
    return ranked(scored)


def _filtered(everybody: list[Candidate], weighted: Sequence[Requirement], run: Run, lang: Lang) -> list[Candidate]:
    """Those who meet the requirements that are ticked; verdicts by code decide, and all others stay in the list."""
    names = {one.id: one.text for one in weighted}
    left, right = st.columns([3, 1])
    with left:
        wanted = st.multiselect(
            _say("page.filter", lang), list(names), format_func=lambda one: f"{one} {names[one]}",
            key=f"hr-filter-{run.run_id}",
        )  # fmt: skip
    with right:
        least = st.number_input(_say("page.filter.years", lang), 0, 50, 0, key=f"hr-years-{run.run_id}")
    return [
        one
        for one in everybody
        if one.years >= least and all(v.verdict == "met" for v in one.verdicts if v.requirement in wanted)
    ]


def _table(shown: Sequence[Candidate], interviews: dict[str, float], lang: Lang) -> None:
    rows = []
    for one in shown:
        row: dict[str, Any] = {
            "rank": one.rank, "file": short(one), "score": one.score, "years": one.years,
            "decision": _say(f"decision.{one.decision}", lang),
        }  # fmt: skip
        row |= {"interview": interviews.get(short(one))} if interviews else {}
        rows.append(row | {kind: sum(v.verdict == kind for v in one.verdicts) for kind in _SIGNS})
    made = st.column_config
    columns: dict[str, Any] = {
        name: made.Column(_say(f"field.{name}", lang)) for name in ("rank", "file", "years", "decision", "interview")
    }
    columns["score"] = made.ProgressColumn(_say("field.score", lang), min_value=0, max_value=100, format="%.1f")
    for kind, sign in _SIGNS.items():
        columns[kind] = made.NumberColumn(sign, help=_say(f"verdict.{kind}", lang), width=40)
    st.dataframe(rows, hide_index=True, column_config=columns, width="stretch")
    st.caption("　".join(f"{sign} {_say(f'verdict.{name}', lang)}" for name, sign in _SIGNS.items()))


def _above(shown: Sequence[Candidate], weighted: Sequence[Requirement], run: Run, lang: Lang) -> None:
    """Why A stands above B: what each requirement adds to the lead."""
    with st.expander(_say("page.above", lang)):
        by_name = {f"{one.rank}. {short(one)}": one for one in shown}
        names = list(by_name)
        left, right = st.columns(2)
        with left:
            a = by_name[st.selectbox(_say("page.above.a", lang), names, key=f"hr-a-{run.run_id}")]
        with right:
            b = by_name[st.selectbox(_say("page.above.b", lang), names, 1, key=f"hr-b-{run.run_id}")]
        gap = round(a.score - b.score, 2)
        st.markdown(literal(_say("page.above.score", lang, a=short(a), x=a.score, b=short(b), y=b.score, gap=abs(gap))))
        rows = []
        for part in differences(a, b, weighted):
            name = part.requirement.text if part.requirement else _say("field.closeness", lang)
            first, second = (
                _say(f"verdict.{one}", lang) if isinstance(one, str) else one for one in (part.first, part.second)
            )
            rows.append(
                {
                    _say("field.requirement", lang): name,
                    "A": str(first),
                    "B": str(second),
                    _say("page.above.gain", lang): part.gain,
                }
            )
        st.dataframe(rows, hide_index=True, width="stretch")
        for one in (a, b):
            count, left_over = missed(one, weighted)
            if count:
                st.caption(literal(_say("page.above.missed", lang, file=short(one), count=count, share=left_over)))


def _one_person(
    services: Services, shown: Sequence[Candidate], weighted: Sequence[Requirement], run: Run, lang: Lang
) -> None:
    names = {one.id: one.text for one in weighted}
    by_name = {f"{one.rank}. {short(one)}": one for one in shown}
    chosen = st.selectbox(_say("page.person", lang), list(by_name), key=f"hr-person-{run.run_id}")
    one = by_name[chosen]
    with st.container(horizontal=True):
        st.button(
            _say("page.interview", lang), icon=":material/record_voice_over:", key=f"hr-interview-{run.run_id}",
            on_click=interview.begin, args=(run, one.file),
        )  # fmt: skip
        with st.popover(_say("page.forget", lang), icon=":material/person_remove:"):
            st.markdown(literal(_say("page.forget.what", lang, file=short(one))))
            forget = partial(services.history.forget_person, run.run_id, one.file)
            st.button(
                _say("page.forget.now", lang), type="primary", key=f"hr-forget-{run.run_id}-{one.file}",
                on_click=attempt, args=(forget, _say("page.forget.done", lang)),
            )  # fmt: skip
    st.caption(literal(one.arithmetic))
    for verdict in one.verdicts:
        with st.container(border=True):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(literal(names[verdict.requirement]), width="stretch")
                st.badge(_say(f"verdict.{verdict.verdict}", lang), color=_BADGES[verdict.verdict])
            if verdict.reason:
                st.caption(literal(verdict.reason))
            for evidence in verdict.evidence:
                st.text(f"“{evidence.quote}”" + (f"  p. {evidence.page}" if evidence.page else ""))


def _decisions(
    services: Services, run: Run, version: Version, everybody: Sequence[Candidate], weighted: Sequence[Requirement],
    lang: Lang,
) -> None:  # fmt: skip
    """What people decide about people, in the name of who acts here; saved as a version for the approval chain."""
    actor = acting(services)
    choices = {_say(f"decision.{one}", lang): one for one in get_args(Choice)}
    with st.expander(_say("page.decisions", lang)):
        rows = [
            {"file": short(one), "rank": one.rank, "decision": _say(f"decision.{one.decision}", lang)}
            for one in everybody
        ]
        labels = {
            "file": st.column_config.TextColumn(_say("field.file", lang), disabled=True),
            "rank": st.column_config.NumberColumn(_say("field.rank", lang), disabled=True),
            "decision": st.column_config.SelectboxColumn(_say("field.decision", lang), options=list(choices)),
        }
        edited = st.data_editor(
            rows,
            key=f"hr-decisions-{run.run_id}-{version.number}",
            hide_index=True,
            column_config=labels,
            width="stretch",
        )
        decided: list[Choice] = [choices[str(row["decision"])] for row in edited]
        save = partial(_save, services, run, version, everybody, weighted, decided, actor)
        st.button(
            _say("page.save", lang), type="primary", icon=":material/save:", key=f"hr-save-{run.run_id}",
            on_click=attempt, args=(save, _say("page.saved", lang)),
        )  # fmt: skip


def _save(
    services: Services, run: Run, version: Version, everybody: Sequence[Candidate], weighted: Sequence[Requirement],
    decided: Sequence[Choice], actor: Actor,
) -> None:  # fmt: skip
    found = Match.model_validate(version.deliverable)
    new = {one.file: choice for one, choice in zip(everybody, decided, strict=True)}
    kept = []
    for one in found.candidates:
        if new.get(one.file, one.decision) != one.decision:
            by = actor.person if new[one.file] else ""
            one = one.model_copy(update={"decision": new[one.file], "decided_by": by})
        kept.append(one)
    fields = found.model_copy(update={"requirements": list(weighted), "candidates": kept}).model_dump(mode="json")
    services.desk.edit_fields(run.run_id, fields, actor, base=version.number)


def _interviews(services: Services, run: Run) -> dict[str, float]:
    """The interview scores of the people of this match, by file name."""
    scores: dict[str, float] = {}
    for found in services.history.find(Filter(scenario="hr", task="interview", words=run.run_id)):
        versions = services.runs.versions(found.run_id)
        guide = versions[-1].deliverable if versions else {}
        if guide.get("match_run") == run.run_id and guide.get("score") is not None:
            scores.setdefault(guide["file"].replace("\\", "/").rsplit("/", 1)[-1], guide["score"])
    return scores


def short(one: Candidate) -> str:
    """The file's name alone."""
    return short_name(one.file)
