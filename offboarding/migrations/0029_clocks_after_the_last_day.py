"""The other clocks of an exit, also of exits that ended before, as far as they still run: nobody knows of what is past
whether it was done, and nothing is late on the day it begins.

The days are counted here as the rules counted them then; a migration asks no code that may change.
"""

from datetime import date, timedelta

from django.db import migrations, models
from django.utils import timezone

NOT_JOBLESS = ("RETIRE", "LCL44_2", "LCL44_3")
OWN_WISH = ("LCL37", "LCL36_EMPLOYEE")


def fill(apps, schema_editor):
    Obligation, Case = (apps.get_model("offboarding", name) for name in ("Obligation", "Case"))
    today = timezone.localdate()
    ended = Case.objects.exclude(employment_ended_at=None).exclude(termination_date=None)
    for case in ended.only("ground", "termination_date").iterator():
        rows = [Obligation(case=case, **fields) for fields in duties(case) if fields["due_date"] >= today]
        Obligation.objects.bulk_create(rows, ignore_conflicts=True)


def duties(case):
    last = case.termination_date
    asked = {"role": "hrbp", "ask_date": last}
    if case.ground not in (*NOT_JOBLESS, *OWN_WISH):
        yield {"kind": "unemployment_notice", "article": "失业保险条例 16", "due_date": last, **asked}
    if case.ground not in NOT_JOBLESS:
        week = last + timedelta(days=7)
        yield {"kind": "unemployment_list", "article": "SIL 50, 失业保险条例 16", "due_date": week, **asked}
    month = last + timedelta(days=30)
    yield {"kind": "housing_fund", "article": "住房公积金管理条例 15", "due_date": month, **asked}
    yield {"kind": "wage_records", "article": "WPR 6", "due_date": after_years(last, 2)}
    yield {"kind": "arbitration_window", "article": "调解仲裁法 27", "due_date": after_years(last, 1)}


def after_years(day, years):
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


class Migration(migrations.Migration):
    dependencies = [("offboarding", "0028_severance_by_place")]
    operations = [
        migrations.AlterField(
            model_name="obligation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("file_transfer", "Transfer of file and social insurance"),
                    ("unemployment_notice", "Tell of the unemployment benefits"),
                    ("unemployment_list", "Unemployment list to the agency"),
                    ("housing_fund", "Housing fund: sealed or transferred"),
                    ("retention", "Contract text is kept"),
                    ("wage_records", "Wage records are kept"),
                    ("arbitration_window", "Time for arbitration: evidence is kept"),
                    ("contact_review", "Review of the contact data"),
                    ("rehire_priority", "To be invited first when hiring"),
                    ("non_compete_decision", "Non-compete: in force or waived"),
                    ("non_compete_pay", "Non-compete: payment of the month"),
                    ("non_compete_declaration", "Non-compete: declaration of the quarter"),
                    ("non_compete_end", "Non-compete: its end"),
                    ("non_compete_extra", "Non-compete: three months for ending it early"),
                    ("dispute_defence", "Dispute: answer to the claim"),
                    ("dispute_hearing", "Dispute: hearing"),
                    ("dispute_sue", "Dispute: go on or leave it there"),
                ],
                max_length=24,
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
