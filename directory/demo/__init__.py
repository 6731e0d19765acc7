"""A synthetic directory of any size, for demonstrations and measurements. Nothing in it is a real innovation.

`topics` and `story` hold the words, `profile` makes one record's content from them, `build` writes records.
"""
