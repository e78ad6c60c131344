"""One stem for the forms of a word, Spanish or Portuguese, and for the word of the other language.

Nobody says in which language a word is, so there are no rules for one language alone: the word
loses its plural, is spelt one way where both languages regularly differ (-ção and -ción, lh and
j, ss and s), and loses its ending. Words come folded. A stem is no word: it is only compared.
"""

import re

# Plurals and the names of peoples, and Portuguese singulars on the way to the Spanish ones: ending, instead, letters before.
_NUMBER = (
    ("coes", "cion", 1), ("cao", "cion", 1), ("ciones", "cion", 1),
    ("soes", "sion", 2), ("sao", "sion", 2), ("siones", "sion", 2),
    ("stoes", "stion", 2), ("stao", "stion", 2),
    ("oes", "on", 3), ("ao", "on", 3), ("ones", "on", 3),
    ("aes", "an", 3), ("aos", "ano", 2),
    ("ais", "al", 2), ("eis", "el", 2), ("ois", "ol", 3), ("uis", "ul", 3),
    ("agens", "aje", 2), ("agem", "aje", 2),
    ("ens", "en", 2), ("ns", "n", 2), ("em", "en", 3), ("um", "un", 3), ("im", "in", 3),
    ("sis", "s", 3), ("is", "il", 3),
    ("eses", "e", 4), ("esas", "e", 4), ("esa", "e", 4),
    ("bles", "ble", 2), ("des", "d", 3), ("les", "l", 3), ("nes", "n", 3), ("res", "r", 3),
    ("as", "a", 2), ("es", "e", 2), ("os", "o", 2), ("us", "u", 3),
)  # fmt: skip
_IRREGULAR = {
    "cidada": "ciudadana", "cidadao": "ciudadano", "irmao": "hermano", "irmaos": "hermanos",
    "dado": "dato", "dados": "datos", "imagem": "imagen", "imagens": "imagen", "leis": "lei", "maos": "mano", "mao": "mano",
    "interes": "interese", "intereses": "interese", "meio": "medio", "meios": "medios", "ninez": "nino", "orgao": "organo", "saude": "salud",
}  # fmt: skip
# Beginnings of cognates that no rule joins: Portuguese to Spanish.
_COGNATES = {
    "ajud": "ayud", "avalia": "evalua", "cidad": "ciudad", "conhec": "conoc",
    "coorden": "coordin", "direit": "derech", "estabelec": "establec", "estatistic": "estadistic",
    "estudant": "estudiant", "filh": "hij", "gera": "genera", "milh": "mill", "pergunt": "pregunt", "pesso": "person",
    "projet": "proyect", "pueblo": "povo", "reconhec": "reconoc", "vitim": "victim",
    # Who and what is of a country is found by its name, and the other way round.
    "bolivian": "bolivi", "brasileir": "brasil", "brasilen": "brasil", "chilen": "chil",
    "colombian": "colombi", "ecuatorian": "ecuador", "equador": "ecuador",
    "equatorian": "ecuador", "peruan": "peru", "venezolan": "venezuel", "venezuelan": "venezuel",
}  # fmt: skip
_COGNATE = re.compile("^(?:" + "|".join(_COGNATES) + ")")
# Spelling in which the languages, or people in a hurry, regularly differ.
_SPELLING = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        ("^(?:cua|qua)", "ca"),  # cuarentena, quarentena
        ("que(?=n[ct]|st)", "cue"),  # frequente, frecuente
        ("^inm", "im"),  # inmigración, imigração
        ("^ext", "est"),  # extranjero, estrangeiro
        ("^e[jx](?=[aeou])", "ex"),  # ejecutar, executar
        ("c(?=[ct])|p(?=[ct])", ""),  # acción, ação; sector, setor; adoptar, adotar
        ("s(?=s|c[ei])", ""),  # proceso, processo; nacer, nascer
        ("nh", "n"),  # acompañar, acompanhar
        ("ll", "l"),  # sello, selo
        ("lh", "j"),  # trabajo, trabalho
        ("(?<![gq])ue", "o"),  # nuevo, novo; vuelve, volver
        ("ie", "e"),  # gobierno, governo; atiende, atender
        ("ei(?=.)", "e"),  # frontera, fronteira
        ("ou(?=.)", "o"),  # poco, pouco
        ("y", "i"),  # Paraguay, Paraguai
        ("g(?=[ei])", "j"),  # extranjero, estrangeiro; acogida, acolhida
        ("v", "b"),  # movilidad, mobilidade
        ("c(?=[ei])|z", "s"),  # dieciséis, dezesseis; regularisasion
        ("(ul|er)tad$", r"\1dad"),  # libertad, liberdade
        ("(?<=..)abel$", "able"),  # replicable, replicável
        ("(?<=..)ibel$", "ible"),  # posible, possível
        ("obel$", "obil"),  # móvil, móvel
    )
)
# Endings of what one does with a verb, and how many letters must be left before them.
_ENDINGS = (
    ("asion", 3), ("ision", 5),
    ("amento", 3), ("imento", 3),
    ("ando", 4), ("endo", 4), ("indo", 4),
    ("adora", 4), ("edora", 4), ("idora", 4), ("ador", 4), ("edor", 4), ("idor", 4),
    ("able", 5), ("ible", 5),
    ("ado", 3), ("ada", 3), ("ido", 3), ("ida", 3),
    ("aron", 3), ("eron", 3), ("aram", 3), ("eram", 3), ("iram", 3),
    ("aban", 3), ("abam", 3), ("aba", 3), ("ian", 4), ("iam", 4),
    ("ou", 4), ("eu", 4), ("iu", 4),
    ("ar", 3), ("er", 3), ("ir", 3),
    ("an", 4), ("en", 4), ("am", 4),
)  # fmt: skip
# Words that only look like forms of a verb, in the spelling from above.
_NOUNS = frozenset((
    "departamento", "reglamento", "regulamento", "parlamento", "fundamento", "medicamento",
    "alimento", "campamento", "acampamento", "experimento", "testamento",
    "estado", "estada", "partido", "partida", "medida", "mercado", "senado", "jurado", "tratado",
    "decada", "sabado", "redasion",
    "imajen", "marjen", "orijen", "examen", "bolumen", "rejimen", "crimen", "resumen", "dictamen",
))  # fmt: skip
_PRONOUN = re.compile("(?<=..[aei]r)(?:se|l[aeo]s?)$")
_ADVERB = re.compile("(?<=.{4})mente$")
_SHORTEST = 4
# With which letters the words of a stem begin, where that is not only the stem's own.
OPENINGS = {"b": "bv", "c": "cq", "e": "ea", "h": "hfi", "i": "iy", "j": "jg", "s": "scz"}


def stem(word: str) -> str:
    """The stem of a folded word, of whichever of both languages."""
    if len(word) < _SHORTEST - 1 or not word.isalpha():
        return word
    word = _singular(_PRONOUN.sub("", _IRREGULAR.get(word, word)))
    word = _COGNATE.sub(lambda found: _COGNATES[found[0]], word)
    for pattern, instead in _SPELLING:
        word = pattern.sub(instead, word)
    return _rounded(_without_ending(word))


def _singular(word: str) -> str:
    for ending, instead, before in _NUMBER:
        if word.endswith(ending) and len(word) - len(ending) >= before:
            return word[: -len(ending)] + instead
    return word


def _without_ending(word: str) -> str:
    word = _ADVERB.sub("", word)
    if word not in _NOUNS:
        for ending, before in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= before:
                return word[: -len(ending)]
    return word[:-1] if len(word) >= _SHORTEST and word[-1] in "aeo" else word


def _rounded(word: str) -> str:
    """The stem without what endings leave behind: servic(i), polític, apliqu, móvel."""
    if len(word) >= _SHORTEST and word[-1] == "i" and word[-2] not in "aeiou":
        word = word[:-1]
    if word.endswith("il"):
        return word[:-2] + "el"
    if word.endswith(("qu", "gu")) and len(word) > _SHORTEST:
        word = word[:-1].replace("q", "c")
    return word[:-1] + "s" if word.endswith("c") else word
