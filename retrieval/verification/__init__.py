"""The one gate all claims pass: none leaves without a quote found in its source. Pure."""

from retrieval.verification.outcomes import Judgement, Outcome, Reason, Verified
from retrieval.verification.proposed import judge, verify_proposals
from retrieval.verification.quoted import verify
from retrieval.verification.quotes import find

__all__ = [
    "Judgement",
    "Outcome",
    "Reason",
    "Verified",
    "find",
    "judge",
    "verify",
    "verify_proposals",
]
