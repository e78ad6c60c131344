"""Compilations in the background: one for all who ask the same, and none that hangs."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from practices.factsheets import delivery, jobs, making, pdf, store
from practices.factsheets.compiling import Order, Wishes
from practices.models import CompilationJob, FailedSheet, PracticePage

from .test_files import content, text_of


@pytest.fixture
def order(site_data: None) -> Order:
    DBTaskResult.objects.all().delete()  # the demo's own publication
    keys = PracticePage.objects.published().order_by("pk").values_list("pk", flat=True)
    wishes = Wishes(title="Todas las experiencias", language="es", grouping="country")
    return Order(list(keys[:3]), ["es"], wishes, "https://bank.example/")


def page_of(job: CompilationJob) -> Any:
    return Client().get(f"/es/compilacion/trabajo/{job.key}/")


def file_of(job: CompilationJob) -> Any:
    return Client().get(f"/es/compilacion/trabajo/{job.key}/archivo")


def work() -> None:
    """What the background worker does until nothing waits."""
    call_command("db_worker", "--backend", "background", "--queue-name", "*", "--batch")


def later(job: CompilationJob, by: timedelta) -> None:
    """Let a job look as old as that."""
    CompilationJob.objects.filter(key=job.key).update(updated_at=timezone.now() - by)


def test_the_worker_makes_it(order: Order) -> None:
    job = jobs.start(order, "pdf", "mi-compilacion")
    waiting = page_of(job)
    assert waiting.status_code == 200
    assert "Se está preparando: 3 prácticas." in waiting.content.decode()
    assert waiting["Refresh"]
    assert file_of(job).status_code == 302
    work()
    ready = page_of(job)
    assert f"/es/compilacion/trabajo/{job.key}/archivo" in ready.content.decode()
    assert "Refresh" not in ready
    file = file_of(job)
    assert "mi-compilacion.pdf" in file["Content-Disposition"]
    assert "Todas las experiencias" in text_of(content(file))


def test_the_same_asked_twice_is_one_job(order: Order) -> None:
    first, second = (jobs.start(order, "pdf", "x") for _ in range(2))
    assert first.key == second.key
    assert DBTaskResult.objects.count() == 1
    assert jobs.start(order, "docx", "x").key != first.key
    work()
    assert jobs.start(order, "pdf", "x").state == CompilationJob.State.DONE
    later(first, jobs.FRESH_FOR)
    assert jobs.start(order, "pdf", "x").state == CompilationJob.State.WAITING


def test_without_a_worker_who_waits_gets_it(order: Order) -> None:
    job = jobs.start(order, "pdf", "x")
    later(job, jobs.LATE_AFTER + timedelta(seconds=1))
    assert "Está lista." in page_of(job).content.decode()
    work()  # the worker comes late and finds nothing to do
    assert CompilationJob.objects.get(key=job.key).state == CompilationJob.State.DONE


def test_a_lost_worker_leaves_nobody_waiting(order: Order) -> None:
    job = jobs.start(order, "pdf", "x")
    for attempt in range(1, jobs.ATTEMPTS):
        CompilationJob.objects.filter(key=job.key).update(state=CompilationJob.State.RUNNING)
        later(job, jobs.DEAD_AFTER + timedelta(seconds=1))
        page_of(job)
        job.refresh_from_db()
        assert (job.state, job.attempt) == (CompilationJob.State.WAITING, attempt + 1)
    CompilationJob.objects.filter(key=job.key).update(state=CompilationJob.State.RUNNING)
    later(job, jobs.DEAD_AFTER + timedelta(seconds=1))
    assert "No se pudo preparar esta compilación" in page_of(job).content.decode()
    assert jobs.start(order, "pdf", "x").attempt == 1  # asked for again, it begins again


def test_the_worker_that_was_given_up_changes_nothing(order: Order) -> None:
    job = jobs.start(order, "pdf", "x")
    CompilationJob.objects.filter(key=job.key).update(attempt=2)
    assert jobs.carry_out(job.key, 1) == ""
    job.refresh_from_db()
    assert job.state == CompilationJob.State.WAITING


def test_a_file_that_the_cache_dropped_is_made_again(order: Order) -> None:
    job = jobs.start(order, "pdf", "x")
    work()
    job.refresh_from_db()
    stored = jobs.file_of(job)
    assert stored
    stored.storage.delete(stored.name)
    assert "Refresh" in page_of(job)
    work()
    assert file_of(job).status_code == 200


def test_what_is_unpublished_leaves_it(order: Order) -> None:
    job = jobs.start(order, "pdf", "x")
    work()
    assert file_of(job).status_code == 200
    PracticePage.objects.get(pk=order.practices[0]).unpublish()
    gone = file_of(job)
    assert gone.status_code == 410
    assert "ya no está publicada" in gone.content.decode()


def test_a_failure_names_its_sheet(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    guilty = PracticePage.objects.get(pk=order.practices[1])
    render = pdf.render

    def fail(document: Any, pictures: Any) -> bytes:
        if any(sheet["code"] == guilty.code for sheet in document["sheets"]):
            raise pdf.RenderError("no")
        return render(document, pictures)

    monkeypatch.setitem(making._MAKERS, "pdf", fail)
    job = jobs.start(order, "pdf", "x")
    work()
    assert "No se pudo preparar esta compilación" in page_of(job).content.decode()
    assert [sheet.code for sheet in FailedSheet.objects.all()] == [guilty.code]


def test_a_small_one_is_answered_at_once_and_a_large_one_is_not(
    order: Order, rf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = rf.get("/es/compilacion/compilacion.pdf")
    assert delivery.deliver_order(request, order, "pdf", "x").status_code == 200
    monkeypatch.setattr(delivery, "AT_ONCE", 2)
    response = delivery.deliver_order(request, order, "pdf", "x")
    assert response.status_code == 303
    job = CompilationJob.objects.get()
    assert job.key in response["Location"]
    assert job.total == 3


def test_a_busy_machine_gives_it_to_the_worker(
    order: Order, rf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_arguments: Any) -> None:
        raise store.BusyError

    monkeypatch.setattr(store, "find_or_make", busy)
    request = rf.get("/es/compilacion/compilacion.pdf")
    assert delivery.deliver_order(request, order, "pdf", "x").status_code == 303


def test_unknown_jobs_are_not_found(site_data: None) -> None:
    for path in ("0" * 40, "x", "a" * 300):
        assert Client().get(f"/es/compilacion/trabajo/{path}/").status_code == 404
        assert Client().get(f"/es/compilacion/trabajo/{path}/archivo").status_code == 404
