"""The directory: from an address to a query, and from results to a page."""
