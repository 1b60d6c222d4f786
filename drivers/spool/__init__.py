"""Print jobs that survive their program, one file for each printer: what became of each is told, and nothing twice."""
