"""Signals of moderation."""

from django.dispatch import Signal

moderated = Signal()
"""Sent within the transaction after a line of the moderation log was written.

Arguments: `event` (ModerationEvent), `practice` (PracticePage).
"""
