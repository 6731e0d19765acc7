"""What a profile says about itself: completeness, evidence level, cost band, confirmation; never typed in."""
