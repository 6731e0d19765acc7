"""Search insight in the admin: the figures, their files, and the calls for a model."""
