import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehr.lib.masking import STAR, mask_account, mask_email, mask_id_number, mask_name, mask_phone

MASKS = [mask_phone, mask_id_number, mask_account]


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (mask_name, "周远航", "周**"),
        (mask_name, "周航", "周*"),
        (mask_name, "周", "*"),
        (mask_name, "", ""),
        (mask_phone, "13800138000", "138****8000"),
        (mask_phone, "110", "***"),
        (mask_id_number, "110101199003077475", "110101********7475"),
        (mask_account, "6222 0012 3456 7890", "************7890"),
        (mask_email, "zhou@example.com", "z***@example.com"),
        (mask_email, "z@example.com", "*@example.com"),
        (mask_email, "", ""),
    ],
)
def test_what_is_shown(mask, value, shown):
    assert mask(value) == shown


@given(st.text(st.characters(categories=["Nd"]), max_size=30), st.sampled_from(MASKS))
def test_length_stays_and_something_is_always_hidden(value, mask):
    shown = mask(value)

    assert len(shown) == len(value)
    assert not value or STAR in shown
