// The page's own words, in the language of whoever one is.

const count = (one, other) => (n) => `${n} ${n === 1 ? one : other}`;

const IT = {
  skip: "Vai al messaggio da scrivere",
  "you-are": "Chi sei",
  chats: "Chat",
  topics: "Argomenti",
  messages: "Messaggi",
  back: "Torna alle chat",
  "to-end": "Vai agli ultimi messaggi",
  general: "Generale",
  bot: "bot",
  members: count("membro", "membri"),
  subscribers: count("iscritto", "iscritti"),
  comments: count("commento", "commenti"),
  comment: "Commenta",
  "comments-of": "Commenti",
  unread: count("messaggio non letto", "messaggi non letti"),
  typing: "sta scrivendo…",
  thinking: "ci sta pensando",
  offline: "Connessione persa, riprovo…",
  empty: "Qui non c’è ancora nessun messaggio.",
  "what-it-does": "Che cosa fa questo bot?",
  start: "Avvia",
  placeholder: "Scrivi un messaggio",
  "placeholder-post": "Scrivi un post",
  "placeholder-comment": "Scrivi un commento",
  send: "Invia",
  save: "Salva",
  attach: "Allega un file",
  commands: "Comandi",
  "read-only": "Qui scrivono solo gli amministratori.",
  cancel: "Annulla",
  "reply-to": (name) => `Rispondi a ${name}`,
  editing: "Modifica il messaggio",
  "too-big": "Il file è troppo grande: al massimo 20 MB.",
  "not-sent": (reason) => `Non si può inviare: ${reason}`,
  edited: "modificato",
  you: "Tu",
  "forwarded-from": (name) => `Inoltrato da ${name}`,
  "show-all": "Mostra tutto",
  "show-less": "Mostra meno",
  "show-hidden": "Mostra il testo nascosto",
  "deleted-message": "Messaggio eliminato",
  file: "File",
  actions: "Azioni sul messaggio",
  reply: "Rispondi",
  quote: "Rispondi citando la selezione",
  edit: "Modifica",
  copy: "Copia il testo",
  copied: "Copiato",
  delete: "Elimina",
  react: (emoji) => `Reagisci con ${emoji}`,
  reacted: (emoji, names) => `${emoji}: ${names}`,
  "about-bot": "Il bot in questa chat",
  "block-bot": "Blocca il bot",
  "unblock-bot": "Sblocca il bot",
  "add-bot": "Aggiungi il bot",
  "remove-bot": "Togli il bot",
  "promote-bot": "Rendi il bot amministratore",
  "demote-bot": "Togli al bot i poteri",
  close: "OK",
  "no-answer": "Il bot non ha risposto al pulsante.",
  "no-such-chat": "Questo link porta fuori dalla prova.",
  joined: (names) => `${names} è nel gruppo`,
  left: (name) => `${name} ha lasciato il gruppo`,
  "topic-opened": (name) => `Argomento aperto: ${name}`,
  migrated: "Il gruppo è diventato un supergruppo",
  service: "Messaggio di servizio",
  says: (name, text) => `${name}: ${text}`,
};

const EN = {
  skip: "Go to the message to write",
  "you-are": "Who you are",
  chats: "Chats",
  topics: "Topics",
  messages: "Messages",
  back: "Back to the chats",
  "to-end": "Go to the last messages",
  general: "General",
  bot: "bot",
  members: count("member", "members"),
  subscribers: count("subscriber", "subscribers"),
  comments: count("comment", "comments"),
  comment: "Comment",
  "comments-of": "Comments",
  unread: count("unread message", "unread messages"),
  typing: "is typing…",
  thinking: "thinking it over",
  offline: "Connection lost, trying again…",
  empty: "There are no messages here yet.",
  "what-it-does": "What can this bot do?",
  start: "Start",
  placeholder: "Write a message",
  "placeholder-post": "Write a post",
  "placeholder-comment": "Write a comment",
  send: "Send",
  save: "Save",
  attach: "Attach a file",
  commands: "Commands",
  "read-only": "Only admins write here.",
  cancel: "Cancel",
  "reply-to": (name) => `Reply to ${name}`,
  editing: "Edit the message",
  "too-big": "The file is too big: 20 MB at most.",
  "not-sent": (reason) => `This can’t be sent: ${reason}`,
  edited: "edited",
  you: "You",
  "forwarded-from": (name) => `Forwarded from ${name}`,
  "show-all": "Show all",
  "show-less": "Show less",
  "show-hidden": "Show the hidden text",
  "deleted-message": "Deleted message",
  file: "File",
  actions: "Message actions",
  reply: "Reply",
  quote: "Reply quoting the selection",
  edit: "Edit",
  copy: "Copy the text",
  copied: "Copied",
  delete: "Delete",
  react: (emoji) => `React with ${emoji}`,
  reacted: (emoji, names) => `${emoji}: ${names}`,
  "about-bot": "The bot in this chat",
  "block-bot": "Block the bot",
  "unblock-bot": "Unblock the bot",
  "add-bot": "Add the bot",
  "remove-bot": "Remove the bot",
  "promote-bot": "Make the bot an admin",
  "demote-bot": "Take the bot’s rights away",
  close: "OK",
  "no-answer": "The bot didn’t answer the button.",
  "no-such-chat": "This link leads out of the sandbox.",
  joined: (names) => `${names} is in the group`,
  left: (name) => `${name} has left the group`,
  "topic-opened": (name) => `Topic opened: ${name}`,
  migrated: "The group has become a supergroup",
  service: "Service message",
  says: (name, text) => `${name}: ${text}`,
};

export const WORDS = { it: IT, en: EN };

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

let language = "it";

/** Speak a person's language: Italian to Italians, English to everyone else. */
export function speak(languageCode) {
  language = languageCode?.startsWith("it") ? "it" : "en";
  document.documentElement.lang = language;
  for (const named of document.querySelectorAll("[data-word]")) {
    named.textContent = say(named.dataset.word);
  }
  for (const labelled of document.querySelectorAll("[data-label]")) {
    labelled.setAttribute("aria-label", say(labelled.dataset.label));
  }
}

/** Words by their key, around what is given. */
export function say(key, ...given) {
  const words = WORDS[language][key];
  return typeof words === "function" ? words(...given) : words;
}

/** A time of day, from Unix time in seconds. */
export function timeOf(date) {
  return new Date(date * 1000).toLocaleTimeString(language, CLOCK);
}

/** A day, from Unix time in seconds. */
export function dayOf(date) {
  return new Date(date * 1000).toLocaleDateString(language, { day: "numeric", month: "long" });
}
