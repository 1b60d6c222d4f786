"""Refusal codes that several concerns of dossiers use. A concern's own codes stand in its module."""

from service_floor.queue.refusals import RefusalCode


class DossierRefusal(RefusalCode):
    """Common codes. Dossiers are codes, officers, agencies and visits ids; `since` is an ISO moment, `state` a state."""

    NOT_ALLOWED = "dossier_not_allowed", "kind"
    NO_OFFICER = "dossier_no_officer"
    UNKNOWN_DOSSIER = "unknown_dossier", "dossier"
    DOSSIER_VOID = "dossier_void", "dossier"
    CHANGED_MEANWHILE = "dossier_changed", "dossier", "officer", "since"
    WRONG_STATE = "dossier_wrong_state", "dossier", "state"
    NO_SLIP = "dossier_without_slip", "dossier"
    NOT_YOUR_AGENCY = "dossier_of_other_agency", "dossier", "agency"
    NOT_HERE = "dossier_elsewhere", "dossier", "place"
    REASON_NEEDED = "dossier_reason_needed"
    VISIT_ENDED = "visit_ended", "visit"
    TOO_LONG_AGO = "dossier_too_long_ago", "limit"
