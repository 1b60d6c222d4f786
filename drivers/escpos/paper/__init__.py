"""What happens to the paper of a slip: motion units, the way to the cutter, the cut, the slot. Pure."""
