"""Files that travel with a referral: declared when it is sent, uploaded before it is delivered."""

from __future__ import annotations

from django.db import models

from kela_kunta.base.ids import UuidV7
from referrals.models.referral import Referral


class Attachment(models.Model):
    """A file as the sender declared it; `sha256` is hexadecimal, `media_type` "" where the sender told none."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="attachments", db_index=False)
    number = models.PositiveSmallIntegerField(help_text="Its place among the referral's, from 1.")
    name = models.CharField(max_length=255)
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("referral", "sha256", name="a_file_once_on_a_referral")]
        ordering = ["number"]


class AttachmentContent(models.Model):
    """What was uploaded of an attachment, encrypted and bound to its id; `media_type` is what its content says."""

    attachment = models.OneToOneField(Attachment, models.PROTECT, primary_key=True, related_name="content")
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="+", db_index=False)
    media_type = models.CharField(max_length=40)
    sealed = models.BinaryField()
    uploaded_at = models.DateTimeField()
