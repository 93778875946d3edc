"""The database itself refuses to change the record, whoever asks. There is no setting that opens it."""

from django.db import migrations

TABLES = ("record_event", "record_seal", "record_checkpoint")

FUNCTION = """
CREATE FUNCTION record_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: the record is only ever added to', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""

TRIGGERS = """
CREATE TRIGGER {table}_keeps_rows BEFORE UPDATE OR DELETE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION record_refuses();
CREATE TRIGGER {table}_keeps_all BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION record_refuses();
"""

GONE = "DROP TRIGGER {table}_keeps_rows ON {table}; DROP TRIGGER {table}_keeps_all ON {table};"


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION record_refuses();"),
        *[migrations.RunSQL(TRIGGERS.format(table=table), GONE.format(table=table)) for table in TABLES],
    ]
