"""How far results reach, the same for every engine. Read from here when needed, never copied by name."""

# No engine shows results beyond this place: whoever needs more needs other words, or the download.
WINDOW = 10_000
# Near misses follow as far as the first so many results reach.
NEAREST = 1_000
# The best of what was found are ranked in full; further ones keep the engine's rough order.
RANKED = 100
