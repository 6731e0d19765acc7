"""Bringing records in from files: read → recognise → validate → plan → apply, one module a stage.

`directory.imports.run.run_import` drives them; `docs/imports.md` is the contract with those who write files.
"""
