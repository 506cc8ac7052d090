"""vendors.toml: who is watched, where, how often; read, checked and added to."""

from tracker.registry.editing import Entry, add_document, add_documents
from tracker.registry.loading import Registry, Vendor, load
from tracker.registry.reading import Problem, RegistryError, did_you_mean
from tracker.registry.settings import Settings

__all__ = [
    "Entry",
    "Problem",
    "Registry",
    "RegistryError",
    "Settings",
    "Vendor",
    "add_document",
    "add_documents",
    "did_you_mean",
    "load",
]
