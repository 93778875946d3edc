from hypothesis import given
from hypothesis import strategies as st

from integrations.rules.keys import digest, idem_key

PARTS = {"case": "c1", "step": "approved", "action": "disable", "target": "HC1", "revision": "r1"}


def test_a_key_fits_the_narrowest_receiver():
    key = idem_key(b"secret", **PARTS)

    assert len(key) == 33
    assert "." not in key
    assert key.isalnum()


def test_the_same_effect_has_the_same_name_for_ever():
    assert idem_key(b"secret", **PARTS) == idem_key(b"secret", **dict(reversed(PARTS.items())))


@given(part=st.sampled_from(sorted(PARTS)), other=st.text(max_size=20))
def test_another_content_has_another_name(part: str, other: str):
    changed = {**PARTS, part: other}

    same = changed == PARTS

    assert (idem_key(b"secret", **changed) == idem_key(b"secret", **PARTS)) == same


def test_parts_do_not_run_into_each_other():
    one = idem_key(b"s", **{**PARTS, "action": "ab", "target": "c"})
    other = idem_key(b"s", **{**PARTS, "action": "a", "target": "bc"})

    assert one != other


def test_the_order_of_a_payload_does_not_matter():
    assert digest({"a": 1, "b": [2]}) == digest({"b": [2], "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})
