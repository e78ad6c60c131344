"""Making what others must not see."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import (
    APIToken,
    Comment,
    CommentReply,
    Locale,
    Page,
    PageViewRestriction,
    TaskState,
    UploadedFile,
)
from wagtail_localize.models import (
    OverridableSegment,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from home.demo.moderation import decide
from home.models import CustomDocument, CustomImage, User
from practices.models import (
    ContactAccess,
    FailedSearch,
    PracticeContact,
    PracticePage,
    QueuedMail,
    Webhook,
    WebhookEvent,
)
from practices.moderation.roles import country_collection
from tests.factories import country, make_practice, translate
from tests.practices.files.samples import pdf, picture

from .fields import relate, text, values, write
from .world import FOREIGN, OWN, WORD, Practice, World, sentinel


def _describe(name: str, kind: str, page: PracticePage, author: User) -> Practice:
    """Comments and a private contact beside the practice; and its numbers."""
    comment = Comment.objects.create(
        page=page,
        user=author,
        text=text(kind, name, "comment"),
        contentpath="responsible_entity",
        position="",
    )
    CommentReply.objects.create(comment=comment, user=author, text=text(kind, name, "reply"))
    if page.is_original:
        PracticeContact.objects.create(
            translation_key=page.translation_key,
            contact_name=sentinel("ctc", kind, name, "name"),
            contact_position=sentinel("ctc", kind, name, "position"),
            contact_email=f"{sentinel('ctc', kind, name, 'mail')}@example.org",
        )
        ContactAccess.of(page, author, ContactAccess.Action.READ).save()
    page = PracticePage.objects.get(pk=page.pk)
    first, last = page.revisions.earliest("pk").pk, page.latest_revision_id or 0
    described = Practice(name, kind, page, revision=last, first_revision=first)
    states = TaskState.objects.filter(workflow_state__object_id=str(page.pk)).order_by("-pk")
    if state := states.first():
        described.task_state = state.pk
        described.task = state.task_id
        described.workflow_state = state.workflow_state_id
    return described


def build() -> World:
    """Make the world; searches find it once the callbacks of the transaction have run."""
    world = World()
    colleague = User.objects.get(username=f"editor-{FOREIGN}")
    world.colleague = _person(colleague, "usr", "colleague")
    world.administrator = _person(User.objects.get(username="admin"), "adm", "administrator")
    _files(world)
    for name, make in STATES.items():
        page = make(name, "fgn", country(FOREIGN), colleague, world)
        world.add(_describe(name, "fgn", page, colleague))
    editor = User.objects.get(username="editor-pe")
    page = _draft("own", "own", country(OWN), editor, world)
    world.add(_describe("own", "own", page, editor))
    page = _waiting("ownwaiting", "own", country(OWN), editor, world)
    world.add(_describe("ownwaiting", "own", page, editor))
    _localize(world)
    _system(world)
    return world


def _person(user: User, kind: str, name: str) -> User:
    """Names, address, password and a token of the API that nobody else may learn."""
    user.first_name = sentinel(kind, name, "first")
    user.last_name = sentinel(kind, name, "last")
    user.email = f"{sentinel(kind + 'mail', name)}@example.org"
    user.password = sentinel("sys", name, "password")
    user.save()
    token, _secret = APIToken.create_token(user=user, name=sentinel("sys", name, "token"))
    APIToken.objects.filter(pk=token.pk).update(
        key_hash=sentinel("sys", name, "hash"), prefix=sentinel("sys", name)[:16]
    )
    return user


def _files(world: World) -> None:
    """A document, an image with a rendition, and two uploads that are not finished."""
    collection = country_collection(FOREIGN)
    document = CustomDocument(
        title=text("fgn", "document", "title"),
        file=ContentFile(
            pdf(behind=sentinel("fgn", "document", "content").encode()),
            name=f"{sentinel('fgn', 'document', 'filename')}.pdf",
        ),
        collection=collection,
        uploaded_by_user=world.colleague,
    )
    document._set_document_file_metadata()
    document.save()
    world.document = document
    image = CustomImage.objects.create(
        title=text("fgn", "image", "title"),
        description=text("fgn", "image", "description"),
        credit=text("fgn", "image", "credit"),
        file=ContentFile(
            picture(size=(411, 307)), name=f"{sentinel('fgn', 'image', 'filename')}.png"
        ),
        collection=collection,
        uploaded_by_user=world.colleague,
    )
    world.image = image
    world.rendition = image.get_rendition("max-165x165")
    image.get_rendition("width-400")
    for stored, name in ((image.file, "imagebytes"), (world.rendition.file, "renditionbytes")):
        stored.open("rb")
        world.secrets[stored.read()] = sentinel("fgn", name)
        stored.close()
    world.uploaded_document = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(CustomDocument),
        file=ContentFile(b"%PDF", name=f"{sentinel('fgn', 'upload', 'document')}.pdf"),
        uploaded_by_user=world.colleague,
    )
    world.uploaded_image = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(CustomImage),
        file=ContentFile(picture(), name=f"{sentinel('fgn', 'upload', 'image')}.png"),
        uploaded_by_user=world.colleague,
    )


def _draft(name: str, kind: str, parent: Any, author: User, world: World) -> PracticePage:
    files = (world.document, world.image) if kind == "fgn" else (None, None)
    page = make_practice(parent, **values(kind, name, *files), owner=author)
    relate(page, kind, name)
    page.save(clean=False)
    page.save_revision(user=author)
    return page


def _waiting(name: str, kind: str, parent: Any, author: User, world: World) -> PracticePage:
    """Returned once with a reason, and submitted again."""
    page = _draft(name, kind, parent, author, world)
    page.get_workflow().start(PracticePage.objects.get(pk=page.pk), author)
    secretary = User.objects.get(username="secretaria")
    reviewer = (
        secretary if parent.iso_code == FOREIGN else User.objects.get(username="punto-focal-pe")
    )
    decide(page, reviewer, "return", text(kind, name, "reason"))
    stored = PracticePage.objects.get(pk=page.pk)
    stored.title = text(kind, name, "corrected")
    stored.save_revision(user=author)
    stored = PracticePage.objects.get(pk=page.pk)
    state = stored.current_workflow_state
    state.resume(author)
    return PracticePage.objects.get(pk=page.pk)


def _edited(name: str, kind: str, parent: Any, author: User, world: World) -> PracticePage:
    """Public, and edited again: what is public has no sentinels."""
    page = make_practice(parent, title="Una experiencia pública", published=True, owner=author)
    draft = page.get_latest_revision_as_object()
    write(draft, values(kind, name, world.document, world.image))
    relate(draft, kind, name)
    draft.save_revision(user=author)
    return page


def _unpublished(name: str, kind: str, parent: Any, author: User, world: World) -> PracticePage:
    page = _draft(name, kind, parent, author, world)
    page.save_revision(user=author).publish(user=author, skip_permission_checks=True)
    PracticePage.objects.get(pk=page.pk).unpublish()
    return page


def _translated(name: str, kind: str, parent: Any, author: User, world: World) -> PracticePage:
    """The draft of a translation of a public practice."""
    original = make_practice(parent, title="Otra experiencia pública", published=True)
    fields = values(kind, name)
    for field_name in PracticePage.shared_names():
        fields.pop(field_name, None)
    fields["sections"].pop("products")
    page = translate(original)
    write(page, fields)
    page.save(clean=False)
    page.save_revision(user=author)
    return page


STATES = {
    "draft": _draft,
    "waiting": _waiting,
    "edited": _edited,
    "unpublished": _unpublished,
    "translated": _translated,
}


def _localize(world: World) -> None:
    """wagtail-localize at work on a foreign practice."""
    page = _draft("synced", "fgn", country(FOREIGN), world.colleague, world)
    target = translate(PracticePage.objects.get(pk=page.pk), title=text("fgn", "synced", "target"))
    world.source, _created = TranslationSource.update_or_create_from_instance(
        PracticePage.objects.get(pk=page.pk)
    )
    world.translation = Translation.objects.create(
        source=world.source, target_locale=Locale.objects.get(language_code="pt-br"), enabled=True
    )
    segment = StringSegment.objects.filter(source=world.source).first()
    assert segment
    world.string = segment.pk
    StringTranslation.objects.create(
        translation_of=segment.string,
        locale=world.translation.target_locale,
        context=segment.context,
        data=text("fgn", "synced", "string"),
    )
    override = OverridableSegment.objects.filter(source=world.source).first()
    world.override = override.pk if override else 0
    for name, made in (("synced", page), ("target", target)):
        world.add(_describe(name, "fgn", made, world.colleague))


def _system(world: World) -> None:
    """Locks, sessions, restrictions, redirects, mail."""
    from wagtail.contrib.redirects.models import Redirect
    from wagtail.contrib.search_promotions.models import Query, SearchPromotion

    draft, hidden = world.practice("draft"), world.practice("unpublished").page
    Page.objects.filter(pk=draft.page.pk).update(
        locked=True, locked_by=world.colleague, locked_at=timezone.now()
    )
    world.session = EditingSession.objects.create(
        user=world.colleague, content_object=draft.page, last_seen_at=timezone.now()
    )
    world.restriction = PageViewRestriction.objects.create(
        page=hidden,
        restriction_type=PageViewRestriction.PASSWORD,
        password=sentinel("sys", "restriction", "password"),
    )
    # Redirects are public, what they lead to is not.
    world.redirect = Redirect.objects.create(old_path="/antes", redirect_page=hidden)
    world.token = APIToken.objects.filter(user=world.administrator).first()
    world.mail = QueuedMail.objects.create(
        recipient=f"{sentinel('sys', 'mail', 'to')}@example.org",
        subject=text("sys", "mail", "subject"),
        reason=sentinel("sys", "mail", "reason"),
        content={"body": sentinel("sys", "mail", "body")},
    )
    world.webhook = Webhook.objects.create(
        name=text("fgn", "webhook", "name"),
        url=f"https://hooks.example.org/{sentinel('fgn', 'webhook', 'url')}",
        events=list(WebhookEvent.values),
        secret=sentinel("sys", "webhook", "secret"),
        old_secret=sentinel("sys", "webhook", "before"),
    )
    world.delivery = world.webhook.deliveries.create(
        event=WebhookEvent.UPDATED,
        body=sentinel("sys", "webhook", "body"),
        answer=text("fgn", "webhook", "answer"),
        failed_at=timezone.now(),
    )
    query = Query.get(WORD)
    query.add_hit()
    world.promotion = SearchPromotion.objects.create(
        query=query, page=draft.page, description=text("fgn", "promotion", "description")
    )
    today = timezone.localdate()
    FailedSearch.objects.create(
        words=text("fgn", "search", "words"), language="es", month=today.replace(day=1), last=today
    )
    waiting = world.practice("waiting").page
    world.event = waiting.moderation_events.first().pk
    world.tag = waiting.tags.first().pk
