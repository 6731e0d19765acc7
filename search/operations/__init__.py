"""For those who run the portal: does the search work, and if not, what to do."""
