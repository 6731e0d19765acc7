"""Members are invited by mail, by an editor of their own institution."""
