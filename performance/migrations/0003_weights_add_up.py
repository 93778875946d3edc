"""A published version weighs 100 and never changes, whichever way the rows are written."""

from django.db import migrations

WEIGHS = """
CREATE FUNCTION performance_version_weighs_100() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    total numeric;
BEGIN
    SELECT COALESCE(SUM(weight), 0) INTO total FROM performance_indicator WHERE version_id = NEW.id;
    IF total <> 100 THEN
        RAISE EXCEPTION 'the weights of a published plan add up to 100, not to %', total
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER performance_version_weighs_100 BEFORE INSERT OR UPDATE ON performance_planversion
    FOR EACH ROW WHEN (NEW.state <> 'draft') EXECUTE FUNCTION performance_version_weighs_100();
"""

STAYS = """
CREATE FUNCTION performance_indicator_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    standing text;
BEGIN
    SELECT state INTO standing FROM performance_planversion
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END FOR SHARE;
    IF standing <> 'draft' OR (TG_OP = 'UPDATE' AND OLD.version_id <> NEW.version_id) THEN
        RAISE EXCEPTION 'the indicators of a published plan do not change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER performance_indicator_stays BEFORE INSERT OR UPDATE OR DELETE ON performance_indicator
    FOR EACH ROW EXECUTE FUNCTION performance_indicator_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("performance", "0002_plans_scores_and_work")]

    operations = [
        migrations.RunSQL(
            WEIGHS,
            "DROP TRIGGER performance_version_weighs_100 ON performance_planversion;"
            "DROP FUNCTION performance_version_weighs_100();",
        ),
        migrations.RunSQL(
            STAYS,
            "DROP TRIGGER performance_indicator_stays ON performance_indicator;"
            "DROP FUNCTION performance_indicator_stays();",
        ),
    ]
