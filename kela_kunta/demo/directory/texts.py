"""What stands in the demo's contacts: names of services, roles and notes, each in Finnish and Swedish."""

from __future__ import annotations

Both = tuple[str, str]  # in Finnish, in Swedish

# fmt: off
OFFICIALS_TITLES: tuple[Both, ...] = (
    ("Viranomaisten yhteydenottolinja", "Kontaktlinje för myndigheter"),
    ("Viranomaislinja, aikuissosiaalityö", "Myndighetslinje, socialt arbete bland vuxna"),
    ("Kelan ja sosiaalityön yhteistyölinja", "Samarbetslinje mellan FPA och socialarbetet"),
)
OFFICIALS_NOTES: tuple[Both, ...] = (
    ("Vain viranomaisille, numeroa ei anneta asiakkaille. Vastaa johtava sosiaalityöntekijä tai hänen sijaisensa.",
     "Endast för myndigheter, numret ges inte till klienter. Den ledande socialarbetaren eller ersättaren svarar."),
    ("Soita, kun asia ei voi odottaa lähetteen käsittelyä. Muissa asioissa riittää viesti lähetteelle.",
     "Ring när ärendet inte kan vänta på att hänvisningen behandlas. I övriga ärenden räcker ett meddelande på den."),
    ("Aamupäivisin vastataan nopeimmin. Jos kukaan ei vastaa, jätä soittopyyntö: soitamme saman päivän aikana.",
     "Snabbast svar på förmiddagarna. Lämna en begäran om samtal om ingen svarar, vi ringer samma dag."),
)
ADULT_TITLES: tuple[Both, ...] = (
    ("Aikuissosiaalityön neuvonta", "Rådgivning inom socialt arbete bland vuxna"),
    ("Aikuissosiaalityön asiakasohjaus", "Klienthandledning inom socialt arbete bland vuxna"),
    ("Työikäisten sosiaalipalvelut, neuvonta ja ohjaus", "Socialservice för personer i arbetsför ålder, rådgivning"),
)
ADULT_NOTES: tuple[Both, ...] = (
    ("Palvelutarpeen arvioinnin voi pyytää puhelimella tai lomakkeella. Soittopyyntöihin vastataan viimeistään seuraavana"
     " arkipäivänä.",
     "En bedömning av servicebehovet kan begäras per telefon eller blankett. Vi ringer upp senast följande vardag."),
    ("Neuvoo myös täydentävän ja ehkäisevän toimeentulotuen hakemisessa. Uudet asiakkaat soittavat tähän numeroon, muut"
     " omatyöntekijälle.",
     "Ger råd också om kompletterande och förebyggande utkomststöd. Nya klienter ringer detta nummer, andra sin egen"
     " kontaktperson."),
    ("", ""),
)
LOCAL_ADULT_NOTES: tuple[Both, ...] = (
    ("Puhelinaika on kerran viikossa; muina aikoina takaisinsoitto.",
     "Telefontid en gång i veckan; i övrigt ringer vi upp."),
    ("Vastaanotto ajanvarauksella, etätapaaminen videolla onnistuu.",
     "Mottagning enligt tidsbeställning, möte per video går bra."),
    ("", ""),
)
LEADING: tuple[Both, ...] = (
    ("Johtava sosiaalityöntekijä", "Ledande socialarbetare"),
    ("Aikuissosiaalityön palvelupäällikkö", "Servicechef för socialt arbete bland vuxna"),
    ("Vastaava sosiaaliohjaaja", "Ansvarig socialhandledare"),
)
EMERGENCY_TITLE: Both = ("Sosiaali- ja kriisipäivystys", "Social- och krisjouren")
EMERGENCY_OFFICIALS: Both = ("Sosiaalipäivystys, viranomaisten numero", "Socialjouren, myndigheternas nummer")
EMERGENCY_NOTES: tuple[Both, ...] = (
    ("Arkisin klo 8–16 kiireellisen asian ottaa oman alueen sosiaalityö, muina aikoina koko alueen yhteinen päivystys."
     " Yöllä päivystäjä lähtee kotikäynnille poliisin tai ensihoidon kanssa.",
     "Vardagar kl. 8–16 tas brådskande ärenden emot av det egna områdets socialarbete, övriga tider av den gemensamma"
     " jouren. På natten gör den jourhavande hembesök tillsammans med polisen eller den akuta vården."),
    ("Päivystävä sosiaalityöntekijä on työssä ympäri vuorokauden keskussairaalan yhteydessä. Klo 22–7 puheluihin vastaa"
     " yksi työntekijä, ja toinen on varalla kotona.",
     "En jourhavande socialarbetare är på plats dygnet runt vid centralsjukhuset. Kl. 22–7 svarar en anställd och en"
     " annan är i beredskap hemma."),
    ("Päivällä klo 7–21 päivystys on toimipaikassa, ja asiakas voi tulla käymään. Yöllä sama numero kääntyy kotona"
     " varalla olevalle sosiaalityöntekijälle, joka soittaa takaisin puolessa tunnissa.",
     "Dagtid kl. 7–21 finns jouren på sitt verksamhetsställe och klienten kan komma dit. På natten kopplas samma nummer"
     " till en socialarbetare i beredskap hemma, som ringer upp inom en halv timme."),
    ("Virka-aikana vastaa päivystysyksikkö. Iltaisin, öisin ja viikonloppuisin päivystys on yhteinen naapurialueen kanssa;"
     " tilapäinen majoitus ja ruoka järjestyvät silloinkin.",
     "Under tjänstetid svarar jourenheten. Kvällar, nätter och veckoslut är jouren gemensam med grannområdet; tillfällig"
     " inkvartering och mat ordnas också då."),
)
CHILD_TITLES: tuple[Both, ...] = (
    ("Lastensuojelun yhteydenotot", "Kontakter i barnskyddsärenden"),
    ("Lastensuojelu, vastaanotto ja arviointi", "Barnskyddet, mottagning och bedömning"),
    ("Lapsiperheiden sosiaalipalvelut, palvelutarpeen arviointi", "Socialservice för barnfamiljer, bedömning"),
)
CHILD_NOTES: tuple[Both, ...] = (
    ("Lastensuojeluilmoitus tehdään lomakkeella tai puhelimella, virka-ajan ulkopuolella sosiaalipäivystykseen. Kelan"
     " ilmoitus sosiaalityön tarpeesta ei korvaa sitä.",
     "Barnskyddsanmälan görs på blankett eller per telefon, utanför tjänstetid till socialjouren. FPA:s anmälan om behov"
     " av socialt arbete ersätter den inte."),
    ("Ammattilainen saa konsultoida myös nimeä kertomatta.", "Yrkespersoner kan konsultera också utan att nämna namn."),
)
HOUSING_TITLES: tuple[Both, ...] = (
    ("Asumisen tuki", "Stöd för boende"),
    ("Asumisneuvonta", "Boenderådgivning"),
    ("Asumissosiaalinen työ", "Boendesocialt arbete"),
)
HOUSING_NOTES: tuple[Both, ...] = (
    ("Häätöuhka, vuokravelka ja asumisen ongelmat. Häätöpäivä kannattaa sanoa heti puhelun alussa.",
     "Hot om vräkning, hyresskuld och problem i boendet. Nämn vräkningsdagen genast i början av samtalet."),
    ("Asunnottomien palvelut ja tilapäinen majoitus; yöksi majoituksen järjestää sosiaalipäivystys.",
     "Tjänster för bostadslösa och tillfällig inkvartering; nattetid ordnar socialjouren inkvartering."),
    ("Lausunnot asumiskustannusten kohtuudesta Kelalle viestillä lähetteelle.",
     "Utlåtanden till FPA om skäliga boendekostnader som meddelande på hänvisningen."),
)
RENTED: Both = ("Kunnan vuokra-asunnot", "Kommunens hyresbostäder")
YOUTH_TITLES: tuple[Both, ...] = (
    ("Nuorten sosiaalityö", "Socialt arbete bland unga"),
    ("Nuorten palvelut, alle 25-vuotiaat", "Tjänster för unga under 25 år"),
    ("Ohjaamo", "Navigatorn"),
)
YOUTH_NOTES: tuple[Both, ...] = (
    ("Nuoren voi ohjata tänne myös ilman ilmoitusta. Tavoittaa parhaiten tekstiviestillä.",
     "En ung person kan hänvisas hit också utan anmälan. Nås bäst per textmeddelande."),
    ("Aktivointisuunnitelma tehdään yhdessä työllisyysalueen kanssa.",
     "Aktiveringsplanen görs tillsammans med sysselsättningsområdet."),
    ("", ""),
)
OUTREACH: Both = ("Etsivä nuorisotyö", "Uppsökande ungdomsarbete")
CUSTOMER_TITLES: tuple[Both, ...] = (
    ("Sosiaalipalvelujen asiakasneuvonta", "Kundrådgivning inom socialservicen"),
    ("Sosiaalihuollon neuvonta", "Socialvårdens rådgivning"),
)
INTEGRATION_TITLES: tuple[Both, ...] = (
    ("Kotoutumispalvelut", "Integrationstjänster"),
    ("Maahanmuuttajien ohjaus ja neuvonta", "Handledning och rådgivning för invandrare"),
)
COORDINATOR: Both = ("Kotoutumiskoordinaattori", "Integrationskoordinator")
INTEGRATION_NOTES: tuple[Both, ...] = (
    ("Kunta vastaa osaamisen ja kotoutumisen palvelutarpeen arvioinnista. Työnhakijaksi ilmoittautuneen asiaa hoitaa"
     " työllisyysalue.",
     "Kommunen svarar för bedömningen av kompetens och behov av integrationstjänster. För arbetssökande sköts ärendet av"
     " sysselsättningsområdet."),
    ("Tulkki tilataan kunnasta; kerro kieli ja sopiva aika.", "Kommunen beställer tolk; berätta språk och lämplig tid."),
    ("", ""),
)
INTEGRATION_OFFICIALS: Both = ("Kotoutumispalvelut, viranomaislinja", "Integrationstjänster, myndighetslinje")

KELA_CUSTOMERS: Both = ("Kelan asiakaspalvelu, perustoimeentulotuki", "FPA:s kundtjänst, grundläggande utkomststöd")
KELA_CUSTOMERS_NOTE: Both = (
    "Asiakkaan oma asia: hakemus, liitteet, päätös ja maksusitoumus. Jonoa on eniten maanantaisin.",
    "Klientens eget ärende: ansökan, bilagor, beslut och betalningsförbindelse. Kön är längst på måndagar.",
)
KELA_OFFICIALS: Both = ("Kelan viranomaislinja, toimeentulotuki", "FPA:s myndighetslinje, utkomststöd")
KELA_OFFICIALS_NOTE: Both = (
    "Sosiaalityölle, kun asiakkaan oman alueen yhteyshenkilö ei vastaa. Lähetettä koskeva kysymys viestillä lähetteelle.",
    "För socialarbetet när kontaktpersonen för klientens område inte svarar. Frågor om en hänvisning som meddelande på den.",
)
KELA_AREA_NOTE: Both = (
    "Oman alueen yhteyshenkilö sosiaalityölle: kiireelliset asiat, maksusitoumukset ja paikalliset toimintatavat.",
    "Områdets kontaktperson för socialarbetet: brådskande ärenden, betalningsförbindelser och lokal praxis.",
)
KELA_AREAS: dict[str, Both] = {
    "1": ("Toimeentulotuen viranomaisyhteistyö, eteläinen palvelualue", "Myndighetssamarbete, södra serviceområdet"),
    "2": ("Toimeentulotuen viranomaisyhteistyö, läntinen palvelualue", "Myndighetssamarbete, västra serviceområdet"),
    "3": ("Toimeentulotuen viranomaisyhteistyö, keskinen palvelualue", "Myndighetssamarbete, mellersta serviceområdet"),
    "4": ("Toimeentulotuen viranomaisyhteistyö, itäinen palvelualue", "Myndighetssamarbete, östra serviceområdet"),
    "5": ("Toimeentulotuen viranomaisyhteistyö, pohjoinen palvelualue", "Myndighetssamarbete, norra serviceområdet"),
}

KELA_POINT: Both = ("Kelan palvelupiste", "FPA:s serviceställe")
SHARED_POINT: Both = ("Yhteispalvelupiste", "Samserviceställe")
VISITING_POINT: Both = ("Kelan vierailupalvelu, kirjasto", "FPA:s besöksservice, biblioteket")
CITY_HALL: Both = ("Kaupungintalon asiakaspalvelu", "Stadshusets kundtjänst")
VILLAGE_HALL: Both = ("Kunnantalon asiakaspalvelu", "Kommungårdens kundtjänst")
SOCIAL_OFFICE: Both = ("Sosiaaliasema", "Socialstationen")
SHARED_NOTES: tuple[Both, ...] = (
    ("Kelan asioissa neuvotaan ja otetaan vastaan hakemuksia ja liitteitä. Etäyhteys Kelaan ajanvarauksella.",
     "Råd i FPA-ärenden; ansökningar och bilagor tas emot. Distanskontakt med FPA enligt tidsbeställning."),
    ("Maksusitoumuksen luovutuksesta sovitaan etukäteen puhelimella.",
     "Utlämning av betalningsförbindelse avtalas på förhand per telefon."),
)
VISITING_NOTE: Both = ("Kelan palveluneuvoja on paikalla kerran viikossa.", "FPA:s servicerådgivare är på plats en gång i veckan.")
HALL_NOTE: Both = (
    "Kelan elintarvikemaksusitoumus luovutetaan henkilöllisyystodistusta vastaan, kun Kela on siitä ilmoittanut.",
    "FPA:s betalningsförbindelse för livsmedel lämnas ut mot identitetsbevis när FPA har meddelat om den.",
)
STREETS: tuple[Both, ...] = (
    ("Kauppakatu", "Handelsgatan"), ("Keskuskatu", "Centralgatan"), ("Asemakatu", "Stationsgatan"),
    ("Kirkkokatu", "Kyrkogatan"), ("Koulukatu", "Skolgatan"), ("Rantakatu", "Strandgatan"), ("Torikatu", "Torggatan"),
)
ROADS: tuple[Both, ...] = (
    ("Keskustie", "Centrumvägen"), ("Kirkkotie", "Kyrkvägen"), ("Kunnantie", "Kommunalvägen"), ("Koulutie", "Skolvägen"),
    ("Asematie", "Stationsvägen"),
)
# fmt: on
