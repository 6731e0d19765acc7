"""What Wagtail shows of another institution's unpublished work, and who is kept from it here.

Wagtail's listings ask the page policy; these do not: choosers, and a report. Each is narrowed to what the
public may read and what the person has rights on.
"""
