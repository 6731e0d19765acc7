"""Which column of a file fills which of its source's contract: by name, by alias, or as a person said."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from directory.imports.adapter import Column
from directory.imports.adapters import ADAPTERS
from directory.imports.readers.columns import aliases
from directory.models import ImportBatch

# Among these a file with the same headings is looked for.
BATCHES_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Filled:
    """A column of the contract, the file's column that fills it ("" for none), and its first values."""

    name: str
    required: bool
    by: str
    values: list[str]


def columns(batch: ImportBatch) -> tuple[Column, ...]:
    """The contract's columns, with the batch's mapping as further aliases."""
    chosen: dict[str, list[str]] = defaultdict(list)
    for own, name in batch.mapping.items():
        chosen[name].append(own)
    known = ADAPTERS[batch.source].columns
    return tuple(replace(one, aliases=(*one.aliases, *chosen[one.name])) for one in known)


def contract(batch: ImportBatch) -> list[Filled]:
    """Every column of the source's contract with what fills it in the batch's file, by name or alias."""
    known = ADAPTERS[batch.source].columns
    names = aliases(known)
    found = {names[own]: (own, values) for own, values in batch.heading if own in names}
    return [Filled(one.name, one.required, *found.get(one.name, ("", []))) for one in known]


def spare(batch: ImportBatch) -> dict[str, list[str]]:
    """The file's columns the contract does not know, with their first values."""
    names = aliases(ADAPTERS[batch.source].columns)
    return {own: values for own, values in batch.heading if own not in names}


def suggestion(batch: ImportBatch) -> dict[str, str]:
    """What a person said of the last file of this source with the same headings; column → contract."""
    same = sorted(own for own, _values in batch.heading)
    earlier = ImportBatch.objects.filter(source=batch.source, pk__lt=batch.pk).exclude(mapping={})
    for heading, mapping in earlier.values_list("heading", "mapping")[:BATCHES_LOOKED_AT]:
        if sorted(own for own, _values in heading) == same:
            return possible(batch, mapping)
    return {}


def possible(batch: ImportBatch, mapping: Mapping[str, str]) -> dict[str, str]:
    """Of a mapping what suits the batch's file: a column of it to one of the contract that nothing fills."""
    empty, free = {one.name for one in contract(batch) if not one.by}, spare(batch)
    return {own: name for own, name in mapping.items() if own in free and name in empty}


def missing(batch: ImportBatch, mapping: Mapping[str, str]) -> list[str]:
    """The contract's required columns that neither the file nor the mapping fills."""
    chosen = set(mapping.values())
    return [one.name for one in contract(batch) if one.required and not one.by and one.name not in chosen]
