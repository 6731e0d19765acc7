"""Records of the directory that hold one innovation twice: found, put side by side, merged or told apart.

`finding` writes the pairs, `content` says what one record takes over from the other, `merge` does it.
"""
