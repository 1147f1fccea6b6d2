from __future__ import annotations

from django import forms

from kela_kunta.base.fields import field_of


class LoginForm(forms.Form):
    login = forms.CharField(label="User name", help_text="Given to you.")
    password = forms.CharField(widget=forms.PasswordInput({"autocomplete": "current-password"}))
    way = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(choices=[("x", "X"), ("y", "Y")], widget=forms.CheckboxSelectMultiple)
    stay = forms.BooleanField(required=False)


def asked(name: str, **data: object):
    return field_of(LoginForm(data or None, auto_id="%s")[name])


def test_a_password_is_never_written_back():
    field = asked("password", password="secret")
    assert (field.kind, field.value, field.autocomplete) == ("password", "", "current-password")


def test_faults_and_hints_are_named_to_screen_readers():
    assert asked("login", login="").described_by == "login-hint login-error"
    assert asked("way").described_by == ""


def test_what_was_chosen_stays_chosen():
    assert [choice.chosen for choice in asked("way", way="b").choices] == [False, True]
    assert [choice.chosen for choice in asked("kinds", kinds=["x"]).choices] == [True, False]
    assert asked("stay", stay="on").choices[0].chosen


def test_several_inputs_are_a_group():
    assert asked("way").is_group
    assert asked("kinds").is_group
    assert not asked("login").is_group
