"""Touch program for citizens: tickets, procedures, dossier status."""
