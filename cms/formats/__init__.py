"""How dates and times are written in each language, where Django's own way is another.

Names of months come from Django's catalogues, separators of numbers from its own formats.
"""
