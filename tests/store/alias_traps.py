"""Names that look like one and are not, written before the rules were tuned."""

from __future__ import annotations

from alias_pairs import lines

TRAPS = lines(
    """
PER | Marco Rossi | Mario Rossi
PER | Marco Rossi | Marco Bianchi
PER | Anna Meloni | Anna Melloni
PER | Meloni | Melloni
PER | Rossi | Grossi
PER | Rossi | De Rossi
PER | Maria | Di Maria
PER | Luca Bernasconi | Giulia Bernasconi
PER | L. Bernasconi | Giulia Bernasconi
PER | John Paul I | John Paul II
PER | Giovanni Paolo | Giovanni XXIII
PER | Martin Luther King | Martin Luther
PER | Robert Downey | Robert Downey Jr.
PER | Martin Luther King Sr. | Martin Luther King Jr.
PER | George H. W. Bush | George W. Bush
PER | Paolo Conti | Paola Conti
PER | Paolo Conti | Paolo Corti
PER | Chen Wei | Shen Wei
PER | Wang Li | Zhang Li
PER | Kim Jong-un | Kim Jong-il
PER | Kim Jong-un | Kim Yo-jong
PER | Li Na | Li Ning
PER | Robert Smith | Bob Smith
PER | Giuseppe Conti | Beppe Conti
PER | Carlos García | Carlos Garza
PER | Ana García López | Ana García Pérez
PER | Jean Dupont | Jeanne Dupont
PER | François Martin | Françoise Martin
PER | Alexander Weber | Alexandra Weber
PER | Gabriele Neri | Gabriella Neri
PER | Daniel Moreau | Danielle Moreau
PER | Peter Müller | Peter Möller
PER | Hans Schmidt | Hans Schmitt
PER | Thomas Mann | Thomas Manning
PER | Mann | Manning
PER | João Silva | José Silva
PER | João Pereira | João Ferreira
PER | Ivan Petrov | Ivan Pavlov
PER | Petrov | Petrova
PER | Ivanov | Ivanova
PER | Mikhail Ivanov | Nikolai Ivanov
PER | Stefano Russo | Stefania Russo
PER | Ali | Alì Babà
PER | Ahmed Ali | Ahmed Aziz
PER | Hassan Ahmed | Hussein Ahmed
PER | Charles III | Charles II
PER | Luigi XIV | Luigi XVI
PER | Harrison | Harris
PER | Anderson | Andersen
PER | Bush | Busch
PER | Clark | Clarke
PER | Franco Rossi | Franco Rosi
PER | Berg | Bergman
PER | Martin | Martini
PER | Martin | Martinez
PER | Andrea Rossi Stuart | Andrea Verdi Stuart
PER | J. K. Rowling | J. R. Rowling
PER | van Dijk | van Dyck
PER | Lopez | Lopes
PER | Gonzalez | Gonzales
PER | Elena Ferri | Elena Ferro
PER | Carla Bruni | Carlo Bruni
PER | Simone Moro | Simona Moro
ORG | General Motors | General Electric
ORG | General | General Motors
ORG | Deutsche Bank | Deutsche Bahn
ORG | Deutsche | Deutsche Bank
ORG | Real Madrid | Real Sociedad
ORG | Real Madrid | Atlético Madrid
ORG | Università di Bologna | Università di Bari
ORG | Università di Bologna | Università di Bolzano
ORG | Corriere della Sera | Corriere dello Sport
ORG | Bank of America | Bank of China
ORG | Bank of China | China Bank Museum
ORG | Bank of Japan | Japan
ORG | Intel | Inter
ORG | Orvex | Orvex Pictures
ORG | Orvex | Orvex Cloud
ORG | Orvex | Orvex Sports
ORG | Orvex | Orvex Financial Services
ORG | Orvex | Orvex Italia
ORG | Orvex | Orvex Foundation
ORG | Google | Google Cloud
ORG | Amazon | Amazon Web Services
ORG | Siemens | Siemens Energy
ORG | Siemens Energy | Siemens Healthineers
ORG | Volkswagen | Volkswagen Bank
ORG | Sony | Sony Pictures
ORG | Toyota | Toyota Deutschland
ORG | Ministero della Difesa | Ministero della Giustizia
ORG | Ministero dell'Interno | Ministero dell'Istruzione
ORG | Ministry of Defence | Ministry of Justice
ORG | Ministero | Ministero della Difesa
ORG | Manchester United | Manchester City
ORG | Manchester | Manchester United
ORG | New York Times | New York Post
ORG | Financial Times | Sunday Times
ORG | Times | Financial Times
ORG | ECB | BCG
ORG | FBI | FDA
ORG | UN | UNESCO
ORG | UNICEF | UNESCO
ORG | World Bank | World Health Organization
ORG | WHO | WTO
ORG | Banca d'Italia | Banca Popolare d'Italia
ORG | Banco de España | Banco de Chile
ORG | Bank of Austria | Bank of Australia
ORG | Novartis | Novavax
ORG | Fox News | Sky News
ORG | BBC | BBC News Arabic
ORG | Channel 4 | Channel 5
ORG | Rete 4 | Rete 5
ORG | 3M | M3
ORG | Air France | Air China
ORG | Air France | France
ORG | France Télévisions | France Télécom
ORG | Telecom Italia | Telecom Argentina
ORG | Partito Democratico | Partito Comunista
ORG | Partido Popular | Partido Socialista
ORG | Verdi | Verde
ORG | Tribunale di Milano | Tribunale di Torino
ORG | Tribunale di Milano | Tribunal de Madrid
ORG | University of York | University of New York
ORG | Universität Hamburg | Universität Bamberg
ORG | Procura di Roma | Comune di Roma
ORG | American Airlines | American Express
ORG | American Airlines | United Airlines
ORG | United | United Airlines
ORG | First National Bank | Second National Bank
ORG | Generali | General
ORG | YouTube | Tube
ORG | Facebook | Book
ORG | Unicredit | Credit
ORG | Mediaset | Mediaworld
ORG | Crédit Agricole | Crédit Lyonnais
ORG | Banca Popolare di Bari | Banca Popolare di Sondrio
ORG | Kommission | Europäische Kommission
ORG | European Commission | European Council
ORG | European Council | Council of Europe
ORG | Consiglio europeo | Consiglio d'Europa
ORG | Corte dei conti | Corte costituzionale
ORG | Senato | Senato degli Stati Uniti
ORG | Juventus | Juventus Next Gen
ORG | Inter | Inter Miami
ORG | Keltron Technologies | Keltron International
ORG | Alfa Romeo | Alfa Laval
ORG | Westinghouse | Westinghouse Air Brake
ORG | Kia | Ikea
ORG | Renault | Renaud
ORG | Le Monde | Il Mondo
ORG | El Mundo | El Mundo Deportivo
ORG | Die Zeit | Süddeutsche Zeitung
ORG | Bayern München | Bayern
ORG | Bayern | Bayer
ORG | 1. FC Köln | 1. FC Nürnberg
ORG | Allianz | Alliance
LOC | Austria | Australia
LOC | Iran | Iraq
LOC | Niger | Nigeria
LOC | Guinea | Guinea-Bissau
LOC | Guinea | Equatorial Guinea
LOC | Guinea | Papua Nuova Guinea
LOC | North Korea | South Korea
LOC | Corea del Nord | Corea del Sud
LOC | Corea del Nord | South Korea
LOC | Milano | Mirano
LOC | Congo | Repubblica Democratica del Congo
LOC | Mali | Malawi
LOC | Slovacchia | Slovenia
LOC | Slovakia | Slovenia
LOC | Lettland | Litauen
LOC | Paris | Parigi Texas
LOC | Monaco | München
LOC | Monaco | Monaco di Baviera
LOC | New York | New Jersey
LOC | York | New York
LOC | Santiago | Santiago de Compostela
LOC | San José | San Juan
LOC | Reggio Emilia | Reggio Calabria
LOC | Frankfurt | Frankfort
LOC | Bologna | Boulogne
LOC | Georgia | South Georgia
LOC | Dominica | Dominican Republic
LOC | Dominica | Repubblica Dominicana
LOC | Sudan | South Sudan
LOC | Samoa | American Samoa
LOC | Virginia | West Virginia
LOC | Washington | Wellington
LOC | Gambia | Zambia
LOC | Uruguay | Paraguay
LOC | Colonia | Colombia
LOC | Valencia | Valence
LOC | Cordoba | Cordova
LOC | Budapest | Bucarest
LOC | Tripoli | Tivoli
LOC | Via Roma | Roma
LOC | Porto | Porto Alegre
LOC | Rio | Rio Grande do Sul
PRODUCT | Orvex 810E | Orvex 820E
PRODUCT | K20 | K200
PRODUCT | iPhone 14 | iPhone 15
PRODUCT | iPhone | iPhone Pro
PRODUCT | A320 | A321
PRODUCT | Model S | Model X
PRODUCT | Model 3 | Model Y
PRODUCT | Windows 10 | Windows 11
PRODUCT | F-35 | F-16
PRODUCT | Galaxy S24 | Galaxy S24 Ultra
PRODUCT | GPT-4 | GPT-4o
EVENT | World Cup 2018 | World Cup 2022
EVENT | G7 | G20
EVENT | Mondiali di calcio | Mondiali di nuoto
"""
)
