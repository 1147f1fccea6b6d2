from referrals.models.alerts import Alert, AlertRule, AlertRun, AlertState, DropReason, RunOutcome
from referrals.models.assistance import AssistanceImport, AssistanceMonth, ImportWay, Recipient, Watch
from referrals.models.attachments import Attachment, AttachmentContent
from referrals.models.client import Client
from referrals.models.decision import BasicDecision
from referrals.models.messages import Message, MessagesRead
from referrals.models.pace import Pace
from referrals.models.parameters import DeadlineRule, ReleaseRule
from referrals.models.receipts import Receipt
from referrals.models.referral import Referral
from referrals.models.retention import Purge, Trace
from referrals.types import DETAIL_MODELS

__all__ = [
    "DETAIL_MODELS",
    "Alert",
    "AlertRule",
    "AlertRun",
    "AlertState",
    "AssistanceImport",
    "AssistanceMonth",
    "Attachment",
    "AttachmentContent",
    "BasicDecision",
    "Client",
    "DeadlineRule",
    "DropReason",
    "ImportWay",
    "Message",
    "MessagesRead",
    "Pace",
    "Purge",
    "Receipt",
    "Recipient",
    "Referral",
    "ReleaseRule",
    "RunOutcome",
    "Trace",
    "Watch",
]
