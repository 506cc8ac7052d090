"""Which edition of the extractor this is."""

EXTRACTOR = "6"
"""The version of what this package makes of the same bytes. It is stored with every version; raise it when results change."""
