"""Words that say nothing about who is named, or say too much."""

from __future__ import annotations

from store.extract.words import word_set

LEGAL = word_set(
    "inc corp ltd plc llc llp lp co ag gmbh mbh kg kgaa ohg eg ev se sa sas sarl sasu "
    "eurl spa srl snc scarl scpa sapa bv nv vof cvba ab oy oyj as asa aps ans sl slu "
    "slne ltda lda eireli cv sab sapi kk yk gk pty pte bhd sdn tbk pt pjsc oao ooo "
    "zao ao pao jsc ojsc sp z oo zoo doo dd ad eood kft zrt nyrt rt sro spol vvi sia "
    "uab ou tas sti pvt pvtltd psc wll fze fzco dmcc com onlus ets"
)
"""Legal forms of companies, without points."""

LEGAL_SAME = {
    "incorporated": "inc",
    "corporation": "corp",
    "limited": "ltd",
    "company": "co",
    "compagnie": "co",
    "cie": "co",
    "limitada": "ltda",
    "aktiengesellschaft": "ag",
    "kabushiki": "kk",
    "kaisha": "kk",
}
"""Legal forms written out."""

CLUB = word_set("fc cf ac afc ssc sc fk sk calcio club cfc")
"""What football clubs put before or behind their names."""

GENERIC = word_set(
    "group gruppe gruppo groupe grupo gruppen holding holdings technologies "
    "technology tech international konzern"
)
"""Words that a company has or leaves out."""

ARTICLES = word_set(
    "the il lo la i gli le l el los las les die der das den o os as un una ein eine"
)

PARTICLES = ARTICLES | word_set(
    "of and for di de del della dell dello dei degli delle du des da do dos das et e "
    "und y d fur in per a & von van zu zur zum dem im am al all alla alle allo ai "
    "agli nel nella sul sulla au aux pour para por pela em on at to en ed"
)
"""Small words inside the names of bodies."""

DIVISION = word_set(
    "pictures music cloud sports sport bank banking capital ventures energy energia "
    "foundation fondazione stiftung fondation media news studios studio records "
    "financial services service insurance assicurazioni healthcare health "
    "healthineers research labs lab institute university academy museum motorsport "
    "racing motors finance leasing pay payments web store stores maps games gaming "
    "entertainment logistics digital mobile mobility ai robotics software systems "
    "solutions power real estate retail trucks aerospace defence defense space "
    "electronics display semiconductor biotech pharma chemicals steel oil gas air "
    "airlines cargo express international europe europa america asia africa north "
    "south east west nord sud women femminile feminin youth primavera next gen junior "
    "juniors partners asset management securities investment investments advisors "
    "consulting life global vita auto rent rail train print press publishing edizioni "
    "editore libri radio tv channel kids plus prime go one pro fund trust union "
    "deportivo sociedad marine offshore renewables nuclear water foods food beverages "
    "hotels resorts network networks interactive innovation lifestyle fashion home "
    "house arabic brake"
)
"""What follows the name of a firm when a part or a daughter of it is meant."""

HEADS = word_set(
    "general deutsche united american british national real royal air first new old "
    "great grand banca bank banque banco credit credito societe societa compagnia "
    "saint san santa santo south north east west northern southern eastern western "
    "central european europaische inter atletico sporting racing manchester union "
    "partito partido parti party nuova nuovo nouvelle casa poste ferrovie radio tele "
    "telecom france italia espana china business financial daily sunday times "
    "corriere gazzetta giornale journal revue rivista world le monde mondo mundo "
    "diario pacific atlantic standard universal global continental imperial federal "
    "state public popular popolare democratic social high supreme free open blue red "
    "green black white silver golden sky sun star alfa alpha beta delta"
)
"""First words that many bodies share: alone they name none of them."""

AFFAIRS = word_set("affari affairs affaires asuntos assuntos")
"""What ministries call their subject, or not."""

TITLES = word_set(
    "mr mrs ms miss mister dr dott dottssa dottor prof profssa professor sir lord "
    "lady dame don dona donna onorevole sen senator president presidente ministro "
    "ministre minister signor signora sig herr frau monsieur madame mme mlle m'lle "
    "senor senora sr sra srta ing avv rev reverend father padre papa pope king queen "
    "prince princess re regina rey reina roi reine konig konigin colonel general gen "
    "col capt captain sheikh sheik"
)
"""Forms of address before a person's name."""

CROWNS = word_set(
    "papa pope king queen prince princess re regina rey reina roi reine konig konigin"
)
"""Titles of those who bear one name only."""

OF_PERSONS = word_set(
    "de del della dello dei degli delle di da do dos das du des la le lo van von der "
    "den ter ten te zu zur vom al el bin ibn ben abu bint af av y e dal dalla"
)
"""Particles before surnames."""

DROPPED = word_set("al el bin ibn ben van von der den da do dos das zu af av y e")
"""Those that are often left out; without ``De``, De Rossi is another family."""

EASTERN = word_set(
    "bae cao chen cheng choi deng dong feng gao guo han huang hu jung kim kwon li "
    "liang lin liu mao moon nguyen pham seo shin song sun tang tran wang wu xi xiao "
    "xie xu yang yoon yuan zhang zhao zheng zhou zhu"
)
"""Surnames that stand before the forename."""

GENERATIONS = word_set(
    "jr sr jnr snr junior senior filho neto ii iii iv vi vii viii ix xi xii xiii xiv "
    "xv xvi xvii xviii xix xx xxi xxii xxiii"
)
"""What tells father, son and namesakes on a throne apart."""
