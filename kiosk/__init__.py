"""The touch program for citizens: tickets, procedures, dossier status."""
