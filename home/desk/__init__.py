"""The editors' home: what awaits a person, his drafts, his institution's numbers, the first steps."""
