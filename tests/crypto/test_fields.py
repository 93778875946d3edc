"""Encrypted columns: unreadable at rest, bound to their row, found by equality, gone with their key."""

import hmac

import pytest
from django.core.serializers import serialize
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from ehr.crypto import keys
from ehr.crypto.fields import BlindIndexField
from ehr.crypto.keyring import mac_for, secret_for
from ehr.crypto.models import DataKey
from ehr.crypto.wrapping import Erased, Tampered, unwrap, wrap
from ehr.record.models import Event
from employees.models import Person
from tests.crypto.conftest import ID_NUMBER, a_person, stored

pytestmark = pytest.mark.django_db


def overwrite(person, raw, column="id_number"):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE employees_person SET {column} = %s WHERE id = %s", [raw, person.pk])
    return Person.objects.get(pk=person.pk)


def test_it_reads_back_what_was_saved(person):
    again = Person.objects.get(pk=person.pk)

    assert (again.id_number, again.phone, again.personal_email) == (ID_NUMBER, "13800138000", None)


def test_at_rest_there_is_no_plain_text(person):
    assert ID_NUMBER.encode() not in stored(person)
    assert stored(person)[0] == 1


def test_the_same_value_never_looks_the_same_twice(person):
    seen = {stored(person)}
    for _ in range(20):
        person.id_number = ID_NUMBER
        person.save()
        seen.add(stored(person))
    assert len(seen) == 21


def test_a_value_from_another_row_does_not_open(person):
    other = a_person(id_number="310101198001010010")

    with pytest.raises(Tampered):
        _ = overwrite(person, stored(other)).id_number


def test_a_value_from_another_row_of_the_same_key_does_not_open(person):
    """Even when the data keys are made the same, the primary key is bound in."""
    other = a_person()
    raw = Person._meta.get_field("id_number").seal(other.pk, person.data_key_id, "x")

    with pytest.raises(Tampered):
        _ = overwrite(person, raw).id_number


def test_a_value_from_another_column_does_not_open(person):
    with pytest.raises(Tampered):
        _ = overwrite(person, stored(person, "phone")).id_number


@pytest.mark.parametrize("place", [0, 1, 16, 17, 28, 29, -17, -1])
def test_a_flipped_bit_does_not_open(person, place):
    raw = bytearray(stored(person))
    raw[place] ^= 1

    with pytest.raises((Tampered, DataKey.DoesNotExist)):
        _ = overwrite(person, bytes(raw)).id_number


@pytest.mark.parametrize("length", [0, 1, 16, 17, 20, 29, 40])
def test_a_truncated_value_does_not_open(person, length):
    with pytest.raises(Tampered):
        _ = overwrite(person, stored(person)[:length]).id_number


def test_an_error_shows_nothing_of_the_value(person):
    raw = bytearray(stored(person))
    raw[-1] ^= 1

    with pytest.raises(Tampered) as error:
        _ = overwrite(person, bytes(raw)).id_number
    assert ID_NUMBER not in str(error.value)


def test_a_value_shows_nothing_of_itself(person):
    again = Person.objects.get(pk=person.pk)

    assert repr(again.__dict__["id_number"]) == "<encrypted>"
    assert str(Person.objects.values_list("id_number", flat=True).get()) == "<encrypted>"
    assert ID_NUMBER not in serialize("json", [again])
    assert ID_NUMBER not in repr(vars(again))


def test_saving_what_was_not_touched_keeps_the_ciphertext(person):
    before = stored(person)
    again = Person.objects.get(pk=person.pk)
    again.name = "周远"
    again.save()

    assert stored(person) == before
    assert Person.objects.get(id_number_index=ID_NUMBER) == person


def test_it_is_opened_only_when_asked(person, django_assert_num_queries):
    with django_assert_num_queries(1):
        again = Person.objects.get(pk=person.pk)
    keys._held.clear()
    with django_assert_num_queries(1):
        _ = again.id_number, again.phone


def test_a_page_of_people_costs_no_statement_for_each(db, django_assert_num_queries):
    for number in range(12):
        a_person(phone=f"1380013800{number % 10}")
    keys._held.clear()

    with django_assert_num_queries(1):
        assert all(row.phone for row in Person.objects.select_related("data_key"))
    keys._held.clear()
    with django_assert_num_queries(2):
        page = list(Person.objects.all())
        keys.preload(row.data_key_id for row in page)
        assert all(row.phone for row in page)


def test_many_at_once(db):
    data_keys = DataKey.objects.bulk_create([DataKey.fresh() for _ in range(30)])
    Person.objects.bulk_create(
        [Person(data_key=key, name=str(n), phone=f"139{n:08d}") for n, key in enumerate(data_keys)]
    )

    assert Person.objects.get(phone_index="13900000017").phone == "13900000017"


def test_an_update_without_the_row_is_refused(person):
    with pytest.raises(TypeError, match="encrypted with its row"):
        Person.objects.update(phone="13900000000")


def test_a_value_can_be_sealed_for_other_writers(person):
    field = Person._meta.get_field("phone")
    overwrite(person, field.seal(person.pk, person.data_key_id, "13911112222"), "phone")

    assert Person.objects.get(pk=person.pk).phone == "13911112222"


# --- blind index ------------------------------------------------------------------------------------------
def test_it_finds_by_equality_and_forgets_the_old_value(person):
    person.phone = " 13911112222 "
    person.save()

    assert Person.objects.get(phone_index="13911112222") == person
    assert not Person.objects.filter(phone_index="13800138000").exists()


def test_without_a_value_there_is_no_index(person):
    person.phone = None
    person.save()

    assert Person.objects.get(phone_index=None) == person


def test_each_column_has_its_own_index(person):
    phone, number = (Person._meta.get_field(name) for name in ("phone_index", "id_number_index"))

    assert phone.digest("1") != number.digest("1")
    assert len(phone.digest("1")) == 16
    assert isinstance(phone, BlindIndexField)


# --- erasure ----------------------------------------------------------------------------------------------
def test_destroying_the_key_erases_the_person(person, at):
    person.data_key.destroy(by=None, at=at)

    with pytest.raises(Erased):
        _ = Person.objects.get(pk=person.pk).id_number
    assert bytes(DataKey.objects.get(pk=person.data_key_id).wrapped) == b""
    assert Event.objects.get(kind="crypto.data_key.destroyed").payload == {"data_key_id": str(person.data_key_id)}


def test_destroying_twice_tells_once(person, at):
    person.data_key.destroy(by=None, at=at)
    person.data_key.destroy(by=None, at=at)

    assert Event.objects.filter(kind="crypto.data_key.destroyed").count() == 1


# --- the primitive ----------------------------------------------------------------------------------------
@given(st.binary(max_size=200), st.binary(max_size=40))
def test_wrapping_opens_only_in_its_place(plain, place):
    key = bytes(32)
    sealed = wrap(key, plain, place)

    assert unwrap(key, sealed, place) == plain
    with pytest.raises(Tampered):
        unwrap(key, sealed, place + b"x")
    with pytest.raises(Tampered):
        unwrap(bytes(31) + b"\x01", sealed, place)


def test_no_nonce_twice_in_100000():
    key = bytes(32)

    assert len({wrap(key, b"", b"")[:12] for _ in range(100_000)}) == 100_000


@given(st.binary(max_size=300))
def test_a_mac_is_hmac_sha256_under_the_key_of_its_purpose(message):
    assert mac_for("tests.a")(message) == hmac.digest(secret_for("tests.a"), message, "sha256")
    assert mac_for("tests.b")(message) != mac_for("tests.a")(message)
