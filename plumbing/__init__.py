"""Shared technical services that no domain package owns. Standard library only, except for `plumbing.serving`."""
