"""A new key in front of the ring: everything stays readable and findable, and the old key may go."""

from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from ehr.crypto import keys, roots
from ehr.crypto.keyring import ring
from ehr.crypto.models import DataKey
from ehr.crypto.rotation import in_use
from employees.models import Person
from tests.crypto.conftest import ID_NUMBER, a_person, ring_of

pytestmark = pytest.mark.django_db


def use(settings, *names):
    settings.EHR_FIELD_KEYS = ring_of(*names)
    keys._held.clear()
    roots._root_of.cache_clear()


def rotate() -> str:
    out = StringIO()
    call_command("rotate_field_keys", stdout=out)
    return out.getvalue()


def test_data_stay_readable_and_findable_without_the_old_key(settings):
    use(settings, "k1")
    person = a_person()
    use(settings, "k2", "k1")
    later = a_person(id_number="310101198001010010")

    told = rotate()
    use(settings, "k2")

    assert "1 data keys now hang on k2" in told
    assert "k1: not in use, may leave the ring" in told
    assert Person.objects.get(id_number_index=ID_NUMBER).id_number == ID_NUMBER
    assert Person.objects.get(pk=person.pk).phone == "13800138000"
    assert Person.objects.get(pk=later.pk).id_number == "310101198001010010"
    assert in_use() == {"k2": 3}


def test_rotating_twice_moves_nothing(settings):
    use(settings, "k2", "k1")
    a_person()
    rotate()

    assert "0 data keys" in rotate()


def test_erased_keys_stay_erased(settings, at):
    use(settings, "k1")
    person = a_person()
    person.data_key.destroy(by=None, at=at)
    use(settings, "k2", "k1")
    rotate()

    assert bytes(DataKey.objects.get().wrapped) == b""


def test_a_record_written_before_the_rotation_is_still_genuine(settings, at):
    from ehr.record.emitting import mac_of
    from tests.record.facts import serve

    use(settings, "k1")
    event = serve(1, at)[0]
    use(settings, "k2", "k1")
    rotate()
    use(settings, "k2")

    assert mac_of(event) == event.mac


@pytest.mark.parametrize("text", ["k1", "k1:short", "k1:###", ":AAAA", f"{ring_of('k1')},{ring_of('k1')}"])
def test_a_broken_ring_is_refused(settings, text):
    settings.EHR_FIELD_KEYS = text

    with pytest.raises(ImproperlyConfigured):
        ring()


def test_production_without_keys_is_refused(settings):
    settings.EHR_FIELD_KEYS, settings.TESTING, settings.DEBUG, settings.EHR_DEMO = "", False, False, False

    with pytest.raises(ImproperlyConfigured, match="not set"):
        ring()


def test_a_ring_shows_only_the_names_of_its_keys(settings):
    settings.EHR_FIELD_KEYS = ring_of("k2", "k1")

    assert repr(ring()) == "KeyRing(k2, k1)"
