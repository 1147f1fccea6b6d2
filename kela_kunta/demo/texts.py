"""What invented handlers and workers write: plain sentences about nobody, in Finnish and Swedish."""

from __future__ import annotations

Told = dict[str, tuple[str, ...]]  # by the client's language: "fi", and "sv" where the client speaks it

# fmt: off
URGENT_SUPPLEMENTARY: Told = {
    "fi": (
        "Asiakkaalla ei ole rahaa ruokaan eikä lääkkeisiin ennen viikonloppua.",
        "Sähköt katkaistaan huomenna, perheessä on pieniä lapsia.",
        "Häätöpäivä on tällä viikolla, vuokravelka voidaan vielä maksaa.",
        "Asiakas on vailla asuntoa ja tarvitsee tilapäisen majoituksen.",
    ),
    "sv": (
        "Klienten har inga pengar till mat eller mediciner före veckoslutet.",
        "Elen stängs av i morgon, i familjen finns små barn.",
        "Vräkningen är denna vecka, hyresskulden kan ännu betalas.",
        "Klienten saknar bostad och behöver tillfällig inkvartering.",
    ),
}
URGENT_BASIC: Told = {
    "fi": ("Rahat ovat lopussa, edellinen päätös päättyi.", "Asiakkaalla ei ole tuloja tässä kuussa."),
    "sv": ("Pengarna är slut, det förra beslutet gick ut.", "Klienten har inga inkomster denna månad."),
}
URGENT_SOCIAL_WORK: Told = {
    "fi": (
        "Asiakas kertoo, ettei ole syönyt kolmeen päivään.",
        "Asiakas pelkää kotonaan ja on lähtenyt sieltä lasten kanssa.",
        "Asiakas on ulkona ilman yöpaikkaa.",
    ),
    "sv": (
        "Klienten berättar att hen inte har ätit på tre dagar.",
        "Klienten är rädd hemma och har gått därifrån med barnen.",
        "Klienten är ute utan övernattningsställe.",
    ),
}
FACTS: Told = {
    "fi": (
        "Asiakas on hakenut toimeentulotukea myöhässä kolmena kuukautena peräkkäin. Laskut ovat maksamatta, eikä hän"
        " saa niitä itse järjestykseen. Hänelle on neuvottu talous- ja velkaneuvonta.",
        "Palvelupisteessä asiakas itki eikä osannut sanoa, missä yöpyy. Hän kertoi menettäneensä asuntonsa ja toivoi"
        " keskustelua sosiaalityöntekijän kanssa.",
        "Puhelussa asiakas kertoi, ettei ole avannut postiaan kuukausiin. Vuokravelkaa on kolmelta kuukaudelta ja"
        " vuokranantaja on varoittanut häädöstä.",
        "Asiakas on yksin kolmen lapsen kanssa ja uupunut. Hän toivoo apua arkeen; neuvolan perhetyöstä on puhuttu,"
        " mutta yhteyttä ei ole syntynyt.",
        "Asiakas asioi päihtyneenä kolmatta kertaa. Hän sanoi itse tarvitsevansa apua, mutta ei tiedä mihin mennä.",
        "Iäkäs asiakas ei muista, mitä etuuksia hän on hakenut, ja tiliä käyttää joku muu. Omaisia ei ole tiedossa.",
        "Nuori asiakas on jättänyt koulun kesken ja asuu kaverinsa sohvalla. Hän haluaisi oman asunnon ja opintoja.",
    ),
    "sv": (
        "Klienten har sökt utkomststöd för sent tre månader i rad. Räkningarna är obetalda och hen får inte ordning"
        " på dem på egen hand. Ekonomi- och skuldrådgivning har nämnts.",
        "I telefonen berättade klienten att posten legat oöppnad i månader. Hyran är obetald för tre månader och"
        " hyresvärden har varnat för vräkning.",
        "Klienten är ensam med tre barn och utmattad. Hen önskar hjälp i vardagen; familjearbete har nämnts men ingen"
        " kontakt har uppstått.",
    ),
}
WISHES: Told = {
    "fi": ("", "", "Toivoo soittoa iltapäivällä.", "Haluaa tavata sosiaalityöntekijän.", "Toivoo apua laskujen kanssa."),
    "sv": ("", "", "Önskar samtal på eftermiddagen.", "Vill träffa en socialarbetare.", "Önskar hjälp med räkningarna."),
}
BASIS: Told = {
    "fi": (
        "Asiakas ei pysty huolehtimaan laskuistaan eikä ruoastaan, ja suostumusta ei saatu.",
        "Lasten ruoka ja lääkkeet ovat asiakkaan kertoman mukaan loppu.",
        "Perusosan alentamista harkitaan toisen kerran.",
    ),
    "sv": (
        "Klienten kan inte ta hand om sina räkningar eller sin mat, och samtycke kunde inte fås.",
        "Barnens mat och mediciner är slut enligt klienten.",
        "Sänkning av grunddelen övervägs för andra gången.",
    ),
}
ADDITIONAL: Told = {
    "fi": (
        "", "", "", "Asiakas on tavattavissa puhelimitse aamupäivisin.", "Liitteet ovat Kelassa, lähetetään pyydettäessä.",
        "Asiakas asioi palvelupisteessä, henkilöllisyys tarkistettu.",
    ),
    "sv": (
        "", "", "", "Klienten nås per telefon på förmiddagarna.", "Bilagorna finns hos FPA och sänds på begäran.",
        "Klienten besökte servicestället, identiteten kontrollerades.",
    ),
}
EXPENSES: dict[str, Told] = {
    "rent_arrears": {"fi": ("Vuokravelka", "Vuokrarästi kahdelta kuukaudelta"), "sv": ("Hyresskuld",)},
    "electricity_arrears": {"fi": ("Sähkölasku erääntynyt", "Sähkövelka"), "sv": ("Förfallen elräkning",)},
    "home_furnishing": {"fi": ("Sänky", "Pesukone", "Lastensänky ja patja"), "sv": ("Säng", "Tvättmaskin")},
    "child_supplies": {"fi": ("Talvivaatteet lapselle", "Lastenvaunut"), "sv": ("Vinterkläder åt barn",)},
    "child_hobby": {"fi": ("Jalkapallon kausimaksu", "Musiikkileikkikoulu"), "sv": ("Säsongsavgift för fotboll",)},
    "study_costs": {"fi": ("Lukion oppikirjat", "Ammattikoulun työvaatteet"), "sv": ("Läroböcker för gymnasiet",)},
    "work_costs": {"fi": ("Työmatkat ennen ensimmäistä palkkaa",), "sv": ("Arbetsresor före första lönen",)},
    "long_term_illness": {"fi": ("Perusvoiteet", "Erityisravintovalmisteet"), "sv": ("Bassalvor",)},
    "guardianship_fee": {"fi": ("Edunvalvojan palkkio",), "sv": ("Intressebevakarens arvode",)},
    "funeral_costs": {"fi": ("Hautauskulut",), "sv": ("Begravningskostnader",)},
    "temporary_accommodation": {"fi": ("Tilapäismajoitus",), "sv": ("Tillfällig inkvartering",)},
    "food_and_medicine_crisis": {"fi": ("Ruoka ja lääkkeet",), "sv": ("Mat och mediciner",)},
    "housing_other": {"fi": ("Muuton jälkeinen siivous",), "sv": ("Städning efter flytt",)},
    "debt_settlement": {"fi": ("Velkajärjestelyn ensimmäinen erä",), "sv": ("Första raten i skuldsaneringen",)},
    "other": {"fi": ("Silmälasit", "Matkakulut sairaalaan"), "sv": ("Glasögon", "Resor till sjukhuset")},
}
LINES: dict[str, dict[str, str]] = {
    "basic_amount": {"fi": "Perusosa", "sv": "Grunddel"},
    "rent": {"fi": "Vuokra", "sv": "Hyra"},
    "electricity": {"fi": "Sähkö", "sv": "El"},
    "labour_market_subsidy": {"fi": "Työmarkkinatuki", "sv": "Arbetsmarknadsstöd"},
    "housing_allowance": {"fi": "Yleinen asumistuki", "sv": "Allmänt bostadsbidrag"},
    "disability_allowance": {"fi": "Vammaistuki", "sv": "Handikappbidrag"},
    "wages": {"fi": "Palkka", "sv": "Lön"},
}
RETURN: dict[str, Told] = {
    "wrong_authority": {"fi": ("Asiakkaan asiat hoidetaan toisella alueella.",)},
    "moved": {"fi": ("Asiakas on muuttanut toiseen kuntaan.", "Muuttoilmoitus on tehty, uusi kotikunta tiedossa.")},
    "insufficient_content": {"fi": ("Hakemuksesta puuttuu, mihin menoon tukea haetaan.", "Tuen tarve jää epäselväksi.")},
    "basic_decision_missing": {"fi": ("Perustoimeentulotuen päätös samalta ajalta puuttuu.",)},
    "belongs_to_kela": {"fi": ("Kaikki haetut menot kuuluvat perustoimeentulotukeen.",)},
    "ground_not_met": {"fi": ("Edellytykset eivät täyty.",)},
}
TRANSFER: Told = {"fi": ("Asiakas on muuttanut, siirretään uuteen kotikuntaan.", "Sovittu vastaanottajan kanssa.")}
REROUTE: Told = {"fi": ("Lähetetään ehdotetulle viranomaiselle.", "Väestötiedoista tarkistettu uusi kotikunta.")}
WITHDRAW: Told = {"fi": ("Palautus hyväksytty, asia ratkaistaan Kelassa.", "Palautus on aiheellinen, ilmoitus päätetään.")}
OUTCOME: Told = {"fi": ("Ohjattu aikuissosiaalityön neuvontaan.", "Ohjattu kolmannen sektorin palveluun.")}
OTHER_BENEFIT: Told = {"fi": ("Saa opintotukea.", "Saa sairauspäivärahaa.", "Saa vanhempainpäivärahaa.")}
# fmt: on
