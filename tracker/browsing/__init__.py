"""The history in Datasette: a plugin with pages of its own, and the command that serves it.

The modules: plugin (hooks), pages (what answers), queries (what they ask), answering (templates and headers), pictures (geometry),
metadata (descriptions and canned queries of Datasette's own pages), command.
"""
