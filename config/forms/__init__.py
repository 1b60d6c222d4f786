"""Forms of the law on A4 and A5: value objects in, PDF out. Knows no printer; the templates are text files."""
