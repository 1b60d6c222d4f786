"""Authentication and authorisation: tokens of devices, PINs of officers, rights, enrolment, and the accounts' audit
log."""
