"""The page of data quality for programme owners: what is lacking, where, and where it is mended."""
