"""Who may come in: devices with their tokens, officers with their PINs, and the desk where new devices ask for theirs."""
