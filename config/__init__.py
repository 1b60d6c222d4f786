"""Configuration of a centre: the declarative model, validation with letters for people, and the catalogue of procedures."""
