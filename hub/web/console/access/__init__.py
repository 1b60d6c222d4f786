"""Authentication and authorisation for the console: sign-in, session cookies, CSRF protection and form parsing."""
