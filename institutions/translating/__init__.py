"""Translations through wagtail-localize, by the people of a section: begun, worked on, submitted, kept in
step.

wagtail-localize asks for one right over the whole portal where one right over a section is meant, and
publishes where the portal has an approval: its addresses for that are replaced here.
"""
