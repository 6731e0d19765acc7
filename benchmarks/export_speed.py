"""How long a download of the whole directory takes and how far memory grows, in each format.

    .venv/bin/python benchmarks/export_speed.py [--records 10000]

Works in a database of its own: a temporary SQLite file, or the empty one named by DATABASE_URL (PostgreSQL). The
records are one full synthetic profile after another, as `build_demo` makes them, copied. Each download is a
process of its own; growth is its peak memory beyond what it had after starting up and one download of a
single record.
"""
