"""Words that tell of what kind the name beside them is: "the drug X", "X, a town in".

They stand before a name, right behind it, or in what is said of it behind a comma, in
six languages. What a name is called in one place counts for the whole document.
"""

from __future__ import annotations

from collections.abc import Sequence

from store.extract.words import word_set

PERSON = word_set(
    "presidente president président präsident presidenta ministro minister ministre "
    "ministra ministerin signor signora sig. sig mr mr. mrs mrs. ms ms. dr dr. prof "
    "prof. professor professore professoressa professeur profesor onorevole senatore "
    "senator sénateur deputato sindaco mayor maire bürgermeister alcalde papa pope "
    "pape papst cardinale regina queen reine königin re king roi könig judge giudice "
    "juge richter juez avvocato lawyer avocat anwalt allenatore coach entraîneur "
    "trainer entrenador amministratore ceo capo chief direttore director directeur "
    "direktor analista analyst analyste analystin portavoce spokesman spokeswoman "
    "sprecher sprecherin vocero portavoz segretario secretary secrétaire fondatore "
    "founder fondateur gründer fundador monsieur madame m. mme herr frau señor señora "
    "don doña"
)
COMPANY = word_set(
    "azioni azionisti titoli shares shareholders stock actions actionnaires aktien "
    "aktionäre acciones accionistas titolo società azienda gruppo colosso startup "
    "company firm group giant maker società entreprise société groupe firme "
    "unternehmen konzern firma hersteller empresa compañía grupo fabricante "
    "produttore fabricant rivale rival concorrente competitor concurrent konkurrent "
    "filiale controllata subsidiary tochter fornitore supplier fournisseur zulieferer "
    "proveedor cliente customer client kunde"
)


_KINDS = {
    "l": "city town village capital region province county state island river lake "
    "mountain valley port district suburb neighbourhood neighborhood country street "
    "airport stadium bridge coast città cittadina paese borgo villaggio capitale "
    "regione provincia isola fiume lago monte valle porto quartiere frazione comune "
    "via piazza aeroporto stadio costa stadt dorf gemeinde hauptstadt region "
    "provinz insel fluss see berg tal hafen bezirk viertel stadtteil land bundesland "
    "kanton ort ortschaft landkreis flughafen küste ville village commune capitale "
    "région département île fleuve rivière lac montagne vallée quartier pays "
    "rue aéroport stade côte ciudad pueblo aldea municipio región isla río lago "
    "montaña valle puerto barrio país calle aeropuerto estadio costa localidad cidade "
    "vila aldeia região ilha rio serra vale bairro rua aeroporto estádio concelho",
    "r": "drug vaccine medicine pill app software chip processor phone smartphone car "
    "model van truck ship ferry vessel yacht submarine aircraft plane jet helicopter "
    "drone rocket satellite probe missile robot console platform engine locomotive "
    "train tablet laptop farmaco vaccino medicinale applicazione processore telefono "
    "auto modello nave traghetto velivolo aereo elicottero razzo satellite sonda "
    "missile piattaforma motore locomotiva treno peschereccio medikament arznei "
    "wirkstoff impfstoff prozessor handy modell schiff fähre frachter flugzeug "
    "hubschrauber drohne rakete satellit sonde roboter plattform lok zug wagen "
    "médicament vaccin logiciel puce processeur téléphone voiture modèle navire "
    "avion hélicoptère fusée moteur plateforme paquebot fármaco medicamento vacuna "
    "procesador teléfono coche modelo buque barco avión helicóptero cohete "
    "plataforma tren navio carro avião foguete vacina",
    "w": "film movie novel book album song single series show play opera musical poem "
    "essay podcast documentary painting bill act romanzo libro canzone disco serie "
    "programma commedia saggio documentario quadro legge roman buch lied serie stück "
    "oper gedicht gemälde gesetz livre chanson série pièce documentaire tableau loi "
    "roman película novela libro canción álbum obra cuadro ley filme livro canção "
    "disco peça documental",
    "e": "festival tournament championship cup league race marathon fair exhibition "
    "storm hurricane typhoon war battle summit conference torneo campionato coppa "
    "gara maratona fiera mostra tempesta uragano guerra battaglia vertice turnier "
    "meisterschaft pokal rennen messe ausstellung sturm orkan krieg schlacht gipfel "
    "tournoi championnat coupe course foire exposition tempête ouragan guerre "
    "bataille sommet campeonato copa carrera feria exposición tormenta huracán "
    "batalla cumbre taça corrida feira tempestade",
    "o": "ministry agency party union association federation foundation institute "
    "university school hospital museum court council committee commission newspaper "
    "daily magazine broadcaster club team side band regulator authority ministero "
    "agenzia partito sindacato associazione federazione fondazione istituto università "
    "scuola ospedale museo tribunale consiglio commissione quotidiano giornale rivista "
    "emittente squadra ministerium behörde agentur partei gewerkschaft verband verein "
    "stiftung institut universität schule krankenhaus museum gericht rat kommission "
    "zeitung sender mannschaft klub ministère agence parti syndicat fédération "
    "fondation école hôpital musée tribunal conseil journal quotidien équipe "
    "ministerio agencia partido sindicato asociación federación fundación instituto "
    "universidad escuela consejo comisión diario periódico revista equipo hospital",
    "c": "bank insurer retailer airline carmaker brewer startup start-up supplier "
    "operator publisher developer manufacturer chain subsidiary banca assicurazione "
    "compagnia catena casa editore produttrice impresa cooperativa bank versicherer "
    "händler fluggesellschaft autobauer brauerei betreiber verlag kette tochterfirma "
    "banque assureur distributeur compagnie constructeur opérateur éditeur chaîne "
    "filiale banco aseguradora aerolínea fabricante operador editorial cadena filial "
    "grupo empresa seguradora fabricante",
}
HEADS = {word: kind for kind, words in _KINDS.items() for word in words.split()}
HEADS |= dict.fromkeys(COMPANY, "c") | dict.fromkeys(PERSON, "p")
"""Words that say of what kind the name beside them is, each with a letter."""

_SIGNS = HEADS | dict.fromkeys(",(–—", ",") | {".": "."}
_AHEAD = 6


def heads_of(lows: Sequence[str]) -> list[str]:
    """Return the letter of each word, a comma where one may go aside, or ""."""
    return [_SIGNS.get(one, "") for one in lows]


def heads_beside(heads: Sequence[str], at: int, after: int) -> list[str]:
    """Return what the words around ``heads[at:after]`` say of its kind, in order.

    One of ``<`` (before), ``>`` (right behind) and ``,`` (aside), and a letter: p
    person, c company, o other body, l place, r product, w work, e event.
    """
    found = {"<" + one for one in heads[max(at - 3, 0) : at] if one and one not in ",."}
    behind = heads[after : after + _AHEAD]
    if behind and behind[0] and behind[0] != ".":
        if behind[0] != ",":
            found.add(">" + behind[0])
        else:
            for one in behind[1:]:
                if one in (",", "."):
                    break
                if one:
                    found.add("," + one)
    return sorted(found)
