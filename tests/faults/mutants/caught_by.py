"""Which test, written before the mutant, turns red. A test that could not fail would prove nothing."""

ENGINE = "tests/integrations/test_engine.py"
PLANNING = "tests/integrations/test_planning.py"
PAGES = "tests/integrations/test_pages.py"
STATES = "tests/integrations/rules/test_states.py"
KIT = "tests/integrations/conformance/test_every_connector.py"
SLOW = "tests/faults/test_receiver_misbehaves.py::test_a_slow_receiver_is_not_overtaken_by_our_own_retry"

CAUGHT_BY = {
    "01-no-fencing": f"{ENGINE}::test_a_late_finisher_changes_nothing",
    "02-lease-forgets-the-receiver": SLOW,
    "03-lost-worker-sends-again-unasked": f"{ENGINE}::test_after_a_lost_worker_the_system_is_asked_before_anything_is_sent_again",
    "04-unclear-is-done": f"{KIT}::test_garbage_is_never_a_success",
    "05-mail-is-sent-again": f"{ENGINE}::test_mail_that_may_have_left_is_not_sent_again",
    "06-withdrawal-is-not-looked-at": f"{ENGINE}::test_after_the_withdrawal_commits_nothing_is_sent",
    "07-poison-for-ever": f"{ENGINE}::test_three_lost_workers_put_an_effect_under_quarantine",
    "08-callback-counts-each-time": f"{PAGES}::test_the_same_callback_is_believed_once",
    "09-deadline-per-read": f"{KIT}::test_one_deadline_holds_for_the_whole_call",
    "10-only-the-first-address-is-checked": "tests/integrations/test_egress.py::test_one_bad_address_among_good_ones_refuses_the_name",
    "11-key-of-the-attempt": f"{ENGINE}::test_an_unclear_answer_ends_in_one_application",
    "12-any-signature": "tests/integrations/test_signature.py::test_it_accepts_no_other",
    "13-quiet-is-not-looked-at": f"{PLANNING}::test_a_held_effect_that_slipped_through_is_held_in_the_claim",
    "14-success-is-believed-unverified": f"{STATES}::test_a_success_that_the_system_denies_is_none",
    "15-class-b-does-not-wait": f"{STATES}::test_class_b_waits_until_the_first_call_can_no_longer_land",
    "16-throttling-burns-a-try": f"{STATES}::test_what_follows_an_outcome",
}
