"""The shell around uvicorn and websockets: the only modules of plumbing with third-party imports.

They override parts of both libraries that are not public; pyproject.toml has upper bounds for their versions.
"""
