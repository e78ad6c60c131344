"""What a message says: of a public practice what everybody may read, of others the code alone."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.urls import NoReverseMatch, reverse

from practices.models import PracticePage, PracticeRecord, PracticeVersion


def body(event: str, at: datetime, data: dict[str, Any]) -> str:
    """The text of a message, in the form that Standard Webhooks recommends."""
    return json.dumps({"type": event, "timestamp": _time(at), "data": data}, ensure_ascii=False)


def still_true(text: str) -> bool:
    """Whether everything that a message names is still public; a later message tells what is not."""
    data = json.loads(text)["data"]
    said = {version["url"] for version in data.get("versions", ())}
    if not said:
        return True
    keys = PracticeRecord.objects.filter(code=data["code"]).values_list("translation_key")
    now = public_data(key for (key,) in keys)
    return said <= {version["url"] for found in now.values() for version in found["versions"]}


def public_data(keys: Iterable[Any]) -> dict[Any, dict[str, Any]]:
    """What is said of those practices that are public now, by translation key."""
    originals = PracticePage.objects.published().filter(translation_key__in=set(keys))
    found = originals.filter(record__isnull=False).for_cards().defer_streamfields()
    numbers = _last_versions([practice.record.pk for practice in found])
    return {practice.translation_key: _of_practice(practice, numbers) for practice in found}


def _of_practice(practice: Any, numbers: dict[int, PracticeVersion]) -> dict[str, Any]:
    pages = [practice, *practice.public_translations]
    parts = practice.get_url_parts()
    base = parts[1] if parts else ""
    code = practice.record.code
    return {
        "code": code,
        "country": practice.country,
        "in_force": practice.record.in_force,
        "url": f"{base}{reverse('practice_by_code', args=[code])}",
        **_api(base, code),
        "versions": [
            {
                "language": page.locale.language_code,
                "original": page.is_original,
                "url": page.full_url,
                **_version(numbers.get(page.pk)),
            }
            for page in pages
        ],
    }


def _api(base: str, code: str) -> dict[str, str]:
    """Where the practice is as data, in a site that has the API."""
    try:
        return {"api_url": f"{base}{reverse('practices_v1:get_practice', args=[code])}"}
    except NoReverseMatch:
        return {}


def _version(version: PracticeVersion | None) -> dict[str, Any]:
    if version is None:  # made live without having been published
        return {}
    return {"number": version.number, "published_at": _time(version.published_at)}


def _last_versions(records: list[int]) -> dict[int, PracticeVersion]:
    """The last publication of each page of these practices."""
    versions = PracticeVersion.objects.filter(record__in=records).order_by("number")
    return {version.page_id: version for version in versions}


def _time(at: datetime) -> str:
    """As RFC 3339, in universal time, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
