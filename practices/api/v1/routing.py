"""Routers whose operations take no parameter that they do not know."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router as NinjaRouter
from ninja.signature import ViewSignature

from .problems import Fault, invalid


class Router(NinjaRouter):
    """As Ninja's; a parameter of the address that an operation does not know is a fault (422).

    Ninja ignores such parameters: a misspelt filter would give the whole list.
    """

    def add_api_operation(
        self, path: str, methods: list[str], view_func: Callable[..., Any], **kwargs: Any
    ) -> None:
        known = _query_parameters(path, view_func)

        @wraps(view_func)
        def strict(request: HttpRequest, *args: Any, **values: Any) -> Any:
            refuse_unknown(request, known)
            return view_func(request, *args, **values)

        super().add_api_operation(path, methods, strict, **kwargs)


def _query_parameters(path: str, view_func: Callable[..., Any]) -> list[str]:
    models = ViewSignature(path, view_func).models
    return [
        name
        for model in models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    ]


def refuse_unknown(request: HttpRequest, known: list[str]) -> None:
    """Raise Problem (422) where a request has other parameters than the known ones."""
    unknown = [name for name in request.GET if name not in known]
    if not unknown:
        return
    names = ", ".join(known)
    detail = (
        _("There is no such parameter here. Known ones: %(names)s.") % {"names": names}
        if known
        else _("There are no parameters here.")
    )
    faults: list[Fault] = [{"parameter": name[:100], "detail": detail} for name in unknown[:10]]
    raise invalid(*faults)
