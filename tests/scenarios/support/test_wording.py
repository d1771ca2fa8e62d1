"""Customers' words find the words of documents, and nothing is added that the question says itself."""

import pytest

from scenarios.support.wording import in_document_words


@pytest.mark.parametrize(
    "question, meant",
    [
        ("买了五天的水壶能退吗", "退货"),
        ("坏了能免费修吗", "保修"),
        ("发票能开专票吗", "增值税专用发票"),
        ("邮费谁出", "运费"),
        ("Can I send it back?", "return"),
        ("It stopped working after a week", "warranty"),
    ],
)
def test_what_documents_call_it_is_searched_too(question: str, meant: str) -> None:
    assert in_document_words(question).startswith(question) and meant in in_document_words(question)


@pytest.mark.parametrize(
    "question", ["退货的退款几天退回", "保修期内维修收费吗", "我爸退休了", "How do I return it?", ""]
)
def test_a_question_in_the_documents_own_words_stays_as_it_is(question: str) -> None:
    assert in_document_words(question) == question
