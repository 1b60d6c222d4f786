"""Shared technical services that no domain package owns; standard library only, except for `plumbing.serving`."""
