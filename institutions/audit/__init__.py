"""Who did what: the log of the whole portal, for those who oversee it."""
