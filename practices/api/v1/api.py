"""The API itself: its routers, its errors, its documents."""

from ninja.renderers import JSONRenderer

from . import (
    contact,
    details,
    drafts,
    dumps,
    form,
    lists,
    moderation,
    problems,
    terms,
    versions,
)
from .openapi import Api

DESCRIPTION = """\
The bank of good practices in migration policy of South America.

Everything that is public can be read by anyone. A token (`Authorization: Bearer …`) says who you
are; it changes nothing of what you read unless you ask for it. Errors are problems (RFC 9457).
Answers have an `ETag`: send it as `If-None-Match`, and what has not changed costs nothing (304).
"""


class Renderer(JSONRenderer):
    """JSON in UTF-8, without escapes for the letters of Spanish and Portuguese."""

    json_dumps_params = {"ensure_ascii": False}


api = Api(
    title="OSUMI",
    version="1.0.0",
    description=DESCRIPTION,
    urls_namespace="practices_v1",
    renderer=Renderer(),
    openapi_url="/openapi.json",
    docs_url="/docs/",
)

problems.register(api)

for module in (lists, dumps, details, versions, terms, form, drafts, moderation, contact):
    api.add_router("", module.router)
