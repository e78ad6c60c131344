"""The list of people, with its filters."""

from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.boolean_radio_select import BooleanRadioSelect

from practices.languages import content_languages
from practices.moderation.access import COUNTRY_ROLES, group_name, role_of_group

from . import accounts
from .views import NAMESPACE, PeopleMixin


def roles_of_person(person: Any) -> str:
    """Roles with their countries, for the list."""
    names = person.country_names
    roles = [role for group in person.groups.all() if (role := role_of_group(group.name))]
    return "; ".join(
        f"{accounts.ROLE_LABELS[role]}: "
        + ", ".join(names.get(code, code.upper()) for of, code in sorted(roles) if of == role)
        for role in COUNTRY_ROLES
        if any(of == role for of, _code in roles)
    )


class PeopleFilterSet(WagtailFilterSet):
    """Filters of the list."""

    role = django_filters.MultipleChoiceFilter(
        label=_("Role"),
        choices=[(role.name.lower(), accounts.ROLE_LABELS[role]) for role in COUNTRY_ROLES],
        method="filter_roles",
        widget=CheckboxSelectMultiple,
    )
    country = django_filters.MultipleChoiceFilter(
        label=_("Country"),
        choices=lambda: list(accounts.country_names().items()),
        method="filter_roles",
        widget=CheckboxSelectMultiple,
    )
    language = django_filters.MultipleChoiceFilter(
        label=_("Language"),
        field_name="wagtail_userprofile__preferred_language",
        choices=content_languages,
        widget=CheckboxSelectMultiple,
    )
    active = django_filters.BooleanFilter(
        field_name="is_active", label=_("Active account"), widget=BooleanRadioSelect
    )

    class Meta:
        model = get_user_model()
        fields: list[str] = []

    def filter_roles(self, people: "QuerySet[Any]", _name: str, _value: Any) -> "QuerySet[Any]":
        """People who have one of the roles in one of the countries: the two filters at once."""
        wanted = self.form.cleaned_data
        groups = [
            group_name(role, code)
            for role in COUNTRY_ROLES
            for code in wanted["country"] or accounts.country_names()
            if role.name.lower() in (wanted["role"] or [role.name.lower()])
        ]
        return people.filter(groups__name__in=groups).distinct()


class PeopleIndexView(PeopleMixin, generic.IndexView):
    """The people of the countries."""

    index_results_url_name = f"{NAMESPACE}:index_results"
    add_url_name = f"{NAMESPACE}:add"
    page_title = _("People")
    add_item_label = _("Add")
    filterset_class = PeopleFilterSet
    search_backend_name = None
    paginate_by = 50
    default_ordering = ("last_name", "first_name", get_user_model().USERNAME_FIELD)

    @cached_property
    def search_fields(self) -> list[str]:
        users = get_user_model()
        names = ["first_name", "last_name", users.get_email_field_name(), users.USERNAME_FIELD]
        return list(dict.fromkeys(names))

    @cached_property
    def columns(self) -> list[Any]:
        users = get_user_model()
        return [
            self._get_title_column_class(TitleColumn)(
                "name",
                label=_("Name"),
                accessor=lambda person: person.get_full_name() or person.get_username(),
                get_url=self.get_edit_url,
                sort_key="last_name",
            ),
            Column("username", label=_("User name"), accessor="get_username"),
            Column("email", label=_("E-mail"), accessor=users.get_email_field_name()),
            Column("roles", label=_("Roles"), accessor=roles_of_person),
            Column("language", label=_("Language"), accessor=language_name),
            BooleanColumn("is_active", label=_("Active account"), sort_key="is_active"),
            DateColumn("last_login", label=_("Last login"), sort_key="last_login"),
        ]

    def get_base_queryset(self) -> "QuerySet[Any]":
        people = accounts.people().select_related("wagtail_userprofile")
        return people.prefetch_related("groups")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        names = accounts.country_names()
        for person in context["object_list"]:
            person.country_names = names
        return context


def language_name(person: Any) -> Any:
    """The language of a person's account, for the list."""
    profile = getattr(person, "wagtail_userprofile", None)
    return dict(content_languages()).get(profile.preferred_language if profile else "", "")
