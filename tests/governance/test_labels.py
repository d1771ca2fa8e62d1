import re
from datetime import UTC, datetime

import pytest

from governance.labels import label
from workbench.chat import COMPOSER, Usage
from workbench.run import Run, Version
from workbench.texts import LANGS

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def labelled(backend="cloud", number=1, producer="Acme", lang="zh"):
    run = Run(run_id="abc", scenario="hr", task="match", lang=lang, usage=Usage(backend=backend), created_at=NOW)
    return label(run, Version(number=number, text="", deliverable={}, created_at=NOW), producer, lang)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("backend", ["cloud", COMPOSER])
@pytest.mark.parametrize("number", [1, 2])
def test_the_visible_label_names_ai_and_generation_as_the_standard_asks(lang, backend, number):
    visible = labelled(backend, number, lang=lang).visible
    assert re.search("人工智能|AI", visible)
    assert re.search("生成|合成", visible)
    assert ("人工修改" in visible) == (number > 1)


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
