"""Dossier codes by agency and day (Circular 01/2018/TT-VPCP, article 19), and ranges of them for desks without a hub."""
