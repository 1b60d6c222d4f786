"""Translations (i18n) of the messages of the `centerfloor` command."""
