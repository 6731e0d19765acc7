"""The sources by name. A new one is a small file beside this one and a line here."""

from directory.imports.adapter import Adapter
from directory.imports.adapters.general import GENERAL
from directory.imports.adapters.iga import IGA
from directory.imports.adapters.kipp import KIPP
from directory.imports.adapters.labinov import LABINOV
from directory.imports.adapters.portal import PORTAL

ADAPTERS: dict[str, Adapter] = {adapter.name: adapter for adapter in (KIPP, IGA, LABINOV, GENERAL, PORTAL)}
