from django.db import migrations

GUARD = """
CREATE FUNCTION integrations_attempt_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL
       OR (NEW.id, NEW.effect_id, NEW.number, NEW.mode, NEW.started_at, NEW.request_hash)
          IS DISTINCT FROM (OLD.id, OLD.effect_id, OLD.number, OLD.mode, OLD.started_at, OLD.request_hash) THEN
        RAISE EXCEPTION 'an attempt is written once and closed once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER integrations_attempt_guard BEFORE UPDATE OR DELETE ON integrations_attempt
    FOR EACH ROW EXECUTE FUNCTION integrations_attempt_guard();
"""
UNDO = "DROP TRIGGER integrations_attempt_guard ON integrations_attempt; DROP FUNCTION integrations_attempt_guard();"


class Migration(migrations.Migration):
    dependencies = [("integrations", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
