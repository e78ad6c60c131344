"""Compilations that are made in the background, in sight of who waits."""

import hashlib
import json
import logging
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from practices.models import CompilationJob, PracticePage

from . import store
from .compiling import Order, Wishes, assemble
from .failures import make_or_tell
from .making import digest

logger = logging.getLogger(__name__)

DEAD_AFTER = timedelta(minutes=2)
"""A job that did not move for as long is nobody's any more: its worker is gone."""

LATE_AFTER = timedelta(seconds=15)
"""A job that no worker began for as long is carried out by who looks at it."""

FRESH_FOR = timedelta(minutes=10)
"""How long a compilation that is done serves others who ask for the same."""

KEPT_FOR = timedelta(days=2)
"""How long a job is known after it moved last."""

ATTEMPTS = 3
PATIENCE = 60
"""Seconds that a worker waits for a place among those who make files."""

UNDER_WAY = (CompilationJob.State.WAITING, CompilationJob.State.RUNNING)


def start(order: Order, extension: str, name: str) -> CompilationJob:
    """The job that makes a compilation; one that is at it already serves all who ask the same."""
    asked = {**asdict(order), "day": timezone.localdate().isoformat()}
    text = json.dumps([asked, extension, name], sort_keys=True)
    key = hashlib.sha256(text.encode()).hexdigest()[:40]
    CompilationJob.objects.filter(updated_at__lt=timezone.now() - KEPT_FOR).delete()
    job = CompilationJob.objects.filter(key=key).first()
    if job and (_is_alive(job) or _is_fresh(job)):
        return job
    if job:
        return _enqueued(job, attempt=1)
    total = len(order.practices)
    try:
        with transaction.atomic():
            job = CompilationJob.objects.create(
                key=key, order=asked, extension=extension, name=name, total=total
            )
    except IntegrityError:  # asked for by somebody else just now
        return CompilationJob.objects.get(key=key)
    return _enqueued(job, attempt=1)


def looked_at(job: CompilationJob) -> CompilationJob:
    """The job as it is now, for who waits for it: none hangs, whatever became of its worker.

    One that nobody began is carried out here, unless others are at work; one whose worker is gone begins again, at most
    `ATTEMPTS` times.
    """
    now = timezone.now()
    is_late = job.state == CompilationJob.State.WAITING and now - job.updated_at > LATE_AFTER
    if is_late and not _is_worker_busy():
        try:
            carry_out(job.key, job.attempt)
        except Exception:  # the page tells, whatever it was
            logger.exception("A compilation could not be made: %s", job.key)
    elif job.state == CompilationJob.State.RUNNING and now - job.updated_at > DEAD_AFTER:
        if job.attempt < ATTEMPTS:
            _enqueued(job, attempt=job.attempt + 1)
        else:
            _note(job, state=CompilationJob.State.FAILED)
    elif job.state == CompilationJob.State.DONE and not file_of(job):
        _enqueued(job, attempt=1)  # it was dropped from the cache
    else:
        return job
    return CompilationJob.objects.get(key=job.key)


def file_of(job: CompilationJob) -> store.StoredFile | None:
    """The file that a job made; None while it is not there."""
    is_done = job.state == CompilationJob.State.DONE
    return store.find(job.digest, job.extension) if is_done else None


def is_public(job: CompilationJob) -> bool:
    """Whether all that the file of a job holds is public still."""
    return PracticePage.objects.public().filter(pk__in=job.pages).count() == len(job.pages)


def carry_out(key: str, attempt: int) -> str:
    """Make the file of a job, unless somebody else is at it; returns how it ended."""
    taken = CompilationJob.objects.filter(
        key=key, attempt=attempt, state=CompilationJob.State.WAITING
    ).update(state=CompilationJob.State.RUNNING, done=0, updated_at=timezone.now())
    if not taken:
        return ""
    job = CompilationJob.objects.get(key=key)
    try:
        document, pictures = assemble(_order(job.order), lambda done: _note(job, done=done))
        name = digest(document, job.extension)
        store.find_or_make(
            name,
            job.extension,
            lambda: make_or_tell(document, pictures, job.extension),
            PATIENCE,
        )
    except store.BusyError:
        _note(job, state=CompilationJob.State.WAITING)  # for the next who looks at it
        raise
    except Exception:
        _note(job, state=CompilationJob.State.FAILED)
        raise
    pages = sorted({sheet["page"] for sheet in document["sheets"]})
    _note(job, state=CompilationJob.State.DONE, digest=name, pages=pages)
    return CompilationJob.State.DONE


def _order(asked: dict[str, Any]) -> Order:
    return Order(
        practices=asked["practices"],
        languages=asked["languages"],
        wishes=Wishes(**asked["wishes"]),
        base_url=asked["base_url"],
    )


def _is_alive(job: CompilationJob) -> bool:
    return job.state in UNDER_WAY and timezone.now() - job.updated_at < DEAD_AFTER


def _is_fresh(job: CompilationJob) -> bool:
    is_young = timezone.now() - job.updated_at < FRESH_FOR
    return is_young and file_of(job) is not None and is_public(job)


def _is_worker_busy() -> bool:
    """Whether somebody is at another job, so that those that wait are not forgotten."""
    running = CompilationJob.objects.filter(state=CompilationJob.State.RUNNING)
    return running.filter(updated_at__gt=timezone.now() - DEAD_AFTER).exists()


def _enqueued(job: CompilationJob, attempt: int) -> CompilationJob:
    # The background queue is a setting of the host, read when it is first needed.
    from .tasks import make_compilation

    with transaction.atomic():
        rows = CompilationJob.objects.filter(key=job.key, updated_at=job.updated_at)
        job.state, job.attempt = CompilationJob.State.WAITING, attempt
        values = {"state": job.state, "attempt": attempt, "done": 0, "digest": ""}
        if rows.update(updated_at=timezone.now(), **values):
            make_compilation.enqueue(job.key, attempt)
    return job


def _note(job: CompilationJob, **values: Any) -> None:
    """Write down how far a job is, unless it was given to somebody else."""
    rows = CompilationJob.objects.filter(key=job.key, attempt=job.attempt)
    rows.update(updated_at=timezone.now(), **values)
