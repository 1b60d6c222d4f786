"""The subcommands of `centerfloor`, each imported when it is called."""
