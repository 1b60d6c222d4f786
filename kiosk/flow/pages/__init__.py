"""The pages of the kiosk, each made from the state by one function."""
