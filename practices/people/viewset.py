"""The place of people in the admin."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from practices.moderation.access import oversees

from . import views
from .listing import PeopleIndexView


class PeopleMenuItem(MenuItem):
    """Shown to those who manage people."""

    def is_shown(self, request: HttpRequest) -> bool:
        return oversees(request.user)


class PeopleViewSet(ViewSet):
    """The people of the countries, managed by the Secretaría.

    No `ModelViewSet`: for the user model that is Wagtail's own, which stays with superusers.
    """

    name = views.NAMESPACE
    url_prefix = "people"
    icon = "group"
    menu_label = _("People")
    menu_name = "people"
    menu_order = 350
    menu_item_class = PeopleMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[Any]:
        key = get_user_model()._meta.pk
        one = "<int:pk>/" if isinstance(key, models.IntegerField) else "<str:pk>/"
        return [
            path("", PeopleIndexView.as_view(), name="index"),
            path("results/", PeopleIndexView.as_view(results_only=True), name="index_results"),
            path("add/", views.AddPersonView.as_view(), name="add"),
            path(one, views.EditPersonView.as_view(), name="edit"),
            path(f"{one}invite/", views.InviteView.as_view(), name="invite"),
            path(f"{one}deactivate/", views.DeactivateView.as_view(), name="deactivate"),
            path(f"{one}activate/", views.ActivateView.as_view(), name="activate"),
        ]
