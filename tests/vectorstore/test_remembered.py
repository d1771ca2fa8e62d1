import numpy as np

from vectorstore.remembered import Remembered


def test_a_text_is_embedded_once_while_it_is_in_use():
    asked = []

    def embed(texts):
        asked.extend(texts)
        return [[float(len(text)), 0.0] for text in texts]

    known = Remembered(embed, most=2)
    assert known.vectors(["a", "bb", "a"]).tolist() == [[1, 0], [2, 0], [1, 0]]
    assert asked == ["a", "bb"]
    known.vectors(["a"])
    known.vectors(["ccc"])
    assert known.vectors(["a", "bb"]).dtype == np.float32
    assert asked == ["a", "bb", "ccc", "bb"]  # bb was the one not used for longest
