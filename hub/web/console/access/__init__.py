"""Authentication and authorisation for the console: sign-in, sessions, CSRF protection and form parsing."""
