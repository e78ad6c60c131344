"""Wagtail's API v2 for pages, practices included."""

from typing import Any

from wagtail.api.v2.serializers import PageSerializer
from wagtail.api.v2.views import PagesAPIViewSet

from practices.models import PracticePage


class FactsSerializer(PageSerializer):
    """As Wagtail's; a translation shows the shared facts of its original."""

    def to_representation(self, instance: Any) -> Any:
        answer = super().to_representation(instance)
        if isinstance(instance, PracticePage) and not instance.is_original:
            facts = super().to_representation(instance.facts)
            answer |= {
                name: facts[name] for name in type(instance).shared_names() if name in answer
            }
        return answer


class PagesViewSet(PagesAPIViewSet):
    """Pages as v2 lists and shows them."""

    base_serializer_class = FactsSerializer
