import re
from datetime import UTC, datetime

import pytest

from governance.labels import label
from workbench.chat import COMPOSER, Usage
from workbench.run import Run, Version
from workbench.texts import LANGS

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def labelled(backend="cloud", number=1, producer="Acme", lang="zh", kept=None):
    run = Run(run_id="abc", scenario="hr", task="match", lang=lang, usage=Usage(backend=backend), created_at=NOW)
    kept = (1.0 if number == 1 else 0.5) if kept is None else kept
    return label(run, Version(number=number, text="", deliverable={}, created_at=NOW), kept, producer, lang)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("backend", ["cloud", COMPOSER])
@pytest.mark.parametrize("kept", [0, 0.02, 0.5, 1])
def test_the_visible_label_names_ai_and_generation_as_the_standard_asks(lang, backend, kept):
    visible = labelled(backend, 2, lang=lang, kept=kept).visible
    assert visible.startswith("AI 生成" if lang == "zh" else "AI-generated")
    assert "AI 生成" in visible
    assert re.search("人工修改|人工重写", visible) or kept == 1


def test_the_metadata_are_the_seven_fields_in_order():
    assert list(labelled().metadata.items()) == [
        ("Label", "1"),
        ("ContentProducer", "Acme"),
        ("ProduceID", "abc-1"),
        ("ReservedCode1", ""),
        ("ContentPropagator", "Acme"),
        ("PropagateID", "abc-1"),
        ("ReservedCode2", ""),
    ]


def test_each_version_has_its_own_number():
    assert labelled(number=3).metadata["ProduceID"] == "abc-3"


def test_what_the_composer_assembled_is_labelled_as_possible_and_says_that_no_model_wrote_it():
    composed = labelled(COMPOSER)
    assert composed.metadata["Label"] == "2"
    assert "未使用生成式模型" in composed.visible
    assert "without a generative model" in labelled(COMPOSER, lang="en").visible


def test_a_model_is_never_denied():
    assert "未使用" not in labelled("cloud", number=2).visible


def test_a_missing_producer_is_said_and_not_left_empty():
    assert labelled(producer=" ").metadata["ContentProducer"] == "unnamed"


def test_an_edited_text_says_how_much_of_it_is_the_drafts():
    assert "约 62% 的文字" in labelled(number=2, kept=0.62).visible
    assert "about 62% of the words" in labelled(number=2, kept=0.62, lang="en").visible
    assert "99%" in labelled(number=2, kept=0.999).visible


def test_a_text_that_a_person_wrote_anew_says_so_and_is_labelled_as_possible():
    rewritten = labelled(number=3, kept=0.02)
    assert "人工重写" in rewritten.visible
    assert rewritten.metadata["Label"] == "2"
    assert labelled(number=3, kept=0.3).metadata["Label"] == "1"


def test_a_review_says_that_the_label_does_not_speak_of_the_text_handed_in():
    run = Run(run_id="abc", scenario="contracts", task="review", lang="zh", usage=Usage(backend="m"), created_at=NOW)
    made = label(run, Version(number=1, text="", deliverable={}, created_at=NOW), 1.0, "Acme", "zh", quotes=True)
    assert made.visible.startswith("AI 生成")
    assert "提交的原文不属此列" in made.visible
    assert "原文不属此列" not in labelled().visible


def test_a_restored_draft_is_the_draft_again():
    assert labelled(number=3, kept=1).visible == labelled().visible
