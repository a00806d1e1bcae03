"""Names that are one, written before the rules were tuned.

Each line is ``TYPE | one | other``. Every third line was kept apart until the rules
were done: ``kept_apart`` tells which.
"""

from __future__ import annotations

Line = tuple[str, str, str]


def lines(text: str) -> tuple[Line, ...]:
    """The lines of a list."""
    found = []
    for line in text.strip().splitlines():
        kind, one, other = (part.strip() for part in line.split("|"))
        found.append((kind, one, other))
    return tuple(found)


def kept_apart(at: int) -> bool:
    """Tell whether the line at this place was kept apart."""
    return at % 3 == 2


PAIRS = lines(
    """
PER | Giulia Bernasconi | Bernasconi
PER | Rossi, Mario | Mario Rossi
PER | M. Rossi | Mario Rossi
PER | J.R. Smith | John Robert Smith
PER | María de la Cruz | Maria De La Cruz
PER | de la Cruz | la Cruz
PER | Volodymyr Zelensky | Volodymyr Zelenskyy
PER | Zelenskij | Zelensky
PER | Muammar Gaddafi | Muammar Qaddafi
PER | Muhammad Khan | Mohammed Khan
PER | Recep Tayyip Erdoğan | Erdogan
PER | Gerd Müller | Gerd Mueller
PER | Angela Merkel | Merkel
PER | Ursula von der Leyen | von der Leyen
PER | Franklin D. Roosevelt | Franklin Roosevelt
PER | Franklin Delano Roosevelt | Franklin D. Roosevelt
PER | Jean-Luc Mélenchon | Jean Luc Melenchon
PER | Gabriel García Márquez | García Márquez
PER | Nagy Ferenc | Ferenc Nagy
PER | Sato Kenji | Kenji Sato
PER | Prof. Elena Conti | Elena Conti
PER | Luiz Inácio da Silva | Luiz Inacio Silva
PER | Mikhail Gorbachev | Michail Gorbatschow
PER | Michail Gorbaciov | Mikhail Gorbachev
PER | Vladimir Putin | Vladimir Poutine
PER | Dmitri Medvedev | Dmitry Medvedev
PER | Sergei Lavrov | Sergej Lawrow
PER | Søren Kjærgaard | Soren Kjaergaard
PER | Lech Wałęsa | Lech Walesa
PER | François Fillon | Francois Fillon
PER | G. Bernasconi | Giulia Bernasconi
PER | Aleksandr Lukashenko | Alexander Lukashenko
PER | Abdel Fattah al-Sisi | al Sisi
PER | Abdel Fattah al-Sisi | Abdel Fattah el-Sisi
PER | Pedro Sánchez Pérez | Pedro Sánchez
PER | CLAUDIA PARDO | Claudia Pardo
PER | Mr Thomas Ashworth | Thomas Ashworth
PER | Sir Thomas Ashworth | Ashworth
PER | Giovanni Paolo II | GIOVANNI PAOLO II
PER | Conceição Ferreira | Conceicao Ferreira
PER | Vincent van Gogh | van Gogh
PER | van Gogh | Van Gogh
PER | Ahmed Hassan | Ahmad Hassan
PER | Osama Haddad | Usama Haddad
PER | Dvořák | Dvorak
PER | Jürgen Schröder | Juergen Schroeder
PER | Sean O’Brien | Sean O'Brien
PER | Sean O'Brien | O'Brien
PER | Hans-Peter Vogel | Hans Peter Vogel
PER | Giulia Bernasconi | Giulia
PER | Mao Zedong | Mao Tse-tung
PER | Lionel Messi's | Lionel Messi
ORG | eepMind | DeepMind
ORG | xonMobil | ExxonMobil
ORG | Keltron SpA | Keltron
ORG | Keltron S.p.A. | Keltron
ORG | Brennwerk GmbH | Brennwerk
ORG | Brennwerk GmbH & Co. KG | Brennwerk
ORG | Nordhavn A/S | Nordhavn
ORG | Lumière SARL | Lumière
ORG | Verdemar Ltda | Verdemar
ORG | Toyomatsu K.K. | Toyomatsu
ORG | Talvela Oyj | Talvela
ORG | Kovenant Pty Ltd | Kovenant
ORG | Kovenant Sp. z o.o. | Kovenant
ORG | The Brindle Group | Brindle
ORG | European Central Bank | ECB
ORG | Banca centrale europea | Bce
ORG | Banca centrale europea | European Central Bank
ORG | BCE | ECB
ORG | ONU | UN
ORG | Nazioni Unite | United Nations
ORG | Vereinte Nationen | ONU
ORG | OMS | WHO
ORG | Organisation mondiale de la santé | World Health Organization
ORG | FMI | IMF
ORG | Fondo Monetario Internazionale | FMI
ORG | IWF | International Monetary Fund
ORG | OTAN | NATO
ORG | Unione europea | EU
ORG | Commission européenne | European Commission
ORG | Procter & Gamble | Procter and Gamble
ORG | Johnson & Johnson | Johnson e Johnson
ORG | Ernst & Young | Ernst und Young
ORG | Hewlett-Packard | Hewlett Packard
ORG | Hewlett Packard | HP
ORG | Volkswagen | Volkswagn
ORG | Volkswagen | Volkswage
ORG | Department of Defense | DoD
ORG | Confederazione Generale Italiana del Lavoro | CGIL
ORG | Central Intelligence Agency | C.I.A.
ORG | International Business Machines Corp. | IBM
ORG | Juventus FC | Juventus
ORG | FC Barcelona | Barcelona
ORG | Merrill Lynch | Merrill
ORG | Intesa Sanpaolo | Intesa
ORG | Università di Bologna | University of Bologna
ORG | Universität Wien | University of Vienna
ORG | Banca d’Italia | Bank of Italy
ORG | Banque de France | Bank of France
ORG | Ministero della Difesa | Ministry of Defence
ORG | Ministère de la Défense | Ministero della Difesa
ORG | Amazon.com | Amazon
ORG | Amnesty International | Amnesty
ORG | Crédit Agricole | Credit Agricole
ORG | Coca-Cola | Coca Cola
ORG | l'Unesco | UNESCO
ORG | Cour pénale internationale | International Criminal Court
ORG | Partito Democratico | PD
ORG | Christlich-Demokratische Union | CDU
ORG | Weltbank | Banca Mondiale
ORG | Organización de las Naciones Unidas | ONU
LOC | München | Munich
LOC | Monaco di Baviera | Munich
LOC | Milano | Milan
LOC | Londra | Londres
LOC | Wien | Vienna
LOC | Köln | Colonia
LOC | Germania | Alemania
LOC | Deutschland | Allemagne
LOC | Stati Uniti | United States
LOC | USA | Stati Uniti
LOC | U.S. | United States
LOC | Regno Unito | UK
LOC | Paesi Bassi | Olanda
LOC | Kiev | Kyiv
LOC | Pechino | Beijing
LOC | Pékin | Peking
LOC | MOSCA | Mosca
LOC | Moskau | Moscow
LOC | Firenze | Florence
LOC | Lisboa | Lissabon
LOC | Corea del Nord | North Korea
LOC | Giappone | Japón
LOC | São Paulo | Sao Paulo
LOC | Zürich | Zurigo
LOC | Genève | Ginevra
LOC | Ivory Coast | Costa d'Avorio
LOC | Repubblica Ceca | Czechia
LOC | Cracovia | Kraków
LOC | Den Haag | The Hague
LOC | L'Aja | Den Haag
PRODUCT | Orvex 810-E | Orvex 810E
PRODUCT | Airbus A320 | A320
PRODUCT | iPhone 15 | Apple iPhone 15
PRODUCT | F-35 | F35
PRODUCT | Windows | WINDOWS
EVENT | World Economic Forum | WEF
"""
)
