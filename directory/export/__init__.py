"""The directory as files, in a contract of the whole profile that an import reads back: docs/export.md."""
