"""Addresses of the plugin outside of the page tree."""

from django.urls import path

from . import views

urlpatterns = [
    path("ficha/<slug:code>/", views.practice_by_code, name="practice_by_code"),
]
