"""What stands for the parameters of addresses, so that they lead to what others keep."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib.auth.models import Group
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.models import Collection, Locale, Site, Workflow

from practices.factsheets.compiling import Order, Wishes
from practices.factsheets.jobs import start
from practices.models import Theme
from tests.factories import country

from .doors import Door
from .world import Practice, World

Arguments = dict[str, Any]
Fill = Callable[[World, Practice], Any]


def _foreign(iso_code: str) -> Fill:
    return lambda _world, _practice: country(iso_code).pk


def _pk(model: Any, **conditions: Any) -> Fill:
    return lambda _world, _practice: model.objects.filter(**conditions).first().pk


def _waiting(world: World) -> Practice:
    return world.practice("waiting")


ARGUMENTS: dict[str, Fill] = {
    "page_id": lambda _world, practice: practice.page.pk,
    "parent_page_id": lambda _world, practice: practice.page.pk,
    "page_to_move_id": lambda _world, practice: practice.page.pk,
    "page_pk": lambda _world, practice: practice.page.pk,
    "destination_id": _foreign("pe"),
    "revision_id": lambda _world, practice: practice.revision,
    "revision_id_a": lambda _world, _practice: "earliest",
    "revision_id_b": lambda _world, practice: practice.revision,
    # Numbers of another review where there is none: a number that leads nowhere shows nothing.
    "task_state_id": lambda world, practice: practice.task_state or _waiting(world).task_state,
    "task_id": lambda world, practice: practice.task or _waiting(world).task,
    "workflow_state_id": lambda world, practice: (
        practice.workflow_state or _waiting(world).workflow_state
    ),
    "workflow_pk": _pk(Workflow, name="Revisión CL"),
    "content_type_app_name": lambda _world, _practice: "practices",
    "content_type_model_name": lambda _world, _practice: "practicepage",
    "app_label": lambda _world, _practice: "practices",
    "model_name": lambda _world, _practice: "practicepage",
    "app_name": lambda _world, _practice: "practices",
    "object_id": lambda _world, practice: practice.page.pk,
    "session_id": lambda world, _practice: world.session.pk,
    "collection_id": _pk(Collection, name="País CL"),
    "translation_source_id": lambda world, _practice: world.source.pk,
    "translation_id": lambda world, _practice: world.translation.pk,
    "string_segment_id": lambda world, _practice: world.string,
    "overridable_segment_id": lambda world, _practice: world.override,
    "mode": lambda _world, _practice: "default",
    "language": lambda _world, _practice: "pt-br",
    "instance_pk": lambda world, _practice: world.event,
    "query_id": lambda world, _practice: world.promotion.query_id,
    "redirect_id": lambda world, _practice: world.redirect.pk,
    "document_id": lambda world, _practice: world.document.pk,
    "doc_id": lambda world, _practice: world.document.pk,
    "image_id": lambda world, _practice: world.image.pk,
    "filter_spec": lambda _world, _practice: "max-165x165",
    "type_name": lambda _world, _practice: "practices.PracticePage",
    "type": lambda _world, _practice: "practices.Theme",
    "site_id": _pk(Site),
    "locale_id": _pk(Locale),
    "page_view_restriction_id": lambda world, _practice: world.restriction.pk,
    "uidb64": lambda world, _practice: urlsafe_base64_encode(force_bytes(world.administrator.pk)),
    "token": lambda _world, _practice: "set-password",
    "code": lambda world, _practice: world.practice("unpublished").page.record.code.lower(),
    "number": lambda _world, _practice: 1,
    "key": lambda world, _practice: world.delivery.key,
    "ref": lambda _world, practice: practice.page.pk,
}
"""What stands for each parameter; `SPECIAL` says it better for some addresses."""

PK: dict[str, Fill] = {
    "wagtailadmin_api:pages": ARGUMENTS["page_id"],
    "wagtailadmin_api:documents": ARGUMENTS["document_id"],
    "wagtailadmin_api:images": ARGUMENTS["image_id"],
    "wagtailapi:pages": ARGUMENTS["page_id"],
    "wagtailadmin_pages": ARGUMENTS["page_id"],
    "practice_force": ARGUMENTS["page_id"],
    "practice_translation": ARGUMENTS["page_id"],
    "practice_translation_export": ARGUMENTS["page_id"],
    "practice_translation_import": ARGUMENTS["page_id"],
    "practice_translation_machine": ARGUMENTS["page_id"],
    "practice_translate": ARGUMENTS["page_id"],
    "wagtailadmin_collections": ARGUMENTS["collection_id"],
    "wagtailadmin_workflows": ARGUMENTS["task_id"],
    "wagtail_localize": _pk(Theme),
    "wagtailapi_v3": _pk(Theme),
    "wagtailsettings": _pk(Site),
    "wagtailsnippets_practices_theme": _pk(Theme),
    "wagtailsnippetchoosers_practices_theme": _pk(Theme),
    "wagtailsnippets_taggit_tag": lambda world, _practice: world.tag,
    "wagtailsnippetchoosers_taggit_tag": lambda world, _practice: world.tag,
    "practices_people": lambda world, _practice: world.colleague.pk,
    "webhooks": lambda world, _practice: world.webhook.pk,
    "undelivered_mail": lambda world, _practice: world.mail.pk,
    "wagtaillocales": _pk(Locale),
    "wagtailsites": _pk(Site),
    "wagtailusers_users": lambda world, _practice: world.administrator.pk,
    "wagtailusers_groups": _pk(Group, name="Secretaría"),
    "wagtailusers_api_tokens": lambda world, _practice: world.token.pk,
    "practices_tokens": lambda world, _practice: world.token.pk,
    "wagtaildocs_chooser": ARGUMENTS["document_id"],
    "wagtailimages_chooser": ARGUMENTS["image_id"],
}
"""What stands for `pk`, by the namespace of the address or its name."""

Cases = Callable[[World], list[Arguments]]


def _bulk(world: World) -> list[Arguments]:
    """Query and all: the actions of each model."""
    actions = {
        ("wagtailcore", "page"): ("delete", "move", "publish", "unpublish"),
        ("wagtaildocs", "document"): (),
        ("home", "customdocument"): ("delete", "add_tags", "add_to_collection"),
        ("home", "customimage"): ("delete", "add_tags", "add_to_collection"),
        ("home", "user"): ("delete", "assign_role", "set_active_state"),
        ("practices", "theme"): ("delete",),
        ("taggit", "tag"): ("delete",),
    }
    return [
        {"app_label": app_label, "model_name": model_name, "action": action}
        for (app_label, model_name), names in actions.items()
        for action in names
    ]


def _sheets(world: World) -> list[Arguments]:
    """The files of all practices, public or not, and of lists that have none."""
    paths = [
        practice.page.url.split("/", 2)[2] for practice in world.practices if practice.page.url
    ]
    return [
        {"path": path, "name": name, "extension": extension}
        for path in ("experiencias/", "experiencias/chile/", *paths)
        for name in ("ficha", "resumo")
        for extension in ("pdf", "docx")
    ]


def _job(world: World) -> list[Arguments]:
    """A compilation that somebody asked for while its practices were public."""
    page = world.practice("unpublished").page
    order = Order([page.pk], ["es"], Wishes("Una compilación", "es"), "https://bank.example/")
    return [{"key": start(order, "docx", "compilacion").key}, {"key": "0" * 40}]


def _steps(*names: str) -> Cases:
    def cases(world: World) -> list[Arguments]:
        return [
            {
                "page_id": practice.page.pk,
                "action_name": name,
                "task_state_id": practice.task_state or _waiting(world).task_state,
            }
            for practice in world.practices
            for name in names
        ]

    return cases


def _documents(world: World) -> list[Arguments]:
    return [{"_0": world.document.pk, "_1": world.document.filename}]


def _media(world: World) -> list[Arguments]:
    stored = (world.document, world.image, world.rendition)
    uploads = (world.uploaded_document, world.uploaded_image)
    names = [one.file.name for one in (*stored, *uploads)]
    return [{"name": name} for name in names]


def _paths(world: World) -> list[Arguments]:
    """Addresses of pages in the tree, with those of the lists that show practices."""
    paths = {"", "experiencias/", "experiencias/chile/", "temas/", "etiquetas/"}
    paths |= {"experiencias/chile/una-experiencia-publica/", "temas/otros-temas/"}
    for practice in world.practices:
        url = practice.page.url or ""
        paths.add(re.sub(r"^/(es|pt-br)/", "", url))
        for tag in practice.page.tags.all():
            paths.add(f"etiquetas/{tag.slug}/")
    return [{"_0": path} for path in sorted(paths)]


def _uploads(name: str) -> Cases:
    return lambda world: [{"uploaded_file_id": getattr(world, name).pk}]


def _snippets(world: World) -> list[Arguments]:
    return [
        {"app_label": "taggit", "model_name": "tag", "pk": world.tag},
        {"app_label": "practices", "model_name": "theme", "pk": Theme.objects.all()[0].pk},
    ]


def _typed_snippets(world: World) -> list[Arguments]:
    return [
        {"type": "taggit.Tag", "pk": world.tag, "revision_id": 1},
        {"type": "practices.Theme", "pk": Theme.objects.all()[0].pk, "revision_id": 1},
    ]


SPECIAL: dict[str, Cases] = {
    "wagtail_bulk_action": _bulk,
    "wagtailadmin_pages:workflow_action": _steps("endorse", "approve_and_publish", "return"),
    "wagtailadmin_pages:collect_workflow_action_data": _steps(
        "endorse", "approve_and_publish", "return"
    ),
    "wagtailadmin_api:pages:action": lambda world: [
        {"pk": practice.page.pk, "action_name": name}
        for practice in world.practices
        for name in (
            "convert_alias",
            "copy",
            "delete",
            "publish",
            "unpublish",
            "move",
            "copy_for_translation",
            "create_alias",
            "revert_to_page_revision",
        )
    ],
    "wagtaildocs_serve": _documents,
    "practices_media": _media,
    "wagtail_serve": _paths,
    "practices_sheet": _sheets,
    "practices_blank": lambda _world: [
        {"path": "experiencias/", "name": "ficha-en-blanco", "extension": extension}
        for extension in ("pdf", "docx")
    ],
    "practice_file_by_code": lambda world: [
        {"code": world.practice("unpublished").page.record.code, "extension": "docx"}
    ],
    "practices_compilation_job": _job,
    "practices_compilation_job_file": _job,
    "practices_publication_file": lambda _world: [
        {"path": "publicaciones/derechos-humanos/", "name": "publicacion", "extension": extension}
        for extension in ("pdf", "docx")
    ],
    "practices_guide_picture": lambda _world: [{"name": "dashboard.png"}],
    "practices_guide_named": lambda _world: [{"name": "secretariat"}, {"name": "editors"}],
    "/api/v3/%(_0)s/": lambda _world: [{"_0": "documents"}, {"_0": "images"}],
    "wagtaildocs:create_multiple_from_uploaded_document": _uploads("uploaded_document"),
    "wagtaildocs:delete_upload_multiple": _uploads("uploaded_document"),
    "wagtailimages:create_multiple_from_uploaded_image": _uploads("uploaded_image"),
    "wagtailimages:delete_upload_multiple": _uploads("uploaded_image"),
    "wagtail_localize:submit_snippet_translation": _snippets,
    "wagtail_localize:snippets_api_listing": _snippets,
    "wagtail_localize:snippets_api_detail": _snippets,
    "wagtailadmin_tag_model_autocomplete": lambda _world: [
        {"app_name": "taggit", "model_name": "tag"}
    ],
    "wagtailadmin_workflows:add_task": lambda _world: [
        {"app_label": "practices", "model_name": "approvaltask"}
    ],
    "wagtailadmin_explore": lambda world: [
        {"parent_page_id": pk} for pk in (1, country("cl").pk, country("pe").pk, *pages_of(world))
    ],
    "wagtailadmin_explore_results": lambda world: [
        {"parent_page_id": pk} for pk in (1, country("cl").pk, *pages_of(world))
    ],
    "wagtailadmin_choose_page_child": lambda world: [
        {"parent_page_id": pk} for pk in (country("cl").pk, *pages_of(world))
    ],
    **{
        f"wagtailapi_v3:{name}": _typed_snippets
        for name in ("list_snippets", "detail_snippet", "list_snippet_revisions")
    },
}
"""Arguments that belong together, for addresses that `ARGUMENTS` alone does not open."""


def pages_of(world: World) -> list[int]:
    return [practice.page.pk for practice in world.practices]


def cases(door: Door, world: World) -> list[Arguments]:
    """The arguments with which a door is tried. KeyError for a parameter that nobody described."""
    if special := SPECIAL.get(door.name):
        return special(world)
    fills = {}
    for parameter in door.parameters:
        if parameter == "pk":
            fills[parameter] = PK.get(door.namespace) or PK[door.name]
        else:
            fills[parameter] = ARGUMENTS[parameter]
    found: list[Arguments] = []
    for practice in (*world.practices, *mixed(world)):
        arguments = {name: fill(world, practice) for name, fill in fills.items()}
        if arguments not in found:
            found.append(arguments)
    return found


def mixed(world: World) -> list[Practice]:
    """An own practice, with the numbers of a foreign one."""
    own, foreign = world.practice("own"), world.practice("waiting")
    return [
        Practice(
            "mixed",
            "own",
            own.page,
            revision=foreign.revision,
            first_revision=foreign.first_revision,
            workflow_state=foreign.workflow_state,
            task_state=foreign.task_state,
            task=foreign.task,
        )
    ]


def address(door: Door, arguments: Arguments) -> str:
    filled = {name: quote(str(value), safe="/") for name, value in arguments.items()}
    return door.form % filled
