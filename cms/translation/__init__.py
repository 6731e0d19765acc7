"""What of a page is language, and which text of its source a translation reflects."""
