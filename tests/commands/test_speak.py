"""``speak``: a reply as sound that says what it is, and whose file can be verified."""

import json
import wave
from pathlib import Path

import pytest

import cli
from backends.speech import Espeak
from tests.backends.test_speech import sound


def test_a_reply_is_read_aloud_with_its_label(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read: list[str] = []

    def speak(_: Espeak, words: str, lang: str) -> bytes:
        read.append(words)
        return sound()

    monkeypatch.setattr(Espeak, "speak", speak)
    monkeypatch.setattr("backends.speech.shutil.which", lambda name: f"/usr/bin/{name}")
    request = tmp_path / "request.json"
    request.write_text(json.dumps({"message": "谢谢！"}), "utf-8")
    common = ["--json", "--data", str(tmp_path / "data")]
    assert cli.main(["run", "support", "reply", "--request", str(request), *common]) == 0
    run_id = json.loads(capsys.readouterr().out)["run_id"]
    out = tmp_path / "reply.wav"
    assert cli.main(["speak", run_id, "--out", str(out), *common]) == 0
    assert json.loads(capsys.readouterr().out)["voice"] == "espeak-ng"
    assert read[0].startswith("以下语音由人工智能生成合成。")
    with wave.open(str(out)) as file:
        assert file.getnframes() == 40
    assert cli.main(["verify", str(out), *common]) == 0
    assert json.loads(capsys.readouterr().out)["outcome"] == "intact"
    assert cli.main(["speak", run_id, "--out", str(tmp_path / "reply.mp3"), *common]) == 2
