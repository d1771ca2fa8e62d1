"""What is read aloud: the label first, then the words without marks for the eye."""

from workbench.speech import plain


def test_marks_for_the_eye_are_not_read() -> None:
    said = plain("【开场】您好，**问：能退吗**\n- 7 天内可以退货。[1]\n[Opening] Hello.")
    assert said == "您好，问：能退吗\n7 天内可以退货。\nHello."
