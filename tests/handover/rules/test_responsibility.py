import pytest

from handover.rules.evidence import conflict
from handover.rules.responsibility import Finding, ItemFacts, ListFacts, counts_against_head, of_item, of_list


@pytest.mark.parametrize(
    ("submitted", "confirmed", "by_head", "findings"),
    [
        (False, False, False, (Finding.LEAVER_NEVER_SUBMITTED,)),
        (False, True, True, (Finding.LEAVER_NEVER_SUBMITTED,)),
        (True, True, True, (Finding.HEAD_CONFIRMED_WITHOUT,)),
        (True, True, False, (Finding.CONFIRMED_WITHOUT,)),
        (True, False, False, ()),
    ],
)
def test_of_an_item(submitted: bool, confirmed: bool, by_head: bool, findings: tuple[Finding, ...]) -> None:
    facts = ItemFacts(was_submitted=submitted, is_confirmed=confirmed, confirmed_by_head=by_head)

    assert of_item(facts) == findings


@pytest.mark.parametrize(
    ("knew", "complete", "findings"),
    [
        (False, True, (Finding.HEAD_CONFIRMED_WITHOUT, Finding.TEMPLATE_LACKED)),
        (True, True, (Finding.HEAD_CONFIRMED_WITHOUT,)),
        (True, False, (Finding.LEAVER_NEVER_SUBMITTED,)),
    ],
)
def test_of_a_list(knew: bool, complete: bool, findings: tuple[Finding, ...]) -> None:
    assert of_list(ListFacts(template_knew=knew, called_complete=complete)) == findings


def test_only_the_heads_own_word_counts_against_the_head() -> None:
    assert counts_against_head(["head_confirmed_without", "template_lacked"])
    assert not counts_against_head(["leaver_never_submitted", "template_lacked", "confirmed_without"])


@pytest.mark.parametrize(
    ("claim", "recorded", "is_doubted"),
    [
        ("已完成", 50, True), ("80%", 50, True), ("60%", 50, False), ("50%", 80, False), ("已完成", None, False),
        ("做到第三稿", 10, False), ("100%", 100, False),
    ],
)  # fmt: skip
def test_only_a_claim_of_more_than_was_recorded_is_a_conflict(
    claim: str, recorded: int | None, is_doubted: bool
) -> None:
    assert (conflict(claim, recorded) is not None) == is_doubted
