"""Words for the codes of rules: reasons, columns. The rules themselves speak no language."""

from typing import Any

from django.utils.translation import gettext_lazy as _

REASONS = {
    "account_lost_digits": _("The account was kept as a number, its last digits are lost; format the column as text."),
    "account_shape": _("An account has 8 to 30 digits."),
    "already_left": _("This person has left. An exit is changed by its case, not by a file."),
    "contract_ends_before_start": _("The contract ends before it starts."),
    "contract_kind_unknown": _("Contract kinds are: fixed term, open-ended, task."),
    "database_refused": _("The database refused this row; somebody may have changed the same person just now."),
    "date_impossible": _("There is no such day."),
    "date_shape": _("This can't be read as a date."),
    "date_too_late": _("The date lies too far ahead."),
    "days_range": _("Days lie between -366 and 366."),
    "email_shape": _("This is no e-mail address."),
    "employer_open": _(
        "There are several employers, and neither this row nor its unit names one. Fill in the column for the employer."
    ),
    "exit_before_hire": _("The exit lies before the hire date."),
    "exit_date_missing": _("Who has left needs an exit date."),
    "exit_in_future": _("The exit lies ahead. It needs a case, not a file."),
    "exit_in_process": _("The exit of this person is in process; its case sets the date."),
    "family_unknown": _("Job families are: sales, R&D, operations, finance, store, general."),
    "first_work_after_hire": _("The first day of work lies after the hire date."),
    "formula_blank": _("The formula has no stored result; open the file once in Excel and save it."),
    "formula_error": _("The formula ended in an error."),
    "formula_text": _("This is the text of a formula; it is not calculated here."),
    "gender_unknown": _("Gender is male, female or empty."),
    "id_number_birth_date": _("The birth date inside the ID number does not exist."),
    "id_number_check": _("The check character of the ID number is wrong."),
    "id_number_lost_digits": _(
        "The ID number was kept as a number, its last digits are lost; format the column as text."
    ),
    "id_number_shape": _("An ID number has 18 characters."),
    "id_number_taken": _("Another employment in force has this ID number."),
    "id_number_twice": _("The same ID number as row {}."),
    "manager_ambiguous": _("{} people have this name; use the employee number."),
    "manager_not_written": _("The line manager's own row was not written; the field stays empty."),
    "manager_unknown": _("Nobody with this number or name."),
    "missing": _("This is needed and empty."),
    "money_range": _("The amount is negative or too large."),
    "nobody_named": _("The row has neither employee number nor ID number."),
    "not_a_count": _("This is no count between 1 and 99."),
    "not_a_number": _("This is no number."),
    "number_shape": _("An employee number has letters, digits, - _ / . and at most 40 characters."),
    "number_twice": _("The same employee number as row {}."),
    "phone_shape": _("This is no phone number."),
    "relation_unknown": _(
        "Relations of work are: employment, part time, intern, rehired retiree, service contract, dispatched."
    ),
    "retirement_unknown": _("Retirement categories are: male_60, female_55, female_50."),
    "status_unknown": _("Status is employed or left."),
    "too_young": _("Younger than 16 at the hire date."),
    "union_unknown": _("Union roles are: chair, vice chair, committee."),
    "work_time_unknown": _("Working hours are: standard, comprehensive, flexible."),
    # the file as a whole
    "file_empty": _("The file is empty."),
    "file_encoding": _("The text of the file is neither UTF-8 nor GB18030."),
    "file_gone": _("The uploaded file is gone. Please upload it again."),
    "file_missing": _("There is no such file."),
    "file_not_a_table": _("The file is no table of text."),
    "file_not_a_workbook": _("The file is damaged or has a password."),
    "file_old_excel": _("This is the old .xls format. Please save it as .xlsx."),
    "file_too_big": _("The file is larger than 200 MB. Please split it."),
    "no_header": _("No header was found in the first ten rows."),
    "too_many_rows": _("The file has more than 200,000 rows. Please split it."),
    "unreadable": _("The file can't be read."),
}

FILE_FAULTS = {
    "contract_ends_before_start": REASONS["contract_ends_before_start"],
    "date_too_late": REASONS["date_too_late"],
    "exit_before_hire": REASONS["exit_before_hire"],
    "contract_signed_after_end": _("It can't be signed after it has ended."),
    "contract_fixed_without_end": _("A fixed term has an end."),
    "contract_nth_taken": _("Another contract has this number."),
    "contract_open_ends": _("An open-ended contract has no end."),
    "contracts_overlap": _("Two fixed terms overlap."),
    "first_work_after_hire": REASONS["first_work_after_hire"],
    "first_work_after_service": _("Earlier service in the group began before the first day of work."),
    "first_work_too_young": _("Younger than 16 on the first day of work."),
    "probation_before_hire": _("The probation ends before the hire date."),
    "probation_part_time": _("No probation is agreed with somebody who works part time."),
    "retirement_other_gender": _("The retirement category is that of the other gender."),
    "service_after_hire": _("Earlier service ends before the hire date."),
    "service_before_first_work": _("It begins before the first day of work on file. Correct that first."),
    "service_ends_before_start": _("The service ends before it starts."),
    "too_young": REASONS["too_young"],
    "service_overlaps": _("It overlaps with service that is on file already."),
    "union_role_no_member": _("Who is an intern or on a service contract holds no office in the union."),
}
FILE_ARTICLES = {"probation_part_time": "LCL 70", "union_role_no_member": "TUL 3"}

COLUMN_LABELS = {
    "employee_number": _("Employee number (unique, finds the person)"),
    "name": _("Full name"),
    "id_number": _("ID number (kept encrypted)"),
    "gender": _("Gender"),
    "birth_date": _("Birth date"),
    "phone": _("Phone (kept encrypted)"),
    "personal_email": _("Personal e-mail (kept encrypted)"),
    "bank_account": _("Bank account (kept encrypted)"),
    "unit": _("Unit (by path)"),
    "business_unit": _("Unit: business unit"),
    "region": _("Unit: region"),
    "store": _("Unit: store"),
    "department": _("Unit: department"),
    "employer": _("Employer"),
    "place_of_performance": _("Place of work"),
    "job_family": _("Job family"),
    "job_title": _("Job title"),
    "work_email": _("Work e-mail (the account's mailbox)"),
    "grade": _("Grade"),
    "line_manager": _("Line manager (by number or name)"),
    "hire_date": _("Hire date"),
    "probation_end_date": _("End of probation"),
    "contract_kind": _("Contract kind"),
    "contract_start": _("Contract start"),
    "contract_end": _("Contract end"),
    "contract_nth": _("Number of the contract"),
    "first_work_date": _("First day of work (with any employer)"),
    "relation": _("Relation of work"),
    "work_time_system": _("Working hours"),
    "retirement_category": _("Retirement category"),
    "union_role": _("Union role"),
    "leave_balance_days": _("Leave balance"),
    "base_pay": _("Monthly pay (kept encrypted)"),
    "status": _("Status"),
    "exit_date": _("Exit date"),
    "exit_reason": _("Reason of the exit"),
}

NUMBERING_FAULTS = {
    "sequence_once": _("The pattern needs the sequence exactly once."),
    "plain_text_only": _("Between the parts only letters, digits, - _ / and . are possible."),
    "digits_3_to_8": _("The sequence has 3 to 8 digits."),
    "codes_are_capitals": _("Codes are 1 to 8 capital letters or digits."),
}


def reason_text(code: str) -> str:
    """'number_twice:131' → the sentence with the row in it."""
    key, _colon, value = code.partition(":")
    return str(REASONS.get(key, REASONS["unreadable"])).format(value)


def column_label(key: str) -> Any:
    return COLUMN_LABELS.get(key, key)
