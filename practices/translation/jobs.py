"""A machine at work on a translation, in the background and in sight."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_localize.strings import StringValue

from practices.models import MachineJob, PracticePage
from practices.moderation.review import UnderReviewError, lock

from .closed import refuse_if_closed
from .machine import Fault, MachineTranslationError, batches, translator_for
from .memory import Memory
from .strings import Text, refusal, tidied

DEAD_AFTER = timedelta(minutes=10)
"""A job that did not move for as long is nobody's any more."""

LATE_AFTER = timedelta(minutes=2)
"""A job that nobody began for as long shows that there is no worker."""

UNDER_WAY = (MachineJob.State.WAITING, MachineJob.State.RUNNING)

REVIEW, PARTIAL, NOTHING, NOBODY, ERROR = "review", "partial", "nothing", "nobody", "error"
"""How a job may end, beside the faults of the service."""

ENDS = {
    REVIEW: gettext_lazy(
        "The translation went to review, or was locked, meanwhile. The texts of the machine are "
        "kept: start again afterwards to put them into the draft."
    ),
    PARTIAL: gettext_lazy("Some texts came back unusable; translate them yourself, or try again."),
    NOTHING: gettext_lazy("There is nothing left for a machine to translate."),
    NOBODY: gettext_lazy("Who started it may no longer edit this translation."),
    ERROR: gettext_lazy("Something went wrong on this site. Tell the administrators."),
}


class JobRefusedError(ValidationError):
    """A machine translation that does not begin; the message says why."""


def is_under_way(job: MachineJob) -> bool:
    """Whether somebody is at work on a job, or will be."""
    return job.state in UNDER_WAY and timezone.now() - job.updated_at < DEAD_AFTER


def _lacks_worker(job: MachineJob) -> bool:
    """Whether a job waits for longer than it would with a worker running."""
    is_waiting = job.state == MachineJob.State.WAITING
    return is_waiting and timezone.now() - job.updated_at > LATE_AFTER


def _told(job: MachineJob) -> str:
    """What people are told of a job that ended otherwise than well; empty for the others."""
    if job.fault in Fault.values:
        return str(Fault(job.fault).label)
    return str(ENDS.get(job.fault, ""))


def progress(page: PracticePage) -> dict[str, Any] | None:
    """How far a machine is with a translation, and how it ended; None where none was at work."""
    job = MachineJob.objects.filter(page=page).first()
    if job is None:
        return None
    under_way = is_under_way(job)
    state = MachineJob.State(job.state)
    if state in UNDER_WAY and not under_way:
        state, text = MachineJob.State.FAILED, _("It stopped half way. Start it again.")
    elif _lacks_worker(job):
        text = _("Nobody has begun yet: is the background worker running? Tell the administrators.")
    else:
        text = _told(job)
    if state == MachineJob.State.DONE and job.detail and not job.fault:
        text = _("Written in the draft: %(items)s. Check each text before you send it.") % {
            "items": job.detail
        }
    return {
        "state": state.value,
        "label": str(state.label),
        "under_way": under_way,
        "done": job.done,
        "total": job.total,
        "text": text,
    }


@transaction.atomic
def start(page: PracticePage, user: Any) -> MachineJob:
    """Have a machine translate what nobody has translated yet.

    Raises JobRefusedError where one is at work already, UnderReviewError, and
    MachineTranslationError where none is set up.
    """
    page = lock(page.pk)
    refuse_if_closed(page, user)
    if page.original is None or translator_for(page.original.locale, page.locale) is None:
        raise MachineTranslationError(Fault.OFF)
    job = MachineJob.objects.filter(page=page).first()
    if job and is_under_way(job):
        raise JobRefusedError(_("A machine is at work on this translation already."))
    job, _created = MachineJob.objects.update_or_create(
        page=page,
        defaults={
            "user": user,
            "state": MachineJob.State.WAITING,
            "done": 0,
            "total": 0,
            "fault": "",
            "detail": "",
            "created_at": timezone.now(),
        },
    )
    # The background queue is a setting of the host, read when it is first needed.
    from .tasks import translate_by_machine

    translate_by_machine.enqueue(job.pk, job.created_at.isoformat())
    return job


def carry_out(job: MachineJob) -> str:
    """Carry out a job; returns how it ended."""
    try:
        fault, detail = _translate(job)
    except MachineTranslationError as error:
        fault, detail = error.kind.value, error.detail
    except UnderReviewError:
        fault, detail = REVIEW, ""
    except Exception as error:
        _note(job, state=MachineJob.State.FAILED, fault=ERROR, detail=repr(error))
        raise
    is_done = fault in ("", PARTIAL, NOTHING)
    state = MachineJob.State.DONE if is_done else MachineJob.State.FAILED
    _note(job, state=state, fault=fault, detail=detail)
    return fault or str(state)


def _note(job: MachineJob, **values: Any) -> bool:
    """Write down how far a job is; False where it was given to somebody else."""
    rows = MachineJob.objects.filter(pk=job.pk, created_at=job.created_at)
    return bool(rows.update(updated_at=timezone.now(), **values))


def _translate(job: MachineJob) -> tuple[str, str]:
    """Translate, string by string, then write the draft; returns what to tell (fault, detail)."""
    with transaction.atomic():
        memory = Memory(job.page)
    translator = translator_for(memory.source.locale, memory.locale)
    if translator is None:
        raise MachineTranslationError(Fault.OFF)
    keys = memory.sections_for_machine()
    texts: dict[StringValue, list[Text]] = {}
    for text in memory.texts:
        if text.key in keys and text.is_open:
            texts.setdefault(StringValue(text.source), []).append(text)
    done = 0
    _note(job, state=MachineJob.State.RUNNING, total=len(texts))
    for batch in batches(texts):
        answers = translator.translate(memory.source.locale, memory.locale, batch)
        found = {
            text: data
            for string, answer in answers.items()
            for text in texts[string]
            if (data := tidied(answer.data)) and not refusal(text, data)
        }
        memory.write(found, user=job.user, tool=translator.display_name, machine=True)
        done += len(batch)
        if not _note(job, done=done):
            return "", ""
    return _apply(job, {key: state.text_digest for key, state in memory.states.items()})


@transaction.atomic
def _apply(job: MachineJob, begun_with: dict[str, str]) -> tuple[str, str]:
    """Write what the machine translated, now or before, into a draft.

    Not where a person wrote meanwhile, and not in the name of who may edit no more.
    """
    memory = Memory(job.page)
    if job.user is None or not memory.page.permissions_for_user(job.user).can_edit():
        return NOBODY, ""
    keys = {
        key
        for key in memory.sections_for_machine()
        if begun_with.get(key) == memory.states[key].text_digest
    }
    translated = {text.key: None for text in memory.texts if text.is_from_machine}
    waiting = {text.key for text in memory.texts if text.is_open}
    wanted = [key for key in translated if key in keys]
    applied = memory.apply(wanted, user=job.user, machine=True)
    items = {text.key: text.item.number for text in memory.texts}
    detail = ", ".join(dict.fromkeys(items[key] for key in applied.changed))
    if waiting & keys:
        return PARTIAL, detail
    return ("" if applied.changed else NOTHING), detail
