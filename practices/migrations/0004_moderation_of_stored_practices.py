from django.db import migrations


def give_states(apps, schema_editor):
    """Give the practices that are stored already the state that they stand in."""
    practice = apps.get_model("practices", "PracticePage")
    status = apps.get_model("practices", "ModerationStatus")
    workflow_state = apps.get_model("wagtailcore", "WorkflowState")
    active = dict(
        workflow_state.objects.filter(status__in=("in_progress", "needs_changes")).values_list(
            "object_id", "status"
        )
    )
    states = {"in_progress": "submitted", "needs_changes": "returned"}
    for page in practice.objects.all():
        if str(page.pk) in active:
            state = states[active[str(page.pk)]]
        elif page.live and not page.has_unpublished_changes:
            state = "published"
        elif not page.live and page.first_published_at and page.has_unpublished_changes is False:
            state = "unpublished"
        else:
            state = "draft"
        since = page.latest_revision_created_at or page.first_published_at
        values = {"state": state, **({"since": since} if since else {})}
        status.objects.get_or_create(page=page, defaults=values)


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0003_moderation"),
    ]

    operations = [migrations.RunPython(give_states, migrations.RunPython.noop)]
