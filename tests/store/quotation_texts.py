"""Short invented news in five languages, with their quotations marked.

``[1:…]`` is a quotation by the mention ``<1 …>`` (a person) or ``<1= …>`` (an
organisation), ``[0:…]`` one whose speaker is not named; ``<- …>`` is a person and
``<-= …>`` an organisation that does not speak. A bar is a line break.
"""

from __future__ import annotations

IT = (
    "[1:«Non chiuderemo lo stabilimento»], ha detto <1 Marta Silvestri> ai cronisti.",
    "<1 Paolo Renzetti> ha spiegato: [1:«Servono tempo e pazienza.»]",
    "[1:«Il ponte è sicuro»], ha assicurato <1 Dario Valli>, [1:«ma andrà"
    " controllato ogni anno»].",
    "<1 Lucia Ferrante> è arrivata alle nove. [1:«Siamo pronti a firmare»], ha"
    " aggiunto.",
    "Secondo <1 Enzo Tardelli>, [1:«il mercato non perdona chi aspetta»].",
    "La <1= Corvina> ha chiuso in rosso. [1:“Faremo meglio nel prossimo trimestre”],"
    " ha detto l'azienda in una nota.",
    '[1:"Abbiamo perso una partita, non il campionato"], commenta <1 Gino Baldi>.',
    "<1 Carla Mosca> ha chiamato il piano [1:«una presa in giro per i lavoratori»].",
    "[1:«Lo ha detto lei: “Non mi fido di nessuno”. E io la capisco»], racconta"
    " <1 Sara Nobili>.",
    "<1 Remo Pace> ha scritto:|[1:«Il comune non può decidere da solo.|«Serve il voto"
    " di tutti.»]",
    "La sindaca <1 Irene Conti> è furiosa: [1:«Nessuno ci ha avvertiti»].",
    "<1 Ugo Neri> non si nasconde. [1:«Ho sbagliato»], ha ammesso <- Neri>,"
    " [1:«e pagherò»].",
    "[1:«Troppo tardi!»], sbotta <1 Olga Riva>.",
    "[0:«La montagna quest'anno non ha avuto neve per due mesi.»] Così una scritta"
    " sul muro del rifugio.",
    "Il cosiddetto «modello lariano» piace agli investitori.",
    "Esce venerdì «La casa sul fiume», il nuovo film di <- Ada Prati>.",
    "La banda dei «furbetti» è stata fermata ieri a Lodi.",
    "Il bando «Giovani e Terra» scade a marzo.",
    "Chiamavano «il Professore» il capo della rete, arrestato a Bari.",
    "— [1:Non torno indietro], disse <1 Anna Lodi>.",
)

EN = (
    "[1:“We will not close the plant,”] said <1 Martha Sill> on Monday.",
    "<1 Paul Renton> explained: [1:“It takes time and patience.”]",
    "[1:“The bridge is safe,”] <1 Dora Vance> said, [1:“but it must be checked every"
    " year.”]",
    "<1 Lucy Farrant> arrived at nine. [1:“We are ready to sign,”] she added.",
    "According to <1 Ernest Tull>, [1:“the market does not forgive those who wait”].",
    '<1= Corvine> ended the year in the red. [1:"We will do better next quarter,"]'
    " the company said in a statement.",
    '[1:"We lost a match, not the season,"] <1 Gene Ball> told reporters.',
    "<1 Carla Moss> called the plan [1:“an insult to everyone who works here”].",
    "[1:“She told me, ‘I trust nobody’, and I understand her,”] recalled <1 Sarah"
    " Noble>.",
    "<1 Ray Pace> wrote:|[1:“The council cannot decide alone.|“Everybody must vote.”]",
    "Mayor <1 Irene Count> was furious: [1:“Nobody warned us.”]",
    "[1:‘The workers’ rights come first,’] said <1 Hugh Black>.",
    "[1:“Too late!”] shouted <1 Olga Reeve>.",
    "<1 Nora Pitt> has run the farm since May. In a letter, <- Pitt> said she had"
    " [1:“no appetite for another fight”].",
    "[0:“The mountain had no snow at all for two months.”] The words were painted on"
    " a wall.",
    "The so-called “lakeside model” pleases investors.",
    "“The House on the River”, the new film by <- Ada Pratt>, opens on Friday.",
    "The gang of “sharpies” was caught near Leeds.",
    "Her “retirement” lasted six weeks.",
    "He was known as “the Professor” in the trade.",
)

DE = (
    "[1:„Wir schließen das Werk nicht“], sagte <1 Martha Sellin> am Montag.",
    "<1 Paul Rentzsch> erklärte: [1:„Es braucht Zeit und Geduld.“]",
    "[1:„Die Brücke ist sicher“], versicherte <1 Dora Wanz>, [1:„aber sie muss jedes"
    " Jahr geprüft werden.“]",
    "<1 Lucia Farr> kam um neun. [1:„Wir können unterschreiben“], fügte sie hinzu.",
    "Laut <1 Ernst Tull> ist das [1:„ein Markt, der niemandem verzeiht“].",
    "Die <1= Korvin> schrieb rote Zahlen. [1:„Im nächsten Quartal werden wir"
    " besser“], teilte das Unternehmen mit.",
    '[1:"Wir haben ein Spiel verloren, nicht die Saison"], sagt <1 Gero Ball>.',
    "<1 Karla Moos> nannte den Plan [1:„eine Beleidigung für alle, die hier"
    " arbeiten“].",
    "[1:„Sie sagte mir: ‚Ich traue keinem‘, und ich verstehe sie“], erzählt"
    " <1 Sara Nobel>.",
    "[1:»Der Rat kann nicht allein entscheiden«], schrieb <1 Rainer Paas>.",
    "Bürgermeisterin <1 Irene Graf> war wütend: [1:„Niemand hat uns gewarnt.“]",
    "[1:„Ich habe mich geirrt“], so <1 Hugo Schwarz> vor Gericht.",
    "[1:„Zu spät!“], rief <1 Olga Riehl>.",
    "<1 Nora Pütz> leitet den Hof seit Mai. In einem Brief schrieb <- Pütz>, sie habe"
    " [1:„keine Lust auf einen neuen Streit“].",
    "[0:„Am Berg lag in diesem Jahr zwei Monate kein Schnee.“] Das stand an einer"
    " Wand.",
    "Das sogenannte „Seemodell“ gefällt den Anlegern.",
    "„Das Haus am Fluss“, der neue Film von <- Ada Prater>, läuft am Freitag an.",
    "Die Bande der „Schlauen“ wurde in Bremen gefasst.",
    "Ihr „Ruhestand“ dauerte sechs Wochen.",
    "Man kannte ihn als „Professor“ der Branche.",
)

FR = (
    "[1:« Nous ne fermerons pas l'usine »], a déclaré <1 Marthe Sillon> lundi.",
    "<1 Paul Rentier> explique : [1:« Il faut du temps et de la patience. »]",
    "[1:« Le pont est sûr »], assure <1 Dora Vannier>, [1:« mais il faudra le"
    " contrôler chaque année »].",
    "<1 Lucie Ferrand> est arrivée à neuf heures. [1:« Nous sommes prêts à signer »],"
    " a-t-elle ajouté.",
    "Selon <1 Ernest Tulle>, [1:« le marché ne pardonne pas à ceux qui attendent »].",
    "<1= Corvine> a fini l'année dans le rouge. [1:« Nous ferons mieux au prochain"
    " trimestre »], a indiqué l'entreprise.",
    '[1:"Nous avons perdu un match, pas le championnat"], commente <1 Jean Ballot>.',
    "<1 Carla Mousse> a qualifié le plan d'[1:« insulte à tous ceux qui travaillent"
    " ici »].",
    "[1:« Elle m'a dit : “Je ne crois personne”, et je la comprends »], raconte"
    " <1 Sarah Noble>.",
    "[1:« Le conseil ne peut pas décider seul.|« Il faut que tous votent. »], a écrit"
    " <1 Rémi Passe>.",
    "La maire <1 Irène Comte> est furieuse : [1:« Personne ne nous a prévenus. »]",
    "<1 Hugo Noir> baisse les yeux. [1:« Je me suis trompé »], dit-il.",
    "[1:« Trop tard ! »], lance <1 Olga Rive>.",
    "<1 Nora Petit> dirige la ferme depuis mai. Dans une lettre, <- Petit> écrit"
    " n'avoir [1:« aucune envie d'un nouveau combat »].",
    "[0:« La montagne n'a pas eu de neige pendant deux mois cette année. »] C'était"
    " peint sur un mur.",
    "Le soi-disant « modèle du lac » plaît aux investisseurs.",
    "« La Maison sur le Fleuve », le nouveau film d'<- Ada Prat>, sort vendredi.",
    "La bande des « malins » a été arrêtée à Nancy.",
    "Sa « retraite » a duré six semaines.",
    "— [1:Je ne reviendrai pas], dit <1 Anne Lorient>.",
)

ES = (
    "[1:«No cerraremos la planta»], dijo <1 Marta Silva> el lunes.",
    "<1 Pablo Rentero> explicó: [1:«Hacen falta tiempo y paciencia»].",
    "[1:«El puente es seguro»], aseguró <1 Dora Vela>, [1:«pero habrá que revisarlo"
    " cada año»].",
    "<1 Lucía Ferrán> llegó a las nueve. [1:«Estamos listos para firmar»], añadió.",
    "Según <1 Ernesto Tula>, [1:«el mercado no perdona a quien espera»].",
    "<1= Corvina> cerró el año en rojo. [1:“Lo haremos mejor el próximo trimestre”],"
    " señaló la empresa en un comunicado.",
    '[1:"Perdimos un partido, no la liga"], comenta <1 Gil Ballesta>.',
    "<1 Carla Mosca> calificó el plan de [1:«insulto a todos los que trabajan aquí»].",
    "[1:«Ella me dijo: “No me fío de nadie”, y la entiendo»], cuenta <1 Sara Noble>.",
    "[1:«El consejo no puede decidir solo.|»Todos deben votar»], escribió <1 Remo"
    " Paz>.",
    "La alcaldesa <1 Irene Conde> está furiosa: [1:«Nadie nos avisó»].",
    "<1 Hugo Prieto> no se esconde. [1:«Me equivoqué»], admitió <- Prieto>,"
    " [1:«y lo pagaré»].",
    "[1:«¡Demasiado tarde!»], exclamó <1 Olga Ribera>.",
    "<1 Nora Pita> dirige la granja desde mayo. En una carta, <- Pita> afirmó que no"
    " tenía [1:«ganas de otra pelea»].",
    "[0:«La montaña no tuvo nieve durante dos meses este año.»] Estaba pintado en un"
    " muro.",
    "El llamado «modelo del lago» gusta a los inversores.",
    "«La casa del río», la nueva película de <- Ada Prado>, se estrena el viernes.",
    "La banda de los «listos» cayó en Vigo.",
    "Su «retiro» duró seis semanas.",
    "—[1:No vuelvo] —dijo <1 Ana Lora>.",
)

TEXTS = {"it": IT, "en": EN, "de": DE, "fr": FR, "es": ES}
