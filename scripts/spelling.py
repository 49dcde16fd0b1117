"""American spelling, for the scripts that check names, comments and pages."""

import re
from typing import Iterator

# British prefixes or whole words, and American ones. Swift itself has `isCancelled`.
BRITISH = [(re.compile(pattern), british, american) for pattern, british, american in [
    (r"colour", "colour", "color"),
    (r"^centre(s|d)?$|^centring$", "centre", "center"),
    (r"^(centi|milli|kilo|deci|micro|nano)?metres?$", "metre", "meter"),
    (r"^(milli)?litres?$", "litre", "liter"),
    (r"^theatres?$|^fibres?$", "-re", "-er"),
    (r"^grey", "grey", "gray"),
    (r"neighbour", "neighbour", "neighbor"),
    (r"behaviour", "behaviour", "behavior"),
    (r"^(favour|honour|labour|harbour|armour|vapour|rumour)", "-our", "-or"),
    (r"^(de|re|un)?(normal|optim|organ|recogn|initial|serial|visual|minim|maxim|general|quant|raster"
     r"|final|util|summar|synchron|random|parametr|parameter|discret|regular|standard|custom|capital"
     r"|real|special|categor|linear|orthonormal|symmetr|critic|mesmer|stabil|local|equal|memor|author"
     r"|item|modern|penal|prior|polar|character|apolog|crystall|vector|token|symbol)"
     r"is(e|es|ed|er|ers|ing|ation|ations|able)$", "-ise", "-ize"),
    (r"^analys(e|ed|es|er|ing)$", "analyse", "analyze"),
    (r"^(label|model|travel|level|signal|channel|tunnel|fuel)l(ed|ing|er|ers)$", "-ll-", "-l-"),
    (r"^catalogues?$", "catalogue", "catalog"),
    (r"^(licence|defence|offence)s?$", "-ce", "-se"),
    (r"^artefacts?$", "artefact", "artifact"),
    (r"^(mould|moult|smoulder)", "-ou-", "-o-"),
    (r"^programmes?$", "programme", "program"),
    (r"^(ageing|judgement|sceptic|aluminium|plough|draught|manoeuvr|whilst|learnt|spelt|burnt|spoilt)",
     "British", "American"),
]]


def words(text: str) -> list[str]:
    """Return the words of a text in lowercase, including those within camelCase names."""
    return [word.lower() for word in
            re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", text)]


def spelling(text: str) -> Iterator[str]:
    for word in dict.fromkeys(words(text)):
        for pattern, british, american in BRITISH:
            if pattern.search(word):
                yield f"“{word}”: American spelling here, “{american}” for “{british}”"
