"""A text search column built from ready-made tokens: no parser, so Chinese, pinyin and numbers are equal."""

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, GeneratedField, Value


def token_vector(source: str) -> GeneratedField:
    """array_to_tsvector over a text column of tokens separated by one space."""
    array = Func(F(source), Value(" "), function="string_to_array")
    without_empty = Func(array, Value(""), function="array_remove")
    vector = Func(without_empty, function="array_to_tsvector", output_field=SearchVectorField())
    return GeneratedField(expression=vector, output_field=SearchVectorField(), db_persist=True)


class Matches(Func):
    """vector @@ query, with a query that is already in tsquery syntax."""

    template = "(%(expressions)s::tsquery)"
    arg_joiner = " @@ "
    output_field = models.BooleanField()

    def __init__(self, vector: Any, query: str) -> None:
        super().__init__(vector, Value(query))
