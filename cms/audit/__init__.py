"""What people do here: every entry of Wagtail's log, and what would leave none."""
