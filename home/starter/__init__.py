"""The starter site: the tree every portal needs and content that is true, kept as data files beside the code.

`build.build_site` makes it, once; `docs/content-sources.md` says where every fact comes from.
"""
