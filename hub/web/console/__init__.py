"""The console: pages for greeters, technicians and supervisors, who sign in with name and PIN. It decides no rules
of the floor."""
