"""What counties and Kela have agreed on in the demo, each in Finnish and Swedish. Invented; no county works by it.

Names in braces are filled in: {area} with the county's name, the others from FILLINGS.
"""

from __future__ import annotations

from contacts.models.entries import Topic
from kela_kunta.demo.directory.texts import Both

FILLINGS: dict[str, tuple[str, ...]] = {
    "hour": ("13", "14", "15"),
    "sum": ("20", "30", "50"),
    "a_day": ("8", "10", "12"),
    "days": ("3", "5", "7"),
    "weeks": ("2", "3"),
    "months": ("2", "3"),
}

# fmt: off
TEXTS: dict[Topic, tuple[Both, ...]] = {
    Topic.URGENT: (
        ("Kun raha ruokaan tai lääkkeisiin puuttuu, Kela ratkaisee ensin kiireellisen perustoimeentulotuen. Hakemus"
         " lähetetään kiireellisenä tänne heti, jos tarve on muuhun menoon, myös ennen Kelan päätöstä. Klo {hour} jälkeen"
         " ja perjantaisin iltapäivällä lähetteestä soitetaan lisäksi viranomaislinjalle, jotta maksusitoumus ehditään"
         " tehdä ennen viikonloppua. Virka-ajan ulkopuolella asiakas ohjataan sosiaalipäivystykseen.",
         "När pengar till mat eller mediciner saknas avgör FPA först det brådskande grundläggande utkomststödet. Gäller"
         " behovet en annan utgift sänds ansökan genast hit som brådskande, också före FPA:s beslut. Efter kl. {hour} och"
         " på fredagseftermiddagar rings dessutom myndighetslinjen, så att betalningsförbindelsen hinner göras före"
         " veckoslutet. Utanför tjänstetid hänvisas klienten till socialjouren."),
        ("Häätöuhka, sähkönkatko ja tilapäisen majoituksen tarve ovat aina kiireellisiä. Perusteluun kirjataan päivä, jona"
         " haitta syntyy, ja mitä asiakas on jo itse tehnyt. Käsittelijä ratkaisee asian samana tai seuraavana arkipäivänä"
         " ja soittaa asiakkaalle, joten puhelinnumero on tärkein tieto. Jos yöpaikka puuttuu perheeltä, jossa on lapsia,"
         " soitetaan heti eikä odoteta lähetteen käsittelyä.",
         "Hot om vräkning, avstängning av el och behov av tillfällig inkvartering är alltid brådskande. I motiveringen"
         " antecknas vilken dag skadan uppstår och vad klienten redan själv har gjort. Handläggaren avgör ärendet samma"
         " eller följande vardag och ringer klienten, så telefonnumret är den viktigaste uppgiften. Saknar en familj med"
         " barn övernattningsplats rings det genast utan att vänta på att hänvisningen behandlas."),
        ("Jos asiakas on palvelupisteessä, viranomaislinjalle soitetaan ennen lähettämistä. Puhelussa sovitaan, kumpi tekee"
         " maksusitoumuksen ja missä asiakas saa sen, ja sovittu kirjataan lisätietoihin. Ehkäisevää toimeentulotukea"
         " voidaan kiireellisessä tarpeessa myöntää, vaikka perustoimeentulotuen päätöstä ei vielä ole. Kiireellisyyden"
         " saa poistaa vain {area}, ja se kertoo syyn viestillä.",
         "Är klienten på serviceställe rings myndighetslinjen före sändningen. I samtalet avtalas vem som gör"
         " betalningsförbindelsen och var klienten får den, och det avtalade antecknas i tilläggsuppgifterna."
         " Förebyggande utkomststöd kan i ett brådskande behov beviljas fast beslutet om grundläggande utkomststöd ännu"
         " saknas. Bara {area} får ta bort märkningen som brådskande och berättar då orsaken i ett meddelande."),
    ),
    Topic.UNDOCUMENTED: (
        ("Paperiton henkilö saa kiireellisen avun siellä, missä hän oleskelee. Kela ratkaisee ensin, onko oikeutta"
         " perustoimeentulotukeen, ja tekee ilmoituksen sosiaalityön tarpeesta oleskelukunnan mukaan; kotikuntaa ei"
         " tarvita. Ilmoitukseen ei kirjata osoitetta eikä muita samassa asunnossa asuvia. Apu annetaan ruokaan,"
         " välttämättömiin lääkkeisiin ja majoitukseen, ja siitä päätetään saman päivän aikana. Lapsen asiassa ollaan"
         " yhteydessä myös lastensuojeluun.",
         "En papperslös person får brådskande hjälp där hen vistas. FPA avgör först om hen har rätt till grundläggande"
         " utkomststöd och gör en anmälan om behov av socialt arbete enligt vistelsekommunen; någon hemkommun behövs inte."
         " I anmälan antecknas varken adress eller andra som bor i samma bostad. Hjälp ges till mat, nödvändiga mediciner"
         " och inkvartering, och om den beslutas samma dag. Gäller ärendet ett barn kontaktas också barnskyddet."),
        ("Henkilöltä, jolla ei ole oleskeluoikeutta, ei vaadita henkilötunnusta, eikä häntä lähetetä sen vuoksi toiseen"
         " palvelupisteeseen. Lähetteeseen merkitään, miksi tunnus puuttuu, sekä kieli ja tulkin tarve. Työntekijä"
         " tavoittelee asiakasta kahtena päivänä ja sopii tapaamisen paikkaan, jonka asiakas itse valitsee. Kiireellinen"
         " apu ei riipu siitä, hakeeko henkilö oleskelulupaa.",
         "Av en person utan uppehållsrätt krävs ingen personbeteckning, och hen sänds inte till ett annat serviceställe på"
         " grund av det. I hänvisningen antecknas varför beteckningen saknas samt språk och behov av tolk. Den anställda"
         " försöker nå klienten under två dagar och avtalar om ett möte på en plats som klienten själv väljer. Den"
         " brådskande hjälpen beror inte på om personen söker uppehållstillstånd."),
        ("Kun oleskelun peruste on päättynyt kesken tukikuukauden, Kela maksaa päätöksensä loppuun ja lähettää ilmoituksen"
         " sosiaalityön tarpeesta {days} päivää ennen sen päättymistä. Täällä arvioidaan kiireellinen avun tarve ja"
         " perheen tilanne kokonaan. Ruoka annetaan maksusitoumuksena, ei rahana tilille. Poliisille ei ilmoiteta avun"
         " hakemisesta.",
         "När grunden för vistelsen upphör under stödmånaden betalar FPA sitt beslut till slut och sänder en anmälan om"
         " behov av socialt arbete {days} dagar innan det går ut. Här bedöms behovet av brådskande hjälp och familjens hela"
         " situation. Mat ges som betalningsförbindelse, inte som pengar på konto. Polisen underrättas inte om att hjälp"
         " har sökts."),
    ),
    Topic.HOME_CARE: (
        ("Pitkäaikaisessa laitoshoidossa olevalle jää asiakasmaksulain mukainen käyttövara, joten koko perusosaa ei"
         " yleensä lasketa. Lyhytaikaisessa hoidossa asumismenot otetaan perustoimeentulotuessa huomioon {months} kuukautta;"
         " sen jälkeen asunnon pitämisestä neuvotellaan. Palvelumaksuihin haetaan ensin alennusta tai vapautusta, ja vasta"
         " jäljelle jäävä osa ratkaistaan täydentävänä toimeentulotukena. Jos asiakkaalla on edunvalvoja, päätös lähetetään"
         " hänelle.",
         "Den som är i långvarig institutionsvård behåller dispositionsmedel enligt klientavgiftslagen, så hela"
         " grunddelen beräknas i regel inte. I kortvarig vård beaktas boendeutgifterna i det grundläggande utkomststödet i"
         " {months} månader; därefter förhandlas det om att behålla bostaden. För serviceavgifter söks först nedsättning"
         " eller befrielse, och bara den del som blir kvar avgörs som kompletterande utkomststöd. Har klienten en"
         " intressebevakare sänds beslutet till hen."),
        ("Kotihoidossa tarvittavat perusvoiteet, hoitotarvikkeet ja kuljetukset ratkaistaan täydentävänä toimeentulotukena,"
         " kun niitä ei saa maksutta. Hakemukseen liitetään hoitajan selvitys tarpeesta; reseptilääkkeet kuuluvat Kelalle."
         " Ennen hylkäämistä katsotaan, onko asiakkaalla vammaistukea tai eläkettä saavan hoitotukea, sillä ne ovat"
         " etuoikeutettua tuloa ja jäävät laskelman ulkopuolelle.",
         "Bassalvor, vårdartiklar och transporter som behövs i hemvården avgörs som kompletterande utkomststöd när de inte"
         " fås avgiftsfritt. Till ansökan bifogas vårdarens utredning om behovet; receptmediciner hör till FPA. Före ett"
         " avslag kontrolleras om klienten har handikappbidrag eller vårdbidrag för pensionstagare, för de är privilegierad"
         " inkomst och hålls utanför beräkningen."),
    ),
    Topic.SURPLUS: (
        ("Hakemus lähetetään asiakkaan pyynnöstä myös silloin, kun Kelan laskelma jää ylijäämäiseksi. Laskelma liitetään"
         " mukaan, jottei ylijäämää tarvitse laskea uudelleen. Alle {sum} euron ylijäämä ei yksin estä tukea; suurempi"
         " otetaan huomioon sen kuukauden menoissa, jolta tukea haetaan. Etuoikeutettu tulo pidetään täälläkin laskelman"
         " ulkopuolella, ellei meno ole tarkoitettu juuri sillä katettavaksi.",
         "På klientens begäran sänds ansökan också när FPA:s beräkning visar överskott. Beräkningen bifogas så att"
         " överskottet inte behöver räknas på nytt. Ett överskott under {sum} euro hindrar inte ensamt stöd; ett större"
         " beaktas i utgifterna för den månad som ansökan gäller. Privilegierad inkomst hålls också här utanför"
         " beräkningen, om inte utgiften är avsedd att täckas just med den."),
        ("Kertatulosta syntynyt ylijäämä jaetaan enintään {months} kuukaudelle, ja Kela kertoo päätöksessään, mille"
         " kuukausille. Täällä noudatetaan samaa jakoa, jotta asiakas ei saa kahta eri laskelmaa. Jos ylijäämä on käytetty"
         " vuokra- tai sähkövelkaan ja siitä on kuitti, se katsotaan käytetyksi. Epäselvästä laskelmasta kysytään viestillä"
         " lähetteelle ennen päätöstä.",
         "Ett överskott av engångsinkomst fördelas på högst {months} månader, och FPA berättar i sitt beslut på vilka. Här"
         " följs samma fördelning, så att klienten inte får två olika beräkningar. Har överskottet gått till hyres- eller"
         " elskuld och det finns ett kvitto, anses det använt. Om en oklar beräkning frågas i ett meddelande på"
         " hänvisningen före beslutet."),
    ),
    Topic.DEPOSITS: (
        ("Vuokravakuus kuuluu perustoimeentulotukeen, ja Kela antaa siitä maksusitoumuksen. Täydentävänä se ratkaistaan"
         " vain, kun Kela on hylännyt vakuuden ja muutolle on sosiaalinen syy, kuten väkivallan uhka tai asunnottomuus."
         " Hakemukseen liitetään Kelan päätös ja luonnos vuokrasopimuksesta. Vakuus annetaan vuokranantajalle"
         " maksusitoumuksena, ja sen palautumisesta sovitaan kirjallisesti.",
         "Hyresgaranti hör till det grundläggande utkomststödet och FPA ger en betalningsförbindelse för den. Som"
         " kompletterande avgörs den bara när FPA har avslagit den och det finns en social orsak till flytten, såsom hot om"
         " våld eller bostadslöshet. Till ansökan bifogas FPA:s beslut och ett utkast till hyresavtal. Garantin ges till"
         " hyresvärden som betalningsförbindelse, och om återbetalningen avtalas skriftligt."),
        ("Kun edellinen vakuus on mennyt vuokravelkaan, uudesta neuvotellaan puhelimitse ennen Kelan päätöstä. Asumisen"
         " tuki tekee asiakkaan kanssa maksusuunnitelman, jonka jälkeen Kela voi myöntää vakuuden tavanomaisena. Vakuutta"
         " ei myönnetä kahteen asuntoon samaan aikaan, paitsi muuttokuukautena. Kiireellisessä muutossa sitoumus tehdään"
         " samana päivänä.",
         "När den förra garantin har gått till hyresskuld förhandlas det om en ny per telefon före FPA:s beslut. Stödet för"
         " boende gör en betalningsplan med klienten, och därefter kan FPA bevilja garantin som vanligt. Garanti beviljas"
         " inte för två bostäder samtidigt, utom under flyttmånaden. Vid en brådskande flytt görs förbindelsen samma dag."),
    ),
    Topic.VISITING_COSTS: (
        ("Lapsen tapaamiskulut kuuluvat Kelalle, kun tapaamisista on vahvistettu sopimus tai tuomioistuimen ratkaisu."
         " Ilman vahvistusta hakemus lähetetään täydentävänä ja asiakas ohjataan samalla lastenvalvojalle. Täällä"
         " hyväksytään matkat halvimmalla julkisella kulkuneuvolla ja lapsen ruokaan {a_day} euroa päivältä. Kuluja ei"
         " hylätä vain siksi, että sopimus on vielä vireillä.",
         "Utgifter för umgänge med barn hör till FPA när umgänget grundar sig på ett fastställt avtal eller ett avgörande av"
         " domstol. Utan fastställelse sänds ansökan som kompletterande och klienten hänvisas samtidigt till"
         " barnatillsyningsmannen. Här godkänns resor med det billigaste kollektiva färdmedlet och {a_day} euro om dagen för"
         " barnets mat. Utgifterna avslås inte bara för att avtalet ännu är anhängigt."),
        ("Sopimusta laajemmat tapaamiset ratkaistaan täydentävänä toimeentulotukena, jos ne ovat lapsen edun mukaisia ja"
         " säännöllisiä. Kela ratkaisee ensin sopimuksen mukaisen osan ja kertoo päätöksessä, montako päivää siihen"
         " sisältyi. Pitkästä matkasta voidaan hyväksyä oman auton kulut, kun joukkoliikennettä ei ole. Yöpyminen"
         " hyväksytään vain etukäteen sovittuna.",
         "Umgänge utöver avtalet avgörs som kompletterande utkomststöd om det är för barnets bästa och regelbundet. FPA"
         " avgör först den del som följer av avtalet och berättar i beslutet hur många dagar den omfattade. För en lång resa"
         " kan kostnader för egen bil godkännas när kollektivtrafik saknas. Övernattning godkänns bara när det har avtalats"
         " på förhand."),
    ),
    Topic.LOWERING: (
        ("Ennen perusosan toista alentamista Kela ohjaa asiakkaan palvelutarpeen arviointiin ja tekee suostumuksella"
         " ilmoituksen sosiaalityön tarpeesta. Aikuissosiaalityö ottaa yhteyttä {days} arkipäivän kuluessa ja kertoo"
         " viestillä lähetteelle, onko asiakas tavoitettu. Asiakkaana jo olevan asia otetaan omatyöntekijän seuraavaan"
         " tapaamiseen. Alentamista ei tehdä, jos se vaarantaisi välttämättömän toimeentulon; epäselvässä tilanteessa"
         " soitetaan.",
         "Före en andra sänkning av grunddelen styr FPA klienten till en bedömning av servicebehovet och gör med samtycke en"
         " anmälan om behov av socialt arbete. Socialarbetet tar kontakt inom {days} vardagar och berättar i ett meddelande"
         " på hänvisningen om klienten har nåtts. Är personen redan klient tas ärendet upp vid nästa möte med den egna"
         " kontaktpersonen. Ingen sänkning görs om den skulle äventyra den nödvändiga utkomsten; i en oklar situation rings"
         " det."),
        ("Ilmoitukset alennetusta perusosasta luetaan joka arkipäivä. Alle 25-vuotiaalle, lapsiperheelle ja sille, jonka"
         " perusosaa on alennettu toisen kerran, soitetaan; muille lähetetään kirje, jossa on neuvonnan numero. Jos"
         " yhteydenotossa selviää syy, jota Kela ei tiennyt, {area} pyytää päätöksen tarkistamista viestillä. Peräkkäisiltä"
         " kuukausilta tulevat ilmoitukset käsitellään yhtenä asiana.",
         "Anmälningar om sänkt grunddel läses varje vardag. Den som är under 25 år, barnfamiljer och den vars grunddel har"
         " sänkts en andra gång rings upp; andra får ett brev med rådgivningens nummer. Framkommer vid kontakten en orsak som"
         " FPA inte kände till ber {area} i ett meddelande om att beslutet justeras. Anmälningar från månader efter varandra"
         " behandlas som ett ärende."),
    ),
    Topic.HOUSING_COSTS: (
        ("Kun Kela kehottaa hakemaan edullisempaa asuntoa, siitä ilmoitetaan tänne vain, jos asiakas on iäkäs tai sairas tai"
         " perheessä on lapsia. Asumisen tuki arvioi, onko muuttaminen kohtuullista, ja antaa lausunnon {weeks} viikossa."
         " Sinä aikana asumismenot hyväksytään todellisina. Lausunto lähetetään viestinä lähetteelle, ei asiakkaan mukana.",
         "När FPA uppmanar klienten att söka en billigare bostad meddelas det hit bara om klienten är äldre eller sjuk eller"
         " om det finns barn i familjen. Stödet för boende bedömer om en flytt är skälig och ger ett utlåtande inom {weeks}"
         " veckor. Under den tiden godkänns boendeutgifterna till sitt verkliga belopp. Utlåtandet sänds som ett meddelande"
         " på hänvisningen, inte med klienten."),
        ("Kohtuullistamisen määräajan päättyessä maksamatta jäävää vuokran osaa ei korvata täydentävänä toimeentulotukena"
         " ilman syytä, joka liittyy terveyteen, lapsen kouluun tai hoivaan. Syy kirjataan hakemukseen, jotta siitä ei"
         " tarvitse kysyä. Tarvittaessa tukea myönnetään enintään {months} kuukaudeksi, ja asiakas hakee sinä aikana asuntoa"
         " asumisneuvonnan kanssa.",
         "Den del av hyran som blir obetald när tidsfristen för skäliga boendeutgifter går ut ersätts inte som kompletterande"
         " utkomststöd utan en orsak som gäller hälsa, barnets skola eller omsorg. Orsaken antecknas i ansökan så att den"
         " inte behöver efterfrågas. Vid behov beviljas stöd för högst {months} månader, och under den tiden söker klienten"
         " bostad med hjälp av boenderådgivningen."),
    ),
    Topic.EXPENSES: (
        ("Ensimmäisen kodin perushankintoihin myönnetään tukea tarpeen mukaan: sänky, pöytä, astiat ja liinavaatteet."
         " Hakemuksessa luetellaan esineet, summaa ei tarvitse tietää. Lapsen harrastus maksetaan lukukaudeksi kerrallaan"
         " suoraan seuralle. Silmälasit ja hammashoito ratkaisee Kela, joten ne eivät lähde tänne yksin.",
         "För de första anskaffningarna till ett hem beviljas stöd enligt behov: säng, bord, kärl och linne. I ansökan räknas"
         " sakerna upp, beloppet behöver inte vara känt. Barnets hobby betalas för en termin åt gången direkt till"
         " föreningen. Glasögon och tandvård avgör FPA, så de sänds inte hit ensamma."),
        ("Jos hakemuksessa on sekä Kelalle että tänne kuuluvia menoja, Kela ratkaisee omansa ensin ja lähettää loput samalla"
         " lähetteellä. Menot nimetään erikseen, ei yhtenä summana. Vuokra- ja sähkövelasta liitetään viimeinen lasku tai"
         " perintäkirje. Rikkoutuneen kodinkoneen korvaamiseen riittää asiakkaan oma kertomus.",
         "Innehåller ansökan både utgifter som hör till FPA och sådana som hör hit avgör FPA sina först och sänder resten i"
         " samma hänvisning. Utgifterna nämns var för sig, inte som en summa. Om hyres- och elskuld bifogas den senaste"
         " räkningen eller inkassobrevet. För att ersätta en trasig hushållsmaskin räcker klientens egen berättelse."),
    ),
    Topic.YOUNG_PEOPLE: (
        ("Alle 25-vuotiaan ilmoitus menee Ohjaamon ja aikuissosiaalityön yhteiselle työparille. Nuorelle soitetaan kolmena"
         " eri päivänä ja lähetetään tekstiviesti; vasta sitten kirjataan, ettei häntä tavoitettu. Aktivointisuunnitelma"
         " tehdään yhdessä työllisyysalueen kanssa, joten ilmoituksesta katsotaan ensin, onko nuori ilmoittautunut"
         " työnhakijaksi. Opiskelevasta kerrotaan Kelalle lopputuloksena, ei viestillä.",
         "En anmälan om en person under 25 år går till Navigatorns och socialarbetets gemensamma arbetspar. Den unga rings upp"
         " på tre olika dagar och får ett textmeddelande; först därefter antecknas att hen inte nåddes. Aktiveringsplanen görs"
         " tillsammans med sysselsättningsområdet, så i anmälan ser man först om den unga har anmält sig som arbetssökande."
         " Att någon studerar berättas för FPA som utfall, inte i ett meddelande."),
    ),
    Topic.IMMIGRANTS: (
        ("Kunta tekee osaamisen ja kotoutumisen palvelutarpeen arvioinnin. Työnhakijaksi ilmoittautuneen asian hoitaa"
         " työllisyysalue, jolle kunta itse siirtää tiedon: Kela ei lähetä ilmoitusta uudelleen. Ensimmäisen oleskeluluvan"
         " päivä merkitään ilmoitukseen aina, koska arviointi koskee kolmea vuotta siitä. Jos palveluja on sovitettava"
         " yhteen, kunta kutsuu hyvinvointialueen mukaan ja tilaa tulkin.",
         "Kommunen gör bedömningen av kompetens och behov av integrationstjänster. För den som är arbetssökande sköts ärendet"
         " av sysselsättningsområdet, dit kommunen själv för uppgiften vidare: FPA sänder inte anmälan på nytt. Dagen för det"
         " första uppehållstillståndet antecknas alltid i anmälan, för bedömningen gäller tre år från den. Måste tjänster"
         " samordnas kallar kommunen välfärdsområdet med och beställer tolk."),
    ),
    Topic.WAYS_OF_CONTACT: (
        ("Lähetettä koskeva kysymys esitetään viestillä lähetteelle, ja siihen vastataan viimeistään toisena arkipäivänä."
         " Kiireellisessä asiassa soitetaan viranomaislinjalle. Asiakkaan tietoja ei lähetetä sähköpostilla, ei edes"
         " nimikirjaimin. Kela ja {area} tapaavat videokokouksessa neljä kertaa vuodessa; ehdotukset toimintatavoiksi"
         " kirjataan sitä ennen tähän hakemistoon.",
         "Frågor om en hänvisning ställs i ett meddelande på den och besvaras senast den andra vardagen. I brådskande ärenden"
         " rings myndighetslinjen. Klientens uppgifter sänds inte per e-post, inte ens med initialer. FPA och {area} möts per"
         " video fyra gånger om året; förslag till praxis antecknas i denna katalog före det."),
        ("Yhteinen asiakastapaaminen järjestetään videolla, kun asiakas sitä pyytää tai asiat eivät muuten etene. Pyyntö"
         " tehdään viestillä lähetteelle, ja aika ehdotetaan viikon kuluessa. Asiakkaan oma asia Kelassa hoituu"
         " asiakaspalvelun numerosta, virkailijoiden numeroita ei anneta. Jos puhelinlinja on poikki tai ruuhkautunut,"
         " siitä kerrotaan hakemistossa keskeytyksenä.",
         "Ett gemensamt klientmöte ordnas per video när klienten ber om det eller ärendena annars inte framskrider. Begäran"
         " görs i ett meddelande på hänvisningen, och en tid föreslås inom en vecka. Klientens eget ärende hos FPA sköts via"
         " kundtjänstens nummer, tjänstemännens nummer ges inte ut. Är telefonlinjen bruten eller överbelastad berättas det i"
         " katalogen som en paus."),
    ),
}

# What was agreed before, where it was another.
FORMER: dict[Topic, Both] = {
    Topic.URGENT: (
        "Kiireelliset hakemukset lähetetään klo 12 mennessä, jotta ne ehditään käsitellä samana päivänä. Myöhemmin tulleet"
        " ratkaistaan seuraavana arkipäivänä. Virka-ajan ulkopuolella asiakas ohjataan sosiaalipäivystykseen.",
        "Brådskande ansökningar sänds före kl. 12 för att hinna behandlas samma dag. De som kommer senare avgörs följande"
        " vardag. Utanför tjänstetid hänvisas klienten till socialjouren.",
    ),
    Topic.SURPLUS: (
        "Kun Kelan laskelma jää ylijäämäiseksi, hakemusta ei lähetetä ilman, että siitä on ensin soitettu. Ylijäämä otetaan"
        " huomioon kokonaan sen kuukauden menoissa, jolta tukea haetaan.",
        "När FPA:s beräkning visar överskott sänds ansökan inte utan att det först har ringts om saken. Överskottet beaktas"
        " helt i utgifterna för den månad som ansökan gäller.",
    ),
    Topic.DEPOSITS: (
        "Vuokravakuutta koskevat hakemukset ratkaisee aina Kela. Täydentävänä toimeentulotukena vakuutta ei myönnetä.",
        "Ansökningar om hyresgaranti avgörs alltid av FPA. Garanti beviljas inte som kompletterande utkomststöd.",
    ),
    Topic.VISITING_COSTS: (
        "Tapaamiskulut ilman vahvistettua sopimusta ratkaistaan täydentävänä toimeentulotukena kolmeksi kuukaudeksi. Sinä"
        " aikana asiakas vahvistaa sopimuksen lastenvalvojan luona.",
        "Umgängeskostnader utan fastställt avtal avgörs som kompletterande utkomststöd för tre månader. Under den tiden"
        " fastställer klienten avtalet hos barnatillsyningsmannen.",
    ),
    Topic.WAYS_OF_CONTACT: (
        "Kysymykset lähetteistä esitetään puhelimitse viranomaislinjalla arkisin klo 9–11. Kirjalliset kysymykset"
        " lähetetään turvapostilla.",
        "Frågor om hänvisningar ställs per telefon på myndighetslinjen vardagar kl. 9–11. Skriftliga frågor sänds med"
        " säker e-post.",
    ),
}

# What waits for the other side's agreement.
PROPOSED: dict[Topic, Both] = {
    Topic.SURPLUS: (
        "Kelan laskelman ylijäämä otetaan huomioon vain siltä osin, kuin se ylittää 50 euroa. Laskelma liitetään aina mukaan,"
        " ja etuoikeutetut tulot merkitään siihen erikseen. Jos tukea haetaan lapsen menoihin, ylijäämää ei oteta huomioon.",
        "Överskottet i FPA:s beräkning beaktas bara till den del det överstiger 50 euro. Beräkningen bifogas alltid, och"
        " privilegierade inkomster märks ut i den. Söks stöd för ett barns utgifter beaktas överskottet inte.",
    ),
    Topic.HOUSING_COSTS: (
        "Kela ilmoittaa asumiskustannusten kohtuullistamisesta sosiaalityöhön aina, kun perheessä on alaikäisiä lapsia."
        " Asumisneuvonta antaa lausunnon kahdessa viikossa, ja siihen asti vuokra hyväksytään kokonaan.",
        "FPA meddelar socialarbetet om reducering av boendekostnaderna alltid när det finns minderåriga barn i familjen."
        " Boenderådgivningen ger ett utlåtande inom två veckor, och tills dess godkänns hyran i sin helhet.",
    ),
}
# fmt: on
