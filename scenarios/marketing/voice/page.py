"""The page's parts of a brand voice: which one to write like, its traits, and how near variants come."""

import streamlit as st

from ui import kept
from ui.literal import literal
from workbench.history import Filter
from workbench.run import Version
from workbench.services import Services
from workbench.texts import Lang, text

from ..creative.models import Creative
from .models import Voice

_OFFERED = 30


def choose(services: Services, lang: Lang) -> str:
    """The run of a voice, chosen by its name; the newest of a name stands for it."""
    found = services.history.find(Filter(scenario="marketing", task="voice", status="done"), limit=_OFFERED)
    names: dict[str, str] = {}
    for one in found:
        made = services.runs.versions(one.run_id)
        if made:
            names.setdefault(str(made[-1].deliverable.get("name", "")), one.run_id)
    ids = {run_id: name for name, run_id in names.items()}
    chosen = st.selectbox(
        _say("form.voice", lang), ["", *ids], key=kept.keep("marketing-form-voice", ""),
        format_func=lambda run_id: ids.get(run_id) or _say("voice.none", lang),
    )  # fmt: skip
    return chosen or ""


def traits(lang: Lang, version: Version) -> None:
    """The measures of a voice and its words."""
    voice = Voice.model_validate(version.deliverable)
    rows = [
        {
            _say("voice.column.trait", lang): _say(f"voice.trait.{one.trait}", lang),
            _say("voice.column.median", lang): one.median,
            _say("voice.column.low", lang): one.low,
            _say("voice.column.high", lang): one.high,
        }
        for one in voice.traits
    ]
    if rows:
        st.caption(_say("voice.section.traits", lang))
        st.dataframe(rows, hide_index=True)
    for key, words in (("favourites", voice.favourites), ("banned", voice.banned)):
        if words:
            st.markdown(f"**{_say(f'voice.section.{key}', lang)}**  {literal('、'.join(words))}")


def scores(lang: Lang, version: Version) -> None:
    """What was learned from earlier results, and how near each variant comes to the voice."""
    made = Creative.model_validate(version.deliverable)
    for sentence in made.lessons:
        st.info(literal(sentence), icon=":material/school:")
    rows = [
        {
            _say("creative.column.id", lang): one.id,
            _say("creative.column.score", lang): one.voice.score,
            _say("creative.column.reasons", lang): "；".join(one.voice.reasons),
        }
        for one in made.variants
        if one.voice
    ]
    if rows:
        st.markdown(f"**{_say('task.voice', lang)} · {literal(made.voice)}**")
        score = st.column_config.ProgressColumn(min_value=0, max_value=100, format="%d")
        st.dataframe(rows, hide_index=True, column_config={_say("creative.column.score", lang): score})


def _say(key: str, lang: Lang) -> str:
    return text(f"scenarios.marketing:{key}", lang)
