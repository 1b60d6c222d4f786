"""The pages of the hub: health, the schema of the wire, boards, fonts, and a citizen's ticket on a phone."""
