"""What can happen to a referral in an authority's hands: the kinds of event that feeds and webhooks tell of."""

KINDS = (
    "delivered",
    "acknowledged",
    "started",
    "assigned",
    "closed",
    "outcome_corrected",
    "returned",
    "transferred",
    "succeeded",
    "rerouted",
    "resolved",
    "withdrawn",
    "decision_attached",
    "decision_corrected",
    "urgency_raised",
    "urgency_lowered",
    "escalated",
    "message",
    "receipt",
)
