"""Life of a dossier: its states, records, the version of the rules, and the base of commands and events. Pure."""
