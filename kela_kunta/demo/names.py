"""Names of people who do not exist: ordinary given names, family names that say "example"."""

from __future__ import annotations

from itertools import product

# fmt: off
_FINNISH_STEMS = (
    "Esimerkki", "Malli", "Kokeilu", "Testi", "Näyte", "Otos", "Harjoitus", "Luonnos", "Keksintö", "Kuvitelma",
    "Kaava", "Satu", "Taru",
)
_FINNISH_ENDINGS = (
    "", "mäki", "lahti", "ranta", "koski", "harju", "niemi", "saari", "vaara", "järvi", "aho", "salo",
)
_SWEDISH_STEMS = ("Exempel", "Modell", "Prov", "Test", "Påhitt", "Utkast", "Saga", "Mönster")
_SWEDISH_ENDINGS = ("", "ström", "gård", "holm", "lund", "berg", "vik", "näs", "backa", "man")

FINNISH_FAMILIES = (
    "Mallinen", "Testinen", "Koenen", "Esimerkkilä", "Mallila", "Testilä", "Tarunen", "Satunen", "Mallikas",
    *(stem + ending for stem, ending in product(_FINNISH_STEMS, _FINNISH_ENDINGS)),
)
SWEDISH_FAMILIES = tuple(stem + ending for stem, ending in product(_SWEDISH_STEMS, _SWEDISH_ENDINGS))

FINNISH_WOMEN = (
    "Aino", "Anna", "Anneli", "Anni", "Eeva", "Elina", "Elli", "Emilia", "Emma", "Eveliina", "Hanna", "Heidi", "Helena",
    "Helmi", "Hilla", "Iida", "Inkeri", "Jenna", "Johanna", "Kaisa", "Kaarina", "Katja", "Kirsi", "Laura", "Leena",
    "Liisa", "Maija", "Mari", "Maria", "Marjatta", "Merja", "Minna", "Nea", "Niina", "Noora", "Oona", "Outi", "Pirjo",
    "Päivi", "Riikka", "Ritva", "Roosa", "Saara", "Sanna", "Sari", "Satu", "Sofia", "Susanna", "Tarja", "Tiina", "Tuula",
    "Ulla", "Veera", "Venla", "Vilma",
)
FINNISH_MEN = (
    "Aatu", "Aleksi", "Antti", "Ari", "Arto", "Eero", "Eetu", "Elias", "Erkki", "Esa", "Hannu", "Harri", "Heikki", "Henri",
    "Ilkka", "Jaakko", "Jani", "Janne", "Jari", "Jarmo", "Joni", "Jouni", "Juha", "Juho", "Jukka", "Kalle", "Kari",
    "Kimmo", "Lauri", "Leevi", "Markku", "Marko", "Matias", "Matti", "Mikko", "Mika", "Niko", "Oiva", "Olli", "Onni",
    "Oskari", "Otto", "Pasi", "Pekka", "Pentti", "Petri", "Risto", "Sami", "Samuli", "Seppo", "Tapio", "Timo", "Tomi",
    "Toni", "Tuomas", "Veeti", "Ville", "Väinö",
)
SWEDISH_WOMEN = (
    "Agneta", "Alva", "Anna", "Astrid", "Camilla", "Ebba", "Elin", "Ellen", "Emma", "Eva", "Freja", "Gunilla", "Ida",
    "Ingrid", "Johanna", "Karin", "Linnea", "Lisen", "Maj", "Märta", "Saga", "Sofia", "Stina", "Ulla", "Viveka",
)
SWEDISH_MEN = (
    "Anders", "Axel", "Benjamin", "Björn", "Carl", "Edvin", "Elis", "Emil", "Erik", "Fredrik", "Gustav", "Henrik", "Jan",
    "Johan", "Karl", "Kristian", "Lars", "Mats", "Mikael", "Nils", "Oliver", "Oskar", "Robert", "Stefan", "Tor",
)

# By language: family names that mean "example" or "sample" there, women's and men's given names.
ABROAD: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "ar": (("Mithal", "Al-Mithal", "Namudhaj"), ("Amal", "Fatima", "Huda", "Layla", "Mariam", "Zainab"),
           ("Ahmad", "Ali", "Hassan", "Karim", "Omar", "Yusuf")),
    "so": (("Tusaale", "Tijaabo"), ("Amina", "Asha", "Fadumo", "Hodan", "Ifrah", "Sahra"),
           ("Abdi", "Ahmed", "Farah", "Hassan", "Liban", "Mahad")),
    "ru": (("Primerov", "Obraztsov", "Probnik"), ("Anastasia", "Elena", "Irina", "Olga", "Svetlana", "Tatjana"),
           ("Aleksei", "Dmitri", "Igor", "Ivan", "Nikolai", "Sergei")),
    "fa": (("Nemuneh", "Mesali"), ("Leila", "Maryam", "Nasrin", "Parisa", "Shirin", "Zahra"),
           ("Amir", "Farhad", "Hamid", "Mehdi", "Navid", "Reza")),
    "ku": (("Mînak", "Nimûne"), ("Berfin", "Dilan", "Helin", "Rojin", "Zilan"),
           ("Azad", "Baran", "Diyar", "Rojhat", "Serhat")),
    "et": (("Näide", "Proov", "Katse"), ("Kadri", "Kersti", "Liis", "Mari", "Tiiu"),
           ("Jaan", "Jüri", "Mart", "Priit", "Tõnu")),
    "vi": (("Thí Dụ",), ("Hoa", "Lan", "Linh", "Mai", "Thu"), ("An", "Bình", "Dũng", "Minh", "Nam")),
    "sq": (("Shembulli", "Prova"), ("Arta", "Drita", "Elira", "Teuta"), ("Agron", "Arben", "Besnik", "Luan")),
    "en": (("Sample", "Specimen"), ("Abigail", "Grace", "Joy", "Mercy"), ("Daniel", "Emmanuel", "Joseph", "Samuel")),
}
# fmt: on
