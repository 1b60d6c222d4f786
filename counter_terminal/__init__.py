"""Desktop program for officers: call, serve, finish, scan a dossier."""
