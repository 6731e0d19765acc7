"""Keeping an outside index in line with the stored documents: passing changes on, rebuilding, checking."""
