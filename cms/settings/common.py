"""Gathers the concerns every environment shares."""

# ruff: noqa: F403
from cms.settings.apps import *
from cms.settings.languages import *
from cms.settings.logging import *
from cms.settings.search import *
from cms.settings.services import *
from cms.settings.sign_in import *
from cms.settings.storage import *
from cms.settings.tasks import *
from cms.settings.wagtail import *
