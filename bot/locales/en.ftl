# All the bot's words for people who don't write in Italian.

## Welcome and help

description = Ask me a question: I look for the answer in the documents I know and give it to you in their words, with the passage they come from. If the answer isn’t there, I say so.
short-description = I answer questions in the exact words of the documents, and always show the passage they come from.
welcome =
    Hello! I answer questions with the exact words of the documents I know, and I always show you the passage they come from. If the answer isn’t there, I say so.
welcome-group = Here I am! Call me with /ask and your question, mention me, or reply to one of my messages: I look for the answer in the documents I know. /help tells you the rest.
welcome-suggestions = Write me your question in your own words, or begin here:
ask-about-documents = What are the documents about?
asked-by-button = “{ $question }”
inline-hint = Type your question…
inline-nothing = It isn’t in the documents. Ask me in private
quoted = “{ $text }”
help =
    Write me a question: I look for the answer in the documents and bring it to you in their words. The numbers [1] [2] point to the passages quoted below the answer; the buttons at the bottom open them in full.

    In a group, call me with /ask and your question, mention me, or reply to one of my messages.

    You can go on from an answer: I understand “And when?” or “Who else?” too. With /new we change the subject.
ask-usage = Write your question after /ask, for example: /ask { $question } Or use /ask to reply to a message with a question in it.
ask-usage-alone = Write your question after /ask. Or use /ask to reply to a message with a question in it.
mention-usage = Here I am! Write your question next to my name and I’ll look for the answer in the documents.
doubt-usage = To have a message checked, reply to that message with “is it true?”: I look whether the documents say so. My own answers are the documents’ words, and the passage they come from is always right below.
text-only = For now I can only read text messages: put your question in words and I’ll try.
unknown-command = I don’t know this command. /help tells you what I can do.

## Answers

understood = I took it as: “{ $question }”
understood-after = I took it as going on from “{ $question }”.
draft-thinking = Let me think…
draft-reading = I’m reading “{ $title }”…
new-conversation = All right, we start afresh: I’ve forgotten the questions before.
paragraph = from paragraph { NUMBER($number, useGrouping: 0) }
page =
    { $count ->
        [one] p. { $pages }
       *[other] pp. { $pages }
    }
also-in =
    also in: { $titles }{ $more ->
        [0] {""}
        [one] {" "}and one more
       *[other] {" "}and { $more } more
    }
closest = The closest passage:
off-topic-sources = Send me /sources to see what the documents are about.
suggestion = You could ask me: “{ $question }”
too-late = Sorry, I had to stop, and your question was left waiting for more than an hour. If you still need it, please send it again.
queue-full = Many questions came at once and I can’t hold them all. I’ll answer the first ones; please send the others again in a little while.
error = I’m sorry, something went wrong and I can’t answer. Please try again in a little while.
button-expired = This button no longer works. Send me the question or the command again and you’ll get new ones.

## Passages and votes

open-closest = Open the passage
passage-of = { $number } of { $count }
passage-before = ◀ Previous
passage-after = Next ▶
back-to-answer = ↩ Back to the answer
open-source = Open the source ↗
passage-earlier = The document has changed since; this is how it was when I answered.
passage-moved = The document has changed since, but these words are still in it.
passage-changed = The document has changed since, and these words are no longer in it.
passage-gone = This document is no longer among those I know.
passage-expired = This button no longer works: I keep what is behind an answer for { $days ->
        [one] one day
       *[other] { $days } days
    }. Send me the question again and you’ll get new ones.
link-expired = I keep nothing behind this answer any more: { $days ->
        [one] one day has
       *[other] { $days } days have
    } passed, or it was forgotten with /forget. Send me the question again.
answer-forgotten = I keep nothing behind this answer any more: it was forgotten with /forget. Send me the question again and you’ll get new buttons.
members-only = This button is only for those who are in the chat where I answered.
passage-not-yours = Only those who are in the chat where I answered can open this passage.
voted-good = Thank you! 👍
voted-bad = Thank you. What is wrong with it? Choose below the answer.
voted-why = Thank you, that helps.
vote-wrong = It’s wrong
vote-incomplete = It’s incomplete
vote-not-asked = It’s not what I asked
vote-bad-source = The source is wrong

## Documents

sources-none = I don’t know any documents yet. As soon as one arrives, you can ask me about everything in it.
sources-title =
    { $count ->
        [one] I know one document:
       *[other] I know { $count } documents:
    }
sources-passages =
    { $count ->
        [one] one passage
       *[other] { $count } passages
    }
sources-same-as = the same text as “{ $title }”

## Settings of a chat

settings-title = The settings of this chat
settings-language = Language: the one I speak here. “Automatic” is that of whoever writes; questions are answered in the language of the question.
settings-sources = Documents: those I look for answers in for this chat.
settings-sources-gone = The collection “{ $name }” is chosen now, and has no documents any more: while it stays so, I find nothing.
settings-all-sources = All documents
settings-for-admins = The settings are changed by those who run this chat.
settings-chosen = Done.
language-auto = Automatic
language-it = Italiano
language-en = English

## What is kept

privacy = This is what I keep, why, and for how long.
privacy-kept =
    • The last questions and the passages quoted, so that I understand “And when?”: { $minutes ->
        [one] one minute
       *[other] { $minutes } minutes
    } after the last question, or until /new.
    • Each answer with its question, to open passages again and to learn what the documents lack; and your 👍 👎: { $days ->
        [one] one day
       *[other] { $days } days
    }.
    • A message that waits for its answer, until it has it; then, for a week, just its number and the chat’s.
    • What you chose with /settings, until you change it; of a group or channel its name too, as long as you keep me there.
privacy-sums =
    • Daily totals, for three months: how many questions were answered, not whose; how many calls to the model and their cost, by user number and chat. No words.
    • Those who run the bot see these totals, and the questions without a good answer. Technical logs hold chat numbers, never words.
privacy-model = • Your question, those before that it leans on, and the passages found go to the model that writes the answers, on a server chosen by those who run the bot. The last written answers stay in memory, without names, until the next start.
privacy-forget = With /forget I delete at once all that is about you, in every chat.
forget-sure = I’ll delete your questions, those that wait for an answer too, the answers you had, your votes, your settings, and your user number in the daily totals, in every chat. The messages you read here on Telegram stay: those are yours to delete. Shall I?
forget-yes = Yes, delete it all
forget-no = No, leave it
forget-not = All right, nothing has been deleted.
forget-failed = I’m sorry, I couldn’t delete everything: I may still keep something about you. Please send me /forget again in a little while.
forget-nobody = Whoever writes as the group is nobody in person to me: there is nothing to delete.
forgotten = Done: I keep nothing about you any more.
forgotten-but-today = Done: I keep nothing about you any more, but for how many calls to the model you made today, which the limit needs. Tomorrow they will be nobody’s.
not-your-button = This button belongs to whoever wrote the command.

## Reloading the documents

admins-only = This command is only for those who run the bot, writing in their own name.
your-id = Your user number is { NUMBER($id, useGrouping: 0) }.
in-private = Everybody could read it here: write to me in private.
command-too-late = Sorry, I had to stop, and this command was left waiting for more than an hour. If you still need it, please send it again.
reload-usage = Write /reload, or /reload force to use documents that I refused all the same.
reload-start = Reading the documents again…
reload-waiting = I’m still reading the documents: this comes next…
reload-reading = Reading the documents… { $done } of { $total }
reload-fetching = Reading web pages… { $done } of { $total }
reload-embedding = Learning the new passages… { $done } of { $total }
reload-writing = Putting the passages in order… { $done } of { $total }
reload-checking = Checking that everything can be found… { $done } of { $total }
reload-testing = Trying your questions… { $done } of { $total }
reload-swapping = Almost there…
reload-stop = Stop
reload-stopping = I’ll stop as soon as I can.
reload-unstoppable = It’s too late to stop: I’m nearly done.
reload-stopped = I’ve stopped, and go on answering from the documents I had.
reload-changed = Done, in { $seconds } s. Now I know { $passages ->
        [one] one passage
       *[other] { $passages } passages
    }.
reload-same = Nothing new: the documents are the same ({ $passages ->
        [one] one passage
       *[other] { $passages } passages
    }; { $seconds } s).
reload-added =
    { $count ->
        [one] One new document
       *[other] { $count } new documents
    }
reload-updated =
    { $count ->
        [one] One document changed
       *[other] { $count } documents changed
    }
reload-removed =
    { $count ->
        [one] One document removed
       *[other] { $count } documents removed
    }
reload-skipped =
    { $count ->
        [one] One document left out
       *[other] { $count } documents left out
    }
reload-stale =
    { $count ->
        [one] One link can’t be read: its text stays as it was
       *[other] { $count } links can’t be read: their texts stay as they were
    }
reload-unchanged =
    { $count ->
        [one] One other document stayed as it was.
       *[other] { $count } other documents stayed as they were.
    }
reload-tested =
    { $count ->
        [one] The test question { $passed ->
            [0] doesn’t pass
           *[other] passes
        }.
       *[other] Of { $count } test questions, { $passed ->
            [0] none passes
            [one] one passes
           *[other] { $passed } pass
        }.
    }
reload-lost =
    { $count ->
        [one] One question passed before and doesn’t any more
       *[other] { $count } questions passed before and don’t any more
    }
reload-failing =
    { $count ->
        [one] One question doesn’t pass yet
       *[other] { $count } questions don’t pass yet
    }
reload-would-lose = The questions I would lose
reload-gone =
    { $count ->
        [one] A document they are about is gone
       *[other] { $count } documents they are about are gone
    }
reload-refused =
    The new documents would make me answer worse: { $before ->
        [one] the only test question that passes today would be lost.
       *[other] of the { $before } test questions that pass today, I would lose { $count }.
    } So I go on answering from the ones I had.
reload-way-out =
    Correct the documents, or delete from questions.jsonl the questions that no longer apply, and send me /reload again. If it’s fine as it is, write: /reload force
and-more =
    { $count ->
        [one] … and one more
       *[other] … and { $count } more
    }
reload-alike =
    { $count ->
        [one] Two documents are very much alike
       *[other] { $count } pairs of documents are very much alike
    }
reload-pair =
    { $first } and { $second }: { $share ->
        [100] the same sentences
       *[other] { $share }% in common
    }
reload-wipe =
    I would lose much of what I know: { $gone ->
        [0] {""}
        [one] one document out of { $sources }
       *[other] { $gone } documents out of { $sources }
    }{ $gone ->
        [0] {""}
       *[other] { $fewer ->
            [0] {""}
           *[other] {" "}and{" "}
        }
    }{ $fewer ->
        [0] {""}
        [one] one passage out of { $passages }
       *[other] { $fewer } passages out of { $passages }
    }. It may be a mistake, so I go on answering from the documents I had.
reload-would-be-gone =
    { $count ->
        [one] The document that would be gone
       *[other] The documents that would be gone
    }
reload-wipe-way-out = Look whether something is missing from the folder, and send me /reload again. If it’s fine as it is, write: /reload force
reload-anyway-sure = Shall I use the new documents anyway?
reload-anyway-yes = Use them anyway
reload-busy = The documents are already being read again: wait until that is over, then try again.
reload-no-sources = I found no documents to read, so I go on answering from the ones I had.
reload-failed = Reading the documents again didn’t work, so I go on answering from the ones I had.

## Documents, by those who run the bot

sources-characters =
    { $count ->
        [one] one character
       *[other] { $count } characters
    }
sources-changed = changed on { $day }
sources-seen = read on { $day }
documents-refused = That can’t be done: { $reason }
because = The reason: { $reason }
add-refused = I can’t add “{ $name }”: { $reason }
add-usage =
    Send me a file and I’ll add it to the documents. Or write /add and a title, and the text from the next line on; /add and a link; or /add as a reply to a message.
add-offer = Shall I add “{ $name }” to the documents?
add-replace = “{ $name }” is there already. Shall I put this one in its place?
add-yes = Add it
add-replace-yes = Replace it
add-too-large = It is too large: Telegram lets me have files of up to { $limit } MB. Put it into the documents’ folder yourself and send me /reload.
add-lost = Telegram doesn’t give me that file any more: please send it again.
add-taken-back = I removed “{ $name }”: I go on with the documents there were.
add-anyway-sure = Shall I use the new file all the same?
add-put-back = I put “{ $name }” back as it was before.
add-stays = I couldn’t take “{ $name }” away again: I’ll read it the next time, unless you /remove it. The reason: { $reason }
add-not-read = But until you send me /reload, I answer without “{ $name }”.
add-not-back = I couldn’t put “{ $name }” back as it was: send me the document of before again. The reason: { $reason }
add-others = It may not be because of “{ $name }”: more has changed in the folder ({ $others }). Send me /reload and decide on that first, then try again.
remove-usage = Write /remove and the number, name or title of a document: /sources has them. A link you gave me will do, too.
remove-unknown = I know no document “{ $name }”. Have a look at /sources.
remove-several = There is more than one: write the whole name, or the number.
remove-sure = Shall I remove “{ $title }” ({ $path }) from the documents? The file will be deleted.
remove-link-sure = Shall I take out the link { $link }? What I have read from it will no longer be among the documents.
remove-yes = Remove it
remove-taken-back = I put “{ $path }” back in its place. Shall I remove it all the same?
remove-anyway-yes = Remove it anyway
remove-lost = I couldn’t put “{ $path }” back in its place: send it to me again. The reason: { $reason }
remove-failed = I put “{ $path }” back in its place.
confirm-no = Leave it
confirm-left = All right, everything stays as it is.
confirm-expired = This question no longer stands. Please send me the command again.

## What is wrong with a document, a link or the store: it stands behind a colon

fault-empty = it is empty. Write something in it and try again.
fault-kind = it is not a kind of file I can read. I read { $kinds }: save it as one of these.
fault-old-kind = it is in a format I don’t read. Save it as { $newer } and try again.
fault-too-large = it is larger than { $megabytes } MB. Split it into smaller files.
fault-too-long = it has more than { $millions } million characters. Split it into smaller files.
fault-encoding = I can’t make out its letters. Save it as UTF-8 text and try again.
fault-binary = it is not a text file, though its name says so. Save it as text and try again.
fault-damaged = the file is damaged, or not of the kind its name says. Open it, save it again, and try again.
fault-password = it is protected by a password. Take it off and try again.
fault-password-or-old = it is protected by a password, or in an old format. Save it anew, without a password.
fault-copy-protected = it is protected against copying. I need a copy without that.
fault-unpacks = once opened, it is too large. Split it into smaller files.
fault-scan = it is a scan: I see the pages, but no text. Run text recognition (OCR) over it and try again.
fault-no-text = I find no text in it: maybe it is pictures alone. Send me the text and try again.
fault-no-page-text = I find no text in the page. Copy it into a file and add that.
fault-no-table = it is not a table I can read. Save it as CSV anew.
fault-not-installed = to read { $suffix } files, I lack a part. It is installed by: pip install 'passo[documents]'
fault-slow = it takes me too long to read. Split it into smaller files.
fault-memory = it is too heavy for me. Split it into smaller files.
fault-broke = I can’t read it to its end. Open it and save it again, or split it.
fault-unreadable = I can’t open it. See that I’m allowed to read it.
fault-unwritable = I can’t write to the disk. See that I’m allowed to, and that the disk is well.
fault-disk-full = there is no room left on the disk. Make some and try again.
fault-linked-folder = it is a link to another folder. Put the folder itself here.
fault-leads-out = it is a link that leads out of the documents’ folder. Copy the file here.
fault-not-regular = it is not a proper file, or a link to something that isn’t there. Remove it.
fault-file-name = it has a name I can’t read. Rename it.
fault-same-name = it has the same name as “{ $other }”, only written otherwise. Rename it.
fault-name = a document can’t have this name. Use letters, digits, spaces, hyphens and dots.
fault-name-leads-out = this name leads out of the documents’ folder. Choose another.
fault-name-is-folder = there is a folder of this name already. Choose another.
fault-no-document = there is no document “{ $name }”. See /sources.
fault-no-folder = the documents’ folder isn’t there. Create it and put documents in it.
fault-unreadable-folder = I can’t open the documents’ folder. See that it is there and that I’m allowed to read it.
fault-vanished = “{ $name }” vanished while I was reading. See that the documents’ folder is whole and try again.
fault-no-documents = the documents’ folder is empty. Put files in it: I read { $kinds }.
fault-none-readable = there is not one document I can read. The first is “{ $name }”: { $cause }
fault-none-fetched = I haven’t read any link yet. Send me /reload.
fault-no-sentence = there is not one sentence in the documents. Write something in them and try again.
fault-questions = I can’t read the test questions. Save the file as UTF-8 text and try again.
fault-question = line { $line } is not a test question as I expect one. Mend it and try again.
fault-not-a-link = it is not a link I can follow. Copy it again from the browser.
fault-link-long = the link has more than { $most } characters. Look for a shorter one.
fault-scheme = I only read links that begin with http:// or https://.
fault-link-password = there is a user name or a password in the link. Take it out and try again.
fault-port = the link leads to port { $port }, which isn’t allowed. Use another, or allow it in FETCH_PORTS.
fault-internal = the link leads into a private network, where I don’t go. If you mean it, allow its server in FETCH_ALLOW_HOSTS.
fault-known-link = this link is there already ({ $place }).
fault-many-links = there are { $most } links already, and I follow no more. Take some out and try again.
fault-no-link = I don’t know this link. See /sources.
fault-other-list = this link is written in { $place }. Take it out there.
fault-list-unreadable = I can’t read { $name }. Mend it or remove it.
fault-same-page = it leads to the same page as { $place }. Take out one of the two.
fault-surplus = it is one too many: I follow { $most } links at most.
fault-leads-on = the link leads on to where I can’t follow: { $cause }
fault-circles = the link leads on from page to page too many times. Give me that of the last page.
fault-slow-server = the site takes too long to answer. Try again later.
fault-unreachable = I can’t reach the site. Check the link, or try again later.
fault-breaks-off = the site breaks off in the middle of its answer. Try again later.
fault-not-there = the page isn’t there ({ $status }). Correct the link or take it out.
fault-not-let-in = the site doesn’t let me in ({ $status }). Save the page as a file and add that.
fault-left-alone = the site wants some peace. Try again later.
fault-fails = the site is in trouble ({ $status }). Try again later.
fault-media = it leads to something I can’t read. Give me a page, a feed or a document.
fault-garbled = I can’t make sense of the site’s answer. Try again later, or save the page as a file and add that.
fault-large-page = the page is larger than { $megabytes } MB. Look for a smaller one.
fault-robots = the site asks programs not to read this page. Save it as a file and add that.
fault-no-entries = there is nothing in this feed yet. Give me another, or try again later.
fault-entry = I can’t read “{ $title }”: { $cause }
fault-entries = of this feed I can’t read a single entry. Try another.
fault-no-time = there was no time left to read it. Send me /reload again.
fault-unexpected = I can’t read the page. Try again later, or take the link out.
fault-kept = { $cause } For now I keep the text of { $day }.
fault-busy = the documents are being read already. Wait until that is done, then try again.
fault-store = something is wrong with the files I keep the documents in. Try again; if it happens again, the bot’s log says why.
fault-cut-short = what was reading the documents stopped half way. Try again; if it happens again, there may be too little memory.
fault-store-damaged = the files of that version of the documents are damaged. Send me /reload and I’ll make them anew.
fault-misfit = I read that version with other settings, and can’t use it any more. Send me /reload.
fault-model = the service I read new texts with doesn’t answer. Check OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_EMBEDDING_MODEL.
fault-regression =
    { $count ->
        [one] I would lose one
       *[other] I would lose { $count }
    } of the { $before } test questions that pass today.
fault-wipe = I would lose much of what I know ({ $share }%).
fault-failed = something went wrong. Try again; if it happens again, the bot’s log says why.

## Questions without an answer

gaps-usage = Write /gaps, or /gaps and of how many days, for example: /gaps 7
gaps-none =
    { $days ->
        [one] In the last day I could answer everything.
       *[other] In the last { $days } days I could answer everything.
    }
gaps-title =
    { $count ->
        [one] One question without a good answer
       *[other] { $count } questions without a good answer
    }{ $days ->
        [one] {" "}in the last day:
       *[other] {" "}in the last { $days } days:
    }
gaps-counts =
    { $refused ->
        [0] { $unhappy } 👎
       *[other] { $refused ->
            [one] not answered once
           *[other] not answered { $refused } times
        }{ $unhappy ->
            [0] {""}
           *[other] , { $unhappy } 👎
        }
    }
gaps-file = All in a file
gaps-file-name = unanswered-questions.csv
column-question = Question
column-refused = Times not answered
column-unhappy = 👎
column-first = First asked
column-last = Last asked
column-reasons = What was wrong

## Why an answer

why-usage = Reply to one of my answers with /why, and I’ll tell you how it came about.
why-unknown = I know nothing about this message any more: it isn’t an answer of mine, it was forgotten with /forget, or too much time has passed.
why-ended =
    { $status ->
        [answered] Answered
        [partial] Answered in part
       *[other] Not answered
    }, { $sure }% sure
why-took = In { $ms } ms
why-fallback =
    The model didn’t write it: { $reason ->
        [unavailable] it didn’t answer, or not in time
        [unfinished] it began and didn’t end
        [unverified] nothing of what it wrote stood in the documents
       *[budget] there was nothing left to spend
    }
why-generation = From the documents read on { $at }
why-other-generation = (now they are those read on { $at })
why-place = characters { $start }–{ $end }
why-cited = Cited
why-closest = The closest
why-ranked = Found then, closest first (cited ones in bold)
why-found = Found when searching now, and how likely each is to answer

## Groups and channels

seen-called =
    Here I am! In this group I only see the messages meant for me: /ask and a question, my name ({ $bot }), or a reply to a message of mine. You need nothing more to ask me things.

    If I should also answer questions in the comments on a channel’s posts, make me an administrator of the group.
seen-all =
    Here I am! In this group I read all messages, but I only speak when you call me: with /ask and a question, with my name ({ $bot }), or by replying to a message of mine.

    If you’d rather I didn’t see the others: whoever runs the bot should send /setprivacy to @BotFather, choose Enable, then take me out of the group and add me again.
seen-admin =
    Here I am! As an administrator of this group I read all messages, but I only speak when you call me: with /ask and a question, with my name ({ $bot }), or by replying to a message of mine.

    If I should only see the messages meant for me, take my administrator rights away: I’ll answer all the same.
seen-channel =
    Here I am! In this channel I read all posts, and answer those that begin with /ask or have my name ({ $bot }) in them.

    If I should answer in the comments too, add me to the channel’s discussion group.
muted-group = I can’t write in the group “{ $title }”. For me to answer, one of the group’s administrators has to allow me to send messages.
muted-channel = I can’t post in the channel “{ $title }”. For me to answer, one of the channel’s administrators has to allow me to post messages.
not-allowed-here = Thanks for the invitation! I can’t answer here yet, though: I’ve asked those who run the bot for permission. In private you can always write to me.
not-decided-here = I can’t answer here yet: that is for those who run the bot to decide. In private you can always write to me.
denied-here = I can’t answer here: those who run the bot have decided so. In private you can always write to me.
ask-to-allow = I was added to “{ $title }” ({ NUMBER($id, useGrouping: 0) }), which isn’t among the chats that are allowed (ALLOWED_CHATS). May I answer there?
allow = Yes, answer
deny = No
allowed-now = All right: I answer in “{ $title }”.
denied-now = All right: I don’t answer in “{ $title }”.
allowed-beforehand = All right: if I’m added to the group or channel { $title }, I’ll answer there. I don’t know it yet, so check that the number is right.
denied-beforehand = All right: if I’m added to the group or channel { $title }, I won’t answer there. I don’t know it yet, so check that the number is right.

posts-refused = The new posts of channels didn’t make it into the documents: I go on answering from the ones I had. Send me /reload and I’ll tell you why.
ask-to-read = The administrators of the channel “{ $title }” ({ $address }) would like me to read its posts as a source, the new and the edited ones. From then on I could quote them in answers. Is that all right?
channel-yes = Yes, read them
channel-no = No
channel-on = All right: new and edited posts of “{ $title }” become a source.
channel-off = All right: I won’t read new posts of “{ $title }” as a source.
channel-posts-sure =
    { $count ->
        [one] One post that I have read is still among the documents ({ $folder }). Shall I remove it? The file will be deleted.
       *[other] { $count } posts that I have read are still among the documents ({ $folder }). Shall I remove them? The files will be deleted.
    }
channel-posts-left =
    The channel “{ $title }” no longer wants to be a source. { $count ->
        [one] One post that I have read is still among the documents.
       *[other] { $count } posts that I have read are still among the documents.
    }
channel-posts-offer = Remove the posts…
channel-posts-none = None of this channel’s posts is among the documents any more.
channel-posts-yes = Remove the posts
channel-asked = I’ve asked those who run the bot for permission, and I’m waiting for their answer.
channel-is-source-here = This channel’s posts are among my sources: I read the new and the edited ones from now on.
channel-off-here = All right, I no longer read this channel’s new posts as a source. Those who run the bot can remove what I have read.
channel-usage-here = Write /channel sources on to have me read this channel’s posts as a source, /channel sources off to have me stop.
channel-usage = Write /channel, the channel’s @name, link or number, then sources on or sources off, for example: /channel @news sources on
channel-unknown = I know no channel “{ $name }”. Make me an administrator of it first.
channel-denied = I don’t answer in “{ $title }”, so I don’t read its posts either. First write: /allow { NUMBER($id, useGrouping: 0) }
channel-line-on = { $title }: its posts are a source
channel-line-off = { $title }: its posts aren’t a source

## How the bot is, groups, versions

rollback-none = I have no earlier version of the documents to go back to.
rollback-sure = I answer from the documents as I read them on { $now }. Shall I go back to how they were before, on { $then }? The next /reload reads them all again.
rollback-leave =
    { $count ->
        [one] One document will be gone:
       *[other] { $count } documents will be gone:
    }
rollback-return =
    { $count ->
        [one] One document will be back:
       *[other] { $count } documents will be back:
    }
rollback-revert =
    { $count ->
        [one] One document will be as it was before:
       *[other] { $count } documents will be as they were before:
    }
rollback-same = The documents are the same in both versions.
rollback-yes = Go back
rollback-done = Done: I answer from the documents as I read them on { $then }. /reload reads today’s again.
health-generation = I answer from the documents read on { $at }
health-no-generation = I have no documents to look for answers in
health-holds = { $sources ->
        [one] One document
       *[other] { $sources } documents
    }, { $passages ->
        [one] one passage
       *[other] { $passages } passages
    }
health-previous = Before: those read on { $at }
health-damaged = The documents’ files are damaged
health-mending = I’m making them anew from the documents: I’ll tell you when I’m done.
health-not-mended = I can’t make them anew: { $reason }
health-reading = I’m reading the documents again.
health-model = A model writes the answers.
health-no-model = I answer in the documents’ own words, without a model.
health-waiting = { $count ->
        [0] No messages waiting.
        [one] One message waiting.
       *[other] { $count } messages waiting.
    }
health-running = I’ve been running for { $time }.
chats-none = I don’t know any groups or channels yet.
chats-title = I answer here (✓) and not here (✗). To change that: /allow or /deny and the number or the @name.
chat-unknown = I don’t know “{ $name }”. Write the number of the group or channel, its @name or a link: /allow lists those I know.
chats-called = Anybody can take this name: send me the command with the number of the one you mean.

## Statistics

stats-today = Today
stats-days = The last { $days } days
stats-usage = Write /stats, or /stats and of how many days, up to { $most }, for example: /stats 7
stats-questions = { $count ->
        [0] No questions
        [one] One question: { $answered ->
            [0] not answered
           *[other] answered
        }
       *[other] { $count } questions: { $answered } answered, { $refused } not
    }
stats-written = Written by the model: { $count }; the documents’ words instead: { $fallbacks }
stats-calls = Calls to the model: { $count }; tokens read { $input }, written { $output }
stats-cost = Cost: ${ NUMBER($dollars, minimumFractionDigits: 2, maximumFractionDigits: 4) }
stats-unpriced = { $count ->
        [one] I don’t know the price of one call: add it to the file of prices (PRICES).
       *[other] I don’t know the price of { $count } calls: add it to the file of prices (PRICES).
    }
stats-top = Who asks most (user number and calls): { $users }
stats-total-left = Left for today: ${ NUMBER($left, minimumFractionDigits: 2, maximumFractionDigits: 4) } of ${ NUMBER($total, minimumFractionDigits: 2, maximumFractionDigits: 4) }.
stats-user-calls = { $count ->
        [0] No limit on each person’s calls.
        [one] Limit: one call a day for each person.
       *[other] Limit: { $count } calls a day for each person.
    }

## Notices to those who run the bot

outage-key = The model that writes the answers refuses the key (OPENAI_API_KEY). Meanwhile I answer with the documents’ words.
outage-model = The server doesn’t know the model that writes the answers (OPENAI_MODEL, OPENAI_BASE_URL). Meanwhile I answer with the documents’ words.
outage-limit = The model that writes the answers says stop: too many requests, or no credit left. Meanwhile I answer with the documents’ words.
outage-server = The model that writes the answers is out of order. Meanwhile I answer with the documents’ words.
outage-connection = The model that writes the answers can’t be reached. Meanwhile I answer with the documents’ words.
outage-slow = The model that writes the answers takes too long. Meanwhile I answer with the documents’ words.
damage = The files I keep the documents in are damaged. I’m making them anew, and answer from the ones before meanwhile.
damage-no-answers = The files I keep the documents in are damaged, and I have no others to answer from. I’m making them anew: I’ll tell you when it’s done.
damage-over = The files of the documents are in order again.
outage-over = The model that writes the answers is back.
resync-done = I’ve read the documents again and know what is new.
resync-trouble = I’ve read the documents again: nothing new, but something is wrong.
resync-refused = I’ve read the documents again, but the new ones need your yes: I go on with those from before. Send me /reload to decide. The reason: { $reason }
resync-failed = I could not read the documents again: I go on with those from before. The reason: { $reason }

## Command menus

menu-ask = Ask a question about the documents
menu-new = Start afresh
menu-sources = The documents I know
menu-help = How to use me
menu-settings = The settings of this chat
menu-privacy = What I keep about you
menu-forget = Delete what I keep about you
menu-reload = Read the documents again
menu-add = Add a document
menu-remove = Remove a document
menu-rollback = Back to the documents before
menu-health = How I’m doing
menu-allow = Answer in a group
menu-deny = Be silent in a group
menu-channel = The channels I read as a source
menu-gaps = Questions without an answer
menu-why = How an answer came about
menu-stats = How many questions, and how they went
