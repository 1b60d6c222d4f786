"""View-models of the kiosk's pages, each made from the state by one function."""
