"""Validators: who they are for a record, their queue, the page on which they judge it."""
