"""How what is submitted gets to those who approve it."""
