# Tutte le parole del bot per chi scrive in italiano.

## Benvenuto e aiuto

description = Fammi una domanda: cerco la risposta nei documenti che conosco e te la do con le loro parole, insieme al passo da cui vengono. Se nei documenti la risposta non c’è, te lo dico.
short-description = Rispondo alle domande con le parole esatte dei documenti, e mostro sempre da quale passo vengono.
welcome =
    Ciao! Rispondo alle domande con le parole esatte dei documenti che conosco, e ti mostro sempre il passo da cui vengono. Se nei documenti la risposta non c’è, te lo dico.
welcome-group = Eccomi! Chiamatemi con /ask e la domanda, nominatemi, o rispondete a un mio messaggio: cerco la risposta nei documenti che conosco. Con /help vi racconto il resto.
welcome-suggestions = Scrivimi la tua domanda con parole tue, oppure comincia da qui:
ask-about-documents = Di cosa parlano i documenti?
asked-by-button = «{ $question }»
inline-hint = Scrivi la tua domanda…
inline-nothing = Nei documenti non lo trovo. Parliamone in privato
quoted = «{ $text }»
help =
    Scrivimi una domanda: cerco la risposta nei documenti e te la riporto con le loro parole. I numeri [1] [2] rimandano ai passi citati sotto la risposta; con i pulsanti in fondo li leggi per intero.

    In un gruppo chiamami con /ask e la domanda, nominami, oppure rispondi a un mio messaggio.

    Puoi continuare il discorso: dopo una risposta capisco anche «E quando?» o «Chi altro?». Con /new cambiamo argomento.
ask-usage = Scrivi la domanda dopo /ask, per esempio: /ask { $question } Oppure usa /ask per rispondere a un messaggio che contiene una domanda.
ask-usage-alone = Scrivi la domanda dopo /ask. Oppure usa /ask per rispondere a un messaggio che contiene una domanda.
mention-usage = Eccomi! Scrivi la domanda accanto al mio nome e cerco la risposta nei documenti.
doubt-usage = Per controllare un messaggio, rispondi a quel messaggio con «è vero?»: cerco se i documenti lo dicono. Le mie risposte sono parole dei documenti, e il passo da cui vengono è sempre lì sotto.
text-only = Per ora so leggere soltanto i messaggi di testo: scrivimi la domanda a parole e ci provo.
unknown-command = Non conosco questo comando. Con /help ti racconto che cosa so fare.

## Risposte

understood = L’ho intesa così: «{ $question }»
understood-after = L’ho intesa come seguito di «{ $question }».
draft-thinking = Ci sto pensando…
draft-reading = Sto leggendo «{ $title }»…
new-conversation = Va bene, ricominciamo da capo: ho dimenticato le domande di prima.
paragraph = dal paragrafo { NUMBER($number, useGrouping: 0) }
page =
    { $count ->
        [one] p. { $pages }
       *[other] pp. { $pages }
    }
also-in =
    anche in: { $titles }{ $more ->
        [0] {""}
        [one] {" "}e un altro
       *[other] {" "}e altri { $more }
    }
closest = Il passo più vicino:
off-topic-sources = Con /sources vedi di che cosa parlano i documenti.
suggestion = Prova a chiedermi: «{ $question }»
too-late = Scusami, mi sono dovuto fermare e la tua domanda è rimasta indietro per più di un’ora. Se ti serve ancora, mandamela di nuovo.
queue-full = Sono arrivate molte domande tutte insieme e non riesco a tenerle tutte. Rispondo alle prime; le altre vanno mandate di nuovo tra poco.
error = Mi dispiace, qualcosa non ha funzionato e non riesco a rispondere. Riprova tra poco.
button-expired = Questo pulsante non vale più. Scrivimi di nuovo la domanda o il comando, e avrai pulsanti nuovi.

## Passi e voti

open-closest = Apri il passo
passage-of = { $number } di { $count }
passage-before = ◀ Prima
passage-after = Dopo ▶
back-to-answer = ↩ Torna alla risposta
open-source = Apri la fonte ↗
passage-earlier = Da allora il documento è cambiato: così era quando ho risposto.
passage-moved = Da allora il documento è cambiato, ma queste parole ci sono ancora.
passage-changed = Da allora il documento è cambiato, e queste parole non ci sono più.
passage-gone = Questo documento non è più tra quelli che conosco.
passage-expired = Questo pulsante non vale più: conservo per { $days ->
        [one] un giorno
       *[other] { $days } giorni
    } quello che sta dietro a una risposta. Scrivimi di nuovo la domanda e avrai pulsanti nuovi.
link-expired = Di questa risposta non conservo più nulla: o { $days ->
        [one] è passato un giorno
       *[other] sono passati { $days } giorni
    }, o è stato tutto dimenticato con /forget. Scrivimi di nuovo la domanda.
answer-forgotten = Di questa risposta non conservo più nulla: è stato tutto dimenticato con /forget. Scrivimi di nuovo la domanda e avrai pulsanti nuovi.
members-only = Questo pulsante è solo per chi è nella chat in cui ho risposto.
passage-not-yours = Questo passo lo apre solo chi è nella chat in cui ho risposto.
voted-good = Grazie! 👍
voted-bad = Grazie. Che cosa non va? Scegli qui sotto.
voted-why = Grazie, mi è utile.
vote-wrong = È sbagliata
vote-incomplete = È incompleta
vote-not-asked = Non è ciò che chiedevo
vote-bad-source = La fonte è sbagliata

## Documenti

sources-none = Non conosco ancora nessun documento. Appena ne arriva uno, potrai chiedermi tutto quello che contiene.
sources-title =
    { $count ->
        [one] Conosco un documento:
       *[other] Conosco { $count } documenti:
    }
sources-passages =
    { $count ->
        [one] un passo
       *[other] { $count } passi
    }
sources-same-as = lo stesso testo di «{ $title }»

## Impostazioni di una chat

settings-title = Le impostazioni di questa chat
settings-language = Lingua: quella in cui parlo qui. «Automatica» vuol dire quella di chi scrive; alle domande rispondo nella lingua della domanda.
settings-sources = Documenti: quelli in cui cerco le risposte per questa chat.
settings-sources-gone = Ora è scelta la raccolta «{ $name }», che non ha più documenti: finché resta scelta, non trovo nulla.
settings-all-sources = Tutti i documenti
settings-for-admins = Le impostazioni le cambia chi amministra questa chat.
settings-chosen = Fatto.
language-auto = Automatica
language-it = Italiano
language-en = English

## Che cosa si conserva

privacy = Ecco che cosa conservo, perché e per quanto tempo.
privacy-kept =
    • Le ultime domande e i passi citati, per capire «E quando?»: { $minutes ->
        [one] un minuto
       *[other] { $minutes } minuti
    } dopo l’ultima domanda, o fino a /new.
    • Ogni risposta con la sua domanda, per riaprire i passi e capire che cosa manca nei documenti; e i 👍 👎 che dai: { $days ->
        [one] un giorno
       *[other] { $days } giorni
    }.
    • Un messaggio che aspetta la risposta, finché non l’ha avuta; poi, per una settimana, soltanto il suo numero e quello della chat.
    • Quello che hai scelto con /settings, finché non lo cambi; di un gruppo o canale anche il nome, finché mi ci tieni.
privacy-sums =
    • Totali giornalieri, per tre mesi: quante domande hanno avuto risposta, senza dire di chi; quante chiamate al modello e a che costo, per numero utente e chat. Nessuna parola.
    • Chi amministra il bot vede questi totali e le domande senza una buona risposta. Nei registri tecnici ci sono numeri di chat, mai le parole.
privacy-model = • La domanda, quelle prima a cui si appoggia e i passi trovati vanno al modello che scrive le risposte, sul server scelto da chi amministra il bot. Le ultime risposte scritte restano in memoria, senza nomi, fino al riavvio.
privacy-forget = Con /forget cancello subito tutto quello che riguarda te, in ogni chat.
forget-sure = Cancello le tue domande, anche quelle che aspettano risposta, le risposte che hai avuto, i tuoi voti, le tue impostazioni e il tuo numero utente dai totali giornalieri, in ogni chat. I messaggi che leggi qui su Telegram restano: quelli li cancelli tu. Procedo?
forget-yes = Sì, cancella tutto
forget-no = No, lascia stare
forget-not = Va bene, non ho cancellato nulla.
forget-failed = Mi dispiace, non sono riuscito a cancellare tutto: qualcosa di te potrei averlo ancora. Mandami di nuovo /forget tra poco.
forget-nobody = Chi scrive a nome del gruppo per me non è una persona: non ho nulla da cancellare.
forgotten = Fatto: di te non conservo più nulla.
forgotten-but-today = Fatto: di te non conservo più nulla, tranne quante chiamate al modello hai fatto oggi, che servono per il limite. Domani non saranno più di nessuno.
not-your-button = Questo pulsante è di chi ha scritto il comando.

## Ricarica dei documenti

admins-only = Questo comando è riservato a chi amministra il bot, che deve scriverlo di persona.
your-id = Il tuo numero utente è { NUMBER($id, useGrouping: 0) }.
in-private = Qui lo leggerebbero tutti: scrivimi in privato.
command-too-late = Mi dispiace, mi ero fermato e questo comando ha aspettato per più di un’ora. Se ti serve ancora, mandamelo di nuovo.
reload-usage = Scrivimi /reload, oppure /reload forza per usare comunque documenti che ho rifiutato.
reload-start = Rileggo i documenti…
reload-waiting = Sto ancora rileggendo i documenti: appena ho finito tocca a questo…
reload-reading = Leggo i documenti… { $done } di { $total }
reload-fetching = Leggo le pagine web… { $done } di { $total }
reload-embedding = Imparo i passi nuovi… { $done } di { $total }
reload-writing = Metto in ordine i passi… { $done } di { $total }
reload-checking = Controllo che tutto si ritrovi… { $done } di { $total }
reload-testing = Provo le tue domande… { $done } di { $total }
reload-swapping = Ci siamo quasi…
reload-stop = Ferma
reload-stopping = Mi fermo appena posso.
reload-unstoppable = È tardi per fermarmi: ho quasi finito.
reload-stopped = Mi sono fermato, e continuo a rispondere con i documenti di prima.
reload-changed = Fatto, in { $seconds } s. Ora conosco { $passages ->
        [one] un passo
       *[other] { $passages } passi
    }.
reload-same = Nessuna novità: i documenti sono gli stessi ({ $passages ->
        [one] un passo
       *[other] { $passages } passi
    }; { $seconds } s).
reload-added =
    { $count ->
        [one] Un documento nuovo
       *[other] { $count } documenti nuovi
    }
reload-updated =
    { $count ->
        [one] Un documento cambiato
       *[other] { $count } documenti cambiati
    }
reload-removed =
    { $count ->
        [one] Un documento tolto
       *[other] { $count } documenti tolti
    }
reload-skipped =
    { $count ->
        [one] Un documento lasciato da parte
       *[other] { $count } documenti lasciati da parte
    }
reload-stale =
    { $count ->
        [one] Un link non si lascia leggere: resta il testo di prima
       *[other] { $count } link non si lasciano leggere: resta il testo di prima
    }
reload-unchanged =
    { $count ->
        [one] Un altro documento è rimasto com’era.
       *[other] Altri { $count } documenti sono rimasti com’erano.
    }
reload-tested =
    { $count ->
        [one] La domanda di prova { $passed ->
            [0] non va
           *[other] va
        } bene.
       *[other] Delle { $count } domande di prova { $passed ->
            [0] non ne va bene nessuna
            [one] ne va bene una
           *[other] ne vanno bene { $passed }
        }.
    }
reload-lost =
    { $count ->
        [one] Una domanda andava bene e ora non più
       *[other] { $count } domande andavano bene e ora non più
    }
reload-failing =
    { $count ->
        [one] Una domanda non va ancora bene
       *[other] { $count } domande non vanno ancora bene
    }
reload-would-lose = Le domande che perderei
reload-gone =
    { $count ->
        [one] Un documento di cui parlano non c’è più
       *[other] { $count } documenti di cui parlano non ci sono più
    }
reload-refused =
    Con i documenti nuovi risponderei peggio: { $before ->
        [one] l’unica domanda di prova che oggi va bene andrebbe persa.
       *[other] delle { $before } domande di prova che oggi vanno bene ne perderei { $count }.
    } Quindi continuo a rispondere con quelli di prima.
reload-way-out =
    Sistema i documenti, oppure togli da questions.jsonl le domande che non valgono più, e mandami di nuovo /reload. Se invece va bene così, scrivimi: /reload forza
and-more =
    { $count ->
        [one] … e un altro
       *[other] … e altri { $count }
    }
reload-alike =
    { $count ->
        [one] Due documenti si somigliano molto
       *[other] { $count } coppie di documenti si somigliano molto
    }
reload-pair =
    { $first } e { $second }: { $share ->
        [100] le stesse frasi
       *[other] { $share }% in comune
    }
reload-wipe =
    Così perderei gran parte di quello che so: { $gone ->
        [0] {""}
        [one] un documento su { $sources }
       *[other] { $gone } documenti su { $sources }
    }{ $gone ->
        [0] {""}
       *[other] { $fewer ->
            [0] {""}
           *[other] {" "}e{" "}
        }
    }{ $fewer ->
        [0] {""}
        [one] un passo su { $passages }
       *[other] { $fewer } passi su { $passages }
    }. Potrebbe essere uno sbaglio, quindi continuo a rispondere con i documenti di prima.
reload-would-be-gone =
    { $count ->
        [one] Il documento che non ci sarebbe più
       *[other] I documenti che non ci sarebbero più
    }
reload-wipe-way-out = Guarda se nella cartella manca qualcosa, e mandami di nuovo /reload. Se invece va bene così, scrivimi: /reload forza
reload-anyway-sure = Uso comunque i documenti nuovi?
reload-anyway-yes = Usa comunque
reload-busy = I documenti sono già in fase di rilettura: aspetta che finisca, poi riprova.
reload-no-sources = Non ho trovato documenti da leggere, quindi continuo a rispondere con quelli di prima.
reload-failed = La rilettura non è riuscita, quindi continuo a rispondere con i documenti di prima.

## I documenti, da chi amministra il bot

sources-characters =
    { $count ->
        [one] un carattere
       *[other] { $count } caratteri
    }
sources-changed = cambiato: { $day }
sources-seen = letto: { $day }
documents-refused = Non si può: { $reason }
because = Il motivo: { $reason }
add-refused = Non posso aggiungere «{ $name }»: { $reason }
add-usage =
    Mandami un file e te lo aggiungo ai documenti. Oppure scrivi /add e un titolo, e dalla riga dopo il testo; /add e un link; o /add in risposta a un messaggio.
add-offer = Aggiungo «{ $name }» ai documenti?
add-replace = «{ $name }» c’è già. Metto questo al suo posto?
add-yes = Aggiungi
add-replace-yes = Sostituisci
add-too-large = È troppo grande: da Telegram posso prendere file fino a { $limit } MB. Mettilo tu nella cartella dei documenti e mandami /reload.
add-lost = Telegram non mi dà più quel file: mandamelo di nuovo.
add-taken-back = Ho tolto «{ $name }»: continuo con i documenti di prima.
add-anyway-sure = Uso lo stesso il file nuovo?
add-put-back = Ho rimesso al suo posto «{ $name }» com’era prima.
add-stays = Non sono riuscito a togliere «{ $name }»: la prossima volta lo leggerò, se non lo togli con /remove. Il motivo: { $reason }
add-not-read = Finché non mi mandi /reload, però, rispondo senza «{ $name }».
add-not-back = Non sono riuscito a rimettere «{ $name }» com’era prima: rimandami il documento di prima. Il motivo: { $reason }
add-others = Può non dipendere da «{ $name }»: nella cartella è cambiato anche altro ({ $others }). Mandami /reload e decidi prima di quello, poi riprova.
remove-usage = Scrivi /remove e il numero, il nome o il titolo di un documento: li trovi con /sources. Va bene anche un link che mi avevi dato.
remove-unknown = Non conosco nessun documento «{ $name }». Guarda /sources.
remove-several = Ce n’è più d’uno: scrivimi il nome intero o il numero.
remove-sure = Tolgo «{ $title }» ({ $path }) dai documenti? Il file viene cancellato.
remove-link-sure = Tolgo il link { $link }? Quello che ne ho letto non sarà più tra i documenti.
remove-yes = Togli
remove-taken-back = Ho rimesso «{ $path }» al suo posto. Lo tolgo lo stesso?
remove-anyway-yes = Togli lo stesso
remove-lost = Non sono riuscito a rimettere «{ $path }» al suo posto: rimandamelo. Il motivo: { $reason }
remove-failed = Ho rimesso «{ $path }» al suo posto.
confirm-no = Lascia stare
confirm-left = Va bene, lascio tutto com’è.
confirm-expired = Questa domanda non vale più. Mandami di nuovo il comando.

## Che cosa non va in un documento, in un link o nell’archivio: sta dopo i due punti

fault-empty = è vuoto. Scrivici qualcosa e riprova.
fault-kind = non è un tipo di file che so leggere. Leggo { $kinds }: salvalo in uno di questi formati.
fault-old-kind = è in un formato che non leggo. Salvalo come { $newer } e riprova.
fault-too-large = è più grande di { $megabytes } MB. Dividilo in file più piccoli.
fault-too-long = ha più di { $millions } milioni di caratteri. Dividilo in file più piccoli.
fault-encoding = non riesco a leggerne le lettere. Salvalo come testo UTF-8 e riprova.
fault-binary = non è un file di testo, anche se dal nome sembrerebbe. Salvalo come testo e riprova.
fault-damaged = il file è rovinato, o non è del tipo che dice il nome. Aprilo, salvalo di nuovo e riprova.
fault-password = è protetto da una password. Toglila e riprova.
fault-password-or-old = è protetto da una password, oppure è in un formato vecchio. Salvalo di nuovo, senza password.
fault-copy-protected = è protetto contro la copia. Me ne serve una copia senza protezione.
fault-unpacks = una volta aperto è troppo grande. Dividilo in file più piccoli.
fault-scan = è una scansione: vedo le pagine, ma non il testo. Passaci il riconoscimento del testo (OCR) e riprova.
fault-no-text = non ci trovo testo: forse sono solo immagini. Mandami il testo e riprova.
fault-no-page-text = nella pagina non trovo testo. Copialo in un file e aggiungi quello.
fault-no-table = non è una tabella che so leggere. Salvala di nuovo come CSV.
fault-not-installed = per leggere i file { $suffix } mi manca un pezzo. Va installato con: pip install 'passo[documents]'
fault-slow = ci metto troppo tempo a leggerlo. Dividilo in file più piccoli.
fault-memory = è troppo pesante per me. Dividilo in file più piccoli.
fault-broke = non riesco a leggerlo fino in fondo. Aprilo e salvalo di nuovo, oppure dividilo.
fault-unreadable = non riesco ad aprirlo. Controlla che io abbia il permesso di leggerlo.
fault-unwritable = non riesco a scrivere sul disco. Controlla che io abbia il permesso e che il disco sia a posto.
fault-disk-full = sul disco non c’è più posto. Liberane un po’ e riprova.
fault-linked-folder = è un collegamento a un’altra cartella. Metti qui la cartella vera.
fault-leads-out = è un collegamento che porta fuori dalla cartella dei documenti. Copia qui il file.
fault-not-regular = non è un vero file, o è un collegamento a qualcosa che non c’è. Toglilo.
fault-file-name = ha un nome che non riesco a leggere. Cambiaglielo.
fault-same-name = si chiama come «{ $other }», solo scritto in un altro modo. Cambiagli nome.
fault-name = un documento non può avere questo nome. Usa lettere, cifre, spazi, trattini e punti.
fault-name-leads-out = questo nome porta fuori dalla cartella dei documenti. Scegline un altro.
fault-name-is-folder = c’è già una cartella con questo nome. Scegline un altro.
fault-no-document = non c’è nessun documento «{ $name }». Guarda /sources.
fault-no-folder = la cartella dei documenti non c’è. Creala e mettici dei documenti.
fault-unreadable-folder = non riesco ad aprire la cartella dei documenti. Controlla che ci sia e che io abbia il permesso di leggerla.
fault-vanished = «{ $name }» è sparito mentre leggevo. Controlla che la cartella dei documenti sia al completo e riprova.
fault-no-documents = la cartella dei documenti è vuota. Mettici dei file: leggo { $kinds }.
fault-none-readable = non c’è un solo documento che io riesca a leggere. Il primo è «{ $name }»: { $cause }
fault-none-fetched = non ho ancora letto nessun link. Mandami /reload.
fault-no-sentence = nei documenti non c’è nemmeno una frase. Scrivici qualcosa e riprova.
fault-questions = non riesco a leggere le domande di prova. Salva il file come testo UTF-8 e riprova.
fault-question = la riga { $line } non è una domanda di prova come la aspetto. Correggila e riprova.
fault-not-a-link = non è un link che so seguire. Copialo di nuovo dal browser.
fault-link-long = il link ha più di { $most } caratteri. Cercane uno più corto.
fault-scheme = leggo solo i link che cominciano con http:// o https://.
fault-link-password = nel link c’è un nome utente o una password. Toglili e riprova.
fault-port = il link passa dalla porta { $port }, che non è permessa. Usane un altro, oppure permettila in FETCH_PORTS.
fault-internal = il link porta in una rete privata, dove non entro. Se è quello che vuoi, permetti il suo server in FETCH_ALLOW_HOSTS.
fault-known-link = questo link c’è già ({ $place }).
fault-many-links = ci sono già { $most } link, e più di così non ne seguo. Togline qualcuno e riprova.
fault-no-link = non conosco questo link. Guarda /sources.
fault-other-list = questo link è scritto in { $place }. Toglilo da lì.
fault-list-unreadable = non riesco a leggere { $name }. Sistemalo, oppure toglilo.
fault-same-page = porta alla stessa pagina di { $place }. Togli uno dei due.
fault-surplus = è di troppo: seguo al massimo { $most } link.
fault-leads-on = il link rimanda altrove, dove non posso seguirlo: { $cause }
fault-circles = il link rimanda troppe volte da una pagina all’altra. Dammi quello della pagina d’arrivo.
fault-slow-server = il sito ci mette troppo a rispondere. Riprova più tardi.
fault-unreachable = non riesco a raggiungere il sito. Controlla il link, o riprova più tardi.
fault-breaks-off = il sito interrompe la risposta a metà. Riprova più tardi.
fault-not-there = la pagina non c’è ({ $status }). Correggi il link, oppure toglilo.
fault-not-let-in = il sito non mi lascia entrare ({ $status }). Salva la pagina in un file e aggiungi quello.
fault-left-alone = il sito chiede un po’ di pace. Riprova più tardi.
fault-fails = il sito ha un guasto ({ $status }). Riprova più tardi.
fault-media = quello a cui porta non lo so leggere. Dammi una pagina, un feed o un documento.
fault-garbled = la risposta del sito è illeggibile. Riprova più tardi, o salva la pagina in un file e aggiungi quello.
fault-large-page = la pagina è più grande di { $megabytes } MB. Cercane una più piccola.
fault-robots = il sito chiede ai programmi di non leggere questa pagina. Salvala in un file e aggiungi quello.
fault-no-entries = in questo feed non c’è ancora niente. Dammene un altro, o riprova più tardi.
fault-entry = non riesco a leggere «{ $title }»: { $cause }
fault-entries = di questo feed non riesco a leggere nemmeno un articolo. Prova con un altro.
fault-no-time = non ho fatto in tempo a leggerlo. Mandami di nuovo /reload.
fault-unexpected = non riesco a leggere la pagina. Riprova più tardi, oppure togli il link.
fault-kept = { $cause } Per ora tengo il testo che ho (letto: { $day }).
fault-busy = i documenti sono già in fase di rilettura. Aspetta che finisca, poi riprova.
fault-store = qualcosa non va nei file in cui tengo i documenti. Riprova; se succede ancora, il perché è nei registri del bot.
fault-cut-short = chi rileggeva i documenti si è fermato a metà. Riprova; se succede ancora, forse manca memoria.
fault-store-damaged = i file di quella versione dei documenti sono rovinati. Mandami /reload e li rifaccio.
fault-misfit = quella versione l’ho letta con altre impostazioni, e non la so più usare. Mandami /reload.
fault-model = il servizio con cui leggo i testi nuovi non risponde. Controlla OPENAI_API_KEY, OPENAI_BASE_URL e OPENAI_EMBEDDING_MODEL.
fault-regression =
    { $count ->
        [one] perderei una
       *[other] perderei { $count }
    } delle { $before } domande di prova che oggi vanno bene.
fault-wipe = perderei gran parte di quello che so ({ $share }%).
fault-failed = qualcosa è andato storto. Riprova; se succede ancora, il perché è nei registri del bot.

## Domande senza risposta

gaps-usage = Scrivi /gaps, oppure /gaps e di quanti giorni, per esempio: /gaps 7
gaps-none =
    { $days ->
        [one] Nell’ultimo giorno ho saputo rispondere a tutto.
       *[other] Negli ultimi { $days } giorni ho saputo rispondere a tutto.
    }
gaps-title =
    { $count ->
        [one] Una domanda senza una buona risposta
       *[other] { $count } domande senza una buona risposta
    }{ $days ->
        [one] {" "}nell’ultimo giorno:
       *[other] {" "}negli ultimi { $days } giorni:
    }
gaps-counts =
    { $refused ->
        [0] { $unhappy } 👎
       *[other] { $refused ->
            [one] una volta senza risposta
           *[other] { $refused } volte senza risposta
        }{ $unhappy ->
            [0] {""}
           *[other] , { $unhappy } 👎
        }
    }
gaps-file = Tutte in un file
gaps-file-name = domande-senza-risposta.csv
column-question = Domanda
column-refused = Volte senza risposta
column-unhappy = 👎
column-first = La prima volta
column-last = L’ultima volta
column-reasons = Che cosa non andava

## Perché una risposta

why-usage = Rispondi con /why a una mia risposta, e ti dico com’è nata.
why-unknown = Di questo messaggio non so più niente: o non è una mia risposta, o è stata dimenticata con /forget, o è passato troppo tempo.
why-ended =
    { $status ->
        [answered] Ho risposto
        [partial] Ho risposto in parte
       *[other] Non ho risposto
    }, sicurezza { $sure }%
why-took = In { $ms } ms
why-fallback =
    Il modello non l’ha scritta: { $reason ->
        [unavailable] non rispondeva, o non ha fatto in tempo
        [unfinished] ha cominciato e non ha finito
        [unverified] niente di quello che ha scritto stava nei documenti
       *[budget] la spesa permessa era finita
    }
why-generation = Documenti letti: { $at }
why-other-generation = (ora quelli letti: { $at })
why-place = caratteri { $start }–{ $end }
why-cited = Citati
why-closest = Il più vicino
why-ranked = Trovati allora, dal più vicino (in grassetto i citati)
why-found = Trovati cercando adesso, con quanto è probabile che rispondano

## Gruppi e canali

seen-called =
    Eccomi! In questo gruppo vedo solo i messaggi rivolti a me: /ask e la domanda, il mio nome ({ $bot }) o la risposta a un mio messaggio. Per farmi domande non serve altro.

    Se volete che risponda anche alle domande nei commenti ai post di un canale, fatemi amministratore del gruppo.
seen-all =
    Eccomi! In questo gruppo leggo tutti i messaggi, ma parlo solo quando mi chiamate: con /ask e la domanda, con il mio nome ({ $bot }) o rispondendo a un mio messaggio.

    Se preferite che non veda gli altri messaggi: chi amministra il bot scriva /setprivacy a @BotFather, scelga Enable, poi mi tolga dal gruppo e mi aggiunga di nuovo.
seen-admin =
    Eccomi! Da amministratore del gruppo leggo tutti i messaggi, ma parlo solo quando mi chiamate: con /ask e la domanda, con il mio nome ({ $bot }) o rispondendo a un mio messaggio.

    Se preferite che veda solo i messaggi rivolti a me, toglietemi da amministratore: risponderò lo stesso.
seen-channel =
    Eccomi! In questo canale leggo tutti i post, e rispondo a quelli che cominciano con /ask o contengono il mio nome ({ $bot }).

    Se volete che risponda anche nei commenti, aggiungetemi al gruppo di discussione del canale.
muted-group = Nel gruppo «{ $title }» non posso scrivere. Perché risponda, un amministratore del gruppo deve darmi il permesso di inviare messaggi.
muted-channel = Nel canale «{ $title }» non posso pubblicare. Perché risponda, un amministratore del canale deve darmi il permesso di pubblicare messaggi.
not-allowed-here = Grazie dell’invito! Qui però non posso ancora rispondere: ho chiesto il permesso a chi amministra il bot. In privato invece sono sempre a disposizione.
not-decided-here = Qui non posso ancora rispondere: deve deciderlo chi amministra il bot. In privato invece sono sempre a disposizione.
denied-here = Qui non posso rispondere: ha deciso così chi amministra il bot. In privato invece sono sempre a disposizione.
ask-to-allow = Mi hanno aggiunto a «{ $title }» ({ NUMBER($id, useGrouping: 0) }), che non è tra le chat permesse (ALLOWED_CHATS). Posso rispondere lì?
allow = Sì, rispondi
deny = No
allowed-now = D’accordo: in «{ $title }» rispondo.
denied-now = D’accordo: in «{ $title }» non rispondo.
allowed-beforehand = D’accordo: se mi aggiungono al gruppo o canale { $title }, rispondo. Finora non lo conosco, quindi controlla che il numero sia quello giusto.
denied-beforehand = D’accordo: se mi aggiungono al gruppo o canale { $title }, non rispondo. Finora non lo conosco, quindi controlla che il numero sia quello giusto.

posts-refused = I nuovi post dei canali non sono entrati nei documenti: continuo a rispondere con quelli di prima. Mandami /reload e ti dico perché.
ask-to-read = Chi amministra il canale «{ $title }» ({ $address }) vorrebbe che leggessi i suoi post come fonte, quelli nuovi e quelli modificati. Da lì in poi potrei citarli nelle risposte. Va bene?
channel-yes = Sì, leggili
channel-no = No
channel-on = D’accordo: i post nuovi e modificati di «{ $title }» diventano una fonte.
channel-off = D’accordo: i nuovi post di «{ $title }» non sono una fonte.
channel-posts-sure =
    { $count ->
        [one] Un post che ho già letto resta tra i documenti ({ $folder }). Lo tolgo? Il file verrà cancellato.
       *[other] { $count } post che ho già letto restano tra i documenti ({ $folder }). Li tolgo? I file verranno cancellati.
    }
channel-posts-left =
    Il canale «{ $title }» non vuole più essere una fonte. { $count ->
        [one] Un post che ho già letto resta tra i documenti.
       *[other] { $count } post che ho già letto restano tra i documenti.
    }
channel-posts-offer = Togli i post…
channel-posts-none = Tra i documenti non c’è più nessun post di questo canale.
channel-posts-yes = Togli i post
channel-asked = Ho chiesto il permesso a chi amministra il bot, e aspetto la risposta.
channel-is-source-here = I post di questo canale sono tra le mie fonti: leggo quelli nuovi e quelli modificati da ora in poi.
channel-off-here = Va bene, i nuovi post di questo canale non li leggo più come fonte. Quelli già letti può toglierli chi amministra il bot.
channel-usage-here = Scrivete /channel sources on perché legga i post di questo canale come fonte, /channel sources off perché smetta.
channel-usage = Scrivimi /channel, l’@nome, il link o il numero del canale, poi sources on oppure sources off, per esempio: /channel @notizie sources on
channel-unknown = Non conosco nessun canale «{ $name }». Prima devi farmi amministratore del canale.
channel-denied = In «{ $title }» non rispondo, e quindi non ne leggo nemmeno i post. Prima scrivimi: /allow { NUMBER($id, useGrouping: 0) }
channel-line-on = { $title }: i suoi post sono una fonte
channel-line-off = { $title }: i suoi post non sono una fonte

## Lo stato del bot, i gruppi, le versioni

rollback-none = Non ho una versione precedente dei documenti a cui tornare.
rollback-sure = Rispondo in base ai documenti letti: { $now }. Torno a quelli di prima, letti: { $then }? Al prossimo /reload li rileggo tutti.
rollback-leave =
    { $count ->
        [one] Un documento non ci sarà più:
       *[other] { $count } documenti non ci saranno più:
    }
rollback-return =
    { $count ->
        [one] Un documento tornerà:
       *[other] { $count } documenti torneranno:
    }
rollback-revert =
    { $count ->
        [one] Un documento sarà com’era prima:
       *[other] { $count } documenti saranno com’erano prima:
    }
rollback-same = I documenti sono gli stessi in tutte e due le versioni.
rollback-yes = Torna indietro
rollback-done = Fatto: ora rispondo in base ai documenti di prima (letti: { $then }). Con /reload rileggo quelli di adesso.
health-generation = Rispondo in base ai documenti (letti: { $at })
health-no-generation = Non ho documenti in cui cercare le risposte
health-holds = { $sources ->
        [one] Un documento
       *[other] { $sources } documenti
    }, { $passages ->
        [one] un passo
       *[other] { $passages } passi
    }
health-previous = Versione di prima (letti: { $at })
health-damaged = I file dei documenti sono rovinati
health-mending = Li sto rifacendo dai documenti: ti avviso quando ho finito.
health-not-mended = Non riesco a rifarli: { $reason }
health-reading = Sto rileggendo i documenti.
health-model = Le risposte le scrive un modello.
health-no-model = Rispondo con le parole dei documenti, senza modello.
health-waiting = { $count ->
        [0] Nessun messaggio in attesa.
        [one] Un messaggio in attesa.
       *[other] { $count } messaggi in attesa.
    }
health-running = Sono in funzione da { $time }.
chats-none = Non conosco ancora nessun gruppo o canale.
chats-title = Rispondo qui (✓) e qui no (✗). Per cambiare: /allow o /deny e il numero o l’@nome.
chat-unknown = Non conosco «{ $name }». Scrivi il numero del gruppo o canale, il suo @nome o un link: con /allow vedi quelli che conosco.
chats-called = Questo nome può darselo chiunque: rimandami il comando con il numero di quello che intendi.

## Statistiche

stats-today = Oggi
stats-days = Ultimi { $days } giorni
stats-usage = Scrivi /stats, oppure /stats e di quanti giorni, fino a { $most }, per esempio: /stats 7
stats-questions = { $count ->
        [0] Nessuna domanda
        [one] Una domanda: { $answered ->
            [0] senza risposta
           *[other] con risposta
        }
       *[other] { $count } domande: { $answered } con risposta, { $refused } senza
    }
stats-written = Scritte dal modello: { $count }; al suo posto le parole dei documenti: { $fallbacks }
stats-calls = Chiamate al modello: { $count }; token letti { $input }, scritti { $output }
stats-cost = Costo: { NUMBER($dollars, minimumFractionDigits: 2, maximumFractionDigits: 4) } $
stats-unpriced = { $count ->
        [one] Di una chiamata non conosco il prezzo: aggiungilo al file dei prezzi (PRICES).
       *[other] Di { $count } chiamate non conosco il prezzo: aggiungilo al file dei prezzi (PRICES).
    }
stats-top = Chi chiede di più (numero utente e chiamate): { $users }
stats-total-left = Per oggi restano { NUMBER($left, minimumFractionDigits: 2, maximumFractionDigits: 4) } $ di { NUMBER($total, minimumFractionDigits: 2, maximumFractionDigits: 4) } $.
stats-user-calls = { $count ->
        [0] Nessun limite di chiamate a persona.
        [one] Limite: una chiamata al giorno a persona.
       *[other] Limite: { $count } chiamate al giorno a persona.
    }

## Avvisi a chi amministra

outage-key = Il modello che scrive le risposte rifiuta la chiave (OPENAI_API_KEY). Intanto rispondo con le parole dei documenti.
outage-model = Il server non conosce il modello che scrive le risposte (OPENAI_MODEL, OPENAI_BASE_URL). Intanto rispondo con le parole dei documenti.
outage-limit = Il modello che scrive le risposte non accetta altro: troppe richieste, o credito finito. Intanto rispondo con le parole dei documenti.
outage-server = Il modello che scrive le risposte ha un guasto. Intanto rispondo con le parole dei documenti.
outage-connection = Il modello che scrive le risposte non è raggiungibile. Intanto rispondo con le parole dei documenti.
outage-slow = Il modello che scrive le risposte non fa in tempo. Intanto rispondo con le parole dei documenti.
damage = I file in cui tengo i documenti si sono rovinati. Li rifaccio adesso, e intanto rispondo con quelli di prima.
damage-no-answers = I file in cui tengo i documenti si sono rovinati, e non ne ho altri in cui cercare le risposte. Li rifaccio adesso: ti avviso quando ho finito.
damage-over = I file dei documenti sono di nuovo a posto.
outage-over = Il modello che scrive le risposte è tornato.
resync-done = Ho riletto i documenti e ne conosco le novità.
resync-trouble = Ho riletto i documenti: nessuna novità, ma qualcosa non va.
resync-refused = Ho riletto i documenti, ma quelli nuovi vogliono il tuo sì: continuo con quelli di prima. Mandami /reload per decidere. Il motivo: { $reason }
resync-failed = Non sono riuscito a rileggere i documenti: continuo con quelli di prima. Il motivo: { $reason }

## Menu dei comandi

menu-ask = Fai una domanda sui documenti
menu-new = Ricominciamo da capo
menu-sources = I documenti che conosco
menu-help = Come usarmi
menu-settings = Le impostazioni di questa chat
menu-privacy = Che cosa conservo di te
menu-forget = Cancella quello che conservo di te
menu-reload = Rileggi i documenti
menu-add = Aggiungi un documento
menu-remove = Togli un documento
menu-rollback = Torna ai documenti di prima
menu-health = Come sto
menu-allow = Rispondi in un gruppo
menu-deny = Non rispondere in un gruppo
menu-channel = I canali che leggo come fonte
menu-gaps = Domande senza risposta
menu-why = Com’è nata una risposta
menu-stats = Quante domande, e com’è andata
