"""A serializer with every kind of question, and forms of it as browsers send them."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from rest_framework import serializers

from kela_kunta.base.forms import Form


class ExpenseSerializer(serializers.Serializer[Any]):
    code = serializers.ChoiceField([("rent", "Rent"), ("other", "Other")], label="Expense")
    amount = serializers.DecimalField(9, 2, default=None, allow_null=True, label="Amount")
    source = serializers.ChoiceField([("kela", "Kela"), ("else", "Else")], default="kela", label="Source")
    privileged = serializers.BooleanField(default=False, label="Privileged")


class PeriodSerializer(serializers.Serializer[Any]):
    first = serializers.CharField(label="First month", style={"input_type": "month"})
    last = serializers.CharField(label="Last month", style={"input_type": "month"})


class DecisionSerializer(serializers.Serializer[Any]):
    number = serializers.CharField(label="Number")
    period = PeriodSerializer(label="Period")


class ClientSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(label="Name", help_text="As on the card.")
    born = serializers.DateField(required=False, label="Born on")
    town = serializers.CharField(required=False, label="Town")
    protected = serializers.BooleanField(label="Protected")


class MatterSerializer(serializers.Serializer[Any]):
    client = ClientSerializer(label="Client")
    reasons = serializers.ListField(
        child=serializers.ChoiceField([("food", "Food"), ("home", "Home")]), label="Reasons"
    )
    months = serializers.ListField(
        child=serializers.CharField(style={"input_type": "month"}), required=False, label="Months"
    )
    expenses = ExpenseSerializer(many=True, label="Expenses")
    decision = DecisionSerializer(required=False, label="Decision")
    text = serializers.CharField(required=False, label="Text", style={"rows": 6})
    told = serializers.BooleanField(default=False, label="Told")
    id = serializers.UUIDField(read_only=True)


def form(sent: str | None = None, **options: Any) -> Form:
    """The form as it comes, or as a browser sent it."""
    return Form(MatterSerializer(), None if sent is None else QueryDict(sent), **options)
