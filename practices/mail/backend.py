"""Django's mail backend: every mail is stored first."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from .queue import put


class QueueBackend(BaseEmailBackend):
    """Store mails in the current transaction; the background worker hands them over.

    `PRACTICES_MAIL_TRANSPORT` names the backend that does, by default Django's for SMTP.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store the mails and return how many messages that were.

        One without a subject is not stored: so templates say that a person may not be told, where
        others than we choose the recipients (Wagtail's mails on comments).
        """
        messages = [
            message
            for message in email_messages
            if message.recipients() and str(message.subject).strip()
        ]
        put(messages)
        return len(messages)
