"""Addresses of the plugin outside of the page tree."""

from django.urls import path

from . import views
from .people.views import ChoosePasswordView

urlpatterns = [
    path("ficha/<slug:code>/", views.practice_by_code, name="practice_by_code"),
    path(
        "password/<uidb64>/<token>/",
        ChoosePasswordView.as_view(),
        name="practices_choose_password",
    ),
]
