"""What becomes of institutions: renamed, retired, reinstated, merged into another. Their content and history
stay (docs/adr/0014-institutions-that-end.md)."""
