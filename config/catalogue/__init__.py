"""Catalogue of procedures: its files, their parser, and the importer of the published list."""
