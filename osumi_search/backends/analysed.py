"""What all backends share: the analysis of questions, and of what is shown of the answers."""

import re
from functools import reduce
from operator import or_

from django.db.models import Q

from osumi_search import query as own_query
from osumi_search.analysis import WORD, fold, is_stop, prepare, stem, words
from osumi_search.excerpts import excerpt, mark
from osumi_search.models import Word
from osumi_search.query import Node
from osumi_search.spelling import candidates_q, closest


class AnalysedBackend:
    """A backend that seeks by `osumi_search.query`, and knows the words of the collection."""

    def parse(self, text: str, prefix: bool = False, operator: str = "and") -> Node | None:
        """What a person typed, as a query; None where there is nothing to seek."""
        return own_query.parse(text, operator, prefix)

    def excerpt(self, query: Node, text: str) -> list[tuple[str, bool]]:
        """The sentence that holds most of what was sought, in pieces; those to mark are true."""
        return excerpt(text, own_query.wanted_of(query))

    def mark(self, query: Node, text: str) -> list[tuple[str, bool]]:
        """A whole text in pieces; those to mark are true."""
        return mark(text, own_query.wanted_of(query))

    def corrected(self, text: str) -> str:
        """A text with the words that the collection has not replaced by its nearest.

        Empty where there is nothing to replace.
        """
        typed = prepare(text[: own_query.MAX_LENGTH])
        parts = [part[0] for part in own_query.PART.finditer(typed) if not part["minus"]]
        sought = [word for word in words(" ".join(parts)) if not is_stop(word)]
        sought = sought[: own_query.MAX_WORDS]
        of_stem = Q(stem__in=[stem(word) for word in sought])
        near = reduce(or_, (candidates_q(word) for word in sought), of_stem)
        rows = Word.objects.filter(near).values_list("word", "stem", "count", "shown")
        candidates = {word: (count, shown) for word, _stem, count, shown in rows}
        known = {of_word for _word, of_word, _count, _shown in rows}
        nearest = {}
        for word in sought:
            if stem(word) not in known:
                pairs = ((candidate, count) for candidate, (count, _shown) in candidates.items())
                found = closest(word, pairs)
                if found:
                    nearest[word] = candidates[found][1]
        if not nearest:
            return ""

        def replaced(part: re.Match[str]) -> str:
            if part["minus"]:
                return part[0]
            return WORD.sub(lambda word: nearest.get(fold(word[0]), word[0]), part[0])

        return own_query.PART.sub(replaced, typed)
