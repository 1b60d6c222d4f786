"""The console: pages for greeters, technicians and supervisors, who sign in with name and PIN. Decides no rule of the floor."""
