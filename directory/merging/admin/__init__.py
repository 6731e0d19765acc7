"""Likely duplicates in the admin: the list, both side by side, and what came of a merge."""
