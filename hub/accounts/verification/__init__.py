"""Verification of people: PINs with lock-outs by origin, device cookies, and second factors."""
