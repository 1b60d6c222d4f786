"""What this centre is: the declarative model of an installation, its letters, its catalogue."""
