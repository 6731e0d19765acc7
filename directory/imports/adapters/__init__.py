"""The sources by name. A new one is a small file beside this one and a line here."""

from directory.imports.adapter import Adapter
from directory.imports.adapters.general import GENERAL

ADAPTERS: dict[str, Adapter] = {adapter.name: adapter for adapter in (GENERAL,)}
