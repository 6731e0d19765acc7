"""Wagtail's own groups, which may write on every page, are gone, or are warned of."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command

from accounts.models import User
from institutions.checks import check_groups_of_wagtail
from institutions.provisioning import provision_portal

pytestmark = pytest.mark.django_db

migration = import_module("institutions.migrations.0006_wagtails_groups")


def test_groups__nobody_is_in_are_gone() -> None:
    assert not Group.objects.filter(name__in=migration.NAMES).exists()
    assert check_groups_of_wagtail(None, databases=["default"]) == []


def test_groups__somebody_is_in_stay_and_are_warned_of() -> None:
    provision_portal()
    kept, empty = (Group.objects.create(name=name) for name in migration.NAMES)
    roles = Group.objects.exclude(role=None).count()
    User.objects.create_user("lama", "lama@contoh.go.id", "rahasia").groups.add(kept)
    migration.remove_unused(apps, None)
    assert list(Group.objects.filter(name__in=migration.NAMES)) == [kept]
    assert Group.objects.exclude(role=None).count() == roles
    (warning,) = check_groups_of_wagtail(None, databases=["default"])
    assert "Editors" in warning.msg
    assert not Group.objects.filter(pk=empty.pk).exists()
    # A warning does not keep the portal from starting.
    call_command("check", databases=["default"], verbosity=0)


def test_check__asks_no_database_it_is_not_told_to() -> None:
    Group.objects.create(name="Editors")
    assert check_groups_of_wagtail(None) == []
