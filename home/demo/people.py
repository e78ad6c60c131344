"""The people of the demo. Their password is public: they exist only where DEBUG is on."""

from django.contrib.auth.models import Group
from wagtail.users.models import UserProfile

from home.models import User
from practices.moderation.access import Role, group_name

from .trees import COUNTRIES

PASSWORD = "osumi-demo"  # noqa: S105


def build_people() -> None:
    """Make the users that are missing; those who exist keep their passwords and groups."""
    _user("admin", "es", is_staff=True, is_superuser=True)
    for name in ("secretaria", "secretaria-2", "secretaria-3"):
        _user(name, "es", group_name(Role.SECRETARIAT))
    _user("punto-focal-pe", "es", group_name(Role.FOCAL_POINT, "pe"))
    for iso_code in ("co", "pe"):
        _user(f"traduccion-{iso_code}", "pt-br", group_name(Role.TRANSLATOR, iso_code))
    for iso_code, (_alpha3, _slug, _es, _pt, language) in COUNTRIES.items():
        _user(editor_name(iso_code), language, group_name(Role.EDITOR, iso_code))


def editor_name(iso_code: str) -> str:
    """User name of a country's editor."""
    return f"editor-{iso_code}"


def _user(username: str, language: str, group: str = "", **fields: bool) -> None:
    user, created = User.objects.get_or_create(
        username=username, defaults={"email": f"{username}@example.org", **fields}
    )
    if not created:
        return
    # The account form asks for names; these people are roles.
    user.first_name, user.last_name = group or "Administración", "OSUMI"
    user.set_password(PASSWORD)
    user.save()
    UserProfile.objects.create(user=user, preferred_language=language)
    if group:
        user.groups.add(Group.objects.get(name=group))
