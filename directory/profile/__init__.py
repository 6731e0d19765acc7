"""The reader's page of one innovation: what it shows, and in which words."""
