"""What a supervisor can recall: a run of the detection, or an import of months."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Recallable(models.Model):
    """Recalled when, by whom and why; `recall_done_at` when all that follows from it has been done."""

    recalled_at = models.DateTimeField(null=True)
    recalled_by_id = models.CharField(max_length=100, blank=True)
    recalled_by_name = models.CharField(max_length=200, blank=True)
    recall_text = models.TextField(blank=True)
    recall_done_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_recall_has_reason", condition=Q(recalled_at__isnull=True) | ~Q(recall_text="")
            ),
        ]
