"""The editing form and the lists of the admin."""
