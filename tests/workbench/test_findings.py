from workbench.findings import Finding, Where, keyed


def finding(quote="七天", start=0, message="没有出处"):
    return Finding(rule="r", severity="error", message=message, where=Where(quote=quote, start=start))


def keys(*findings):
    return [key for key, _ in keyed(findings)]


def test_a_finding_keeps_its_key_when_its_place_moves():
    assert keys(finding(start=0)) == keys(finding(start=90))


def test_other_words_or_another_message_are_another_finding():
    assert len({*keys(finding()), *keys(finding("八天")), *keys(finding(message="合计应为 9"))}) == 3


def test_the_same_words_twice_are_two_findings():
    assert len(set(keys(finding(), finding()))) == 2
