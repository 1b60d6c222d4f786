"""The register of dossiers on the server."""
