"""The bench `deadlines`: appointments of dossiers against a slow oracle that counts minutes and days one by one."""
