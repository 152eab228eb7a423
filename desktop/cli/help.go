package cli

import (
	"fmt"
	"strings"
)

func overview() string {
	b := &strings.Builder{}
	b.WriteString("hanaper keeps public servants' messages on the record\n\n")
	for _, c := range commands() {
		fmt.Fprintf(b, "  hanaper %-26s %s\n", c.use, c.short)
	}
	b.WriteString("\nEverything is judged on this computer. Records leave it only with 'hanaper deliver', to a place you added.\n" + exitHelp)
	return b.String()
}

const exitHelp = `
Exit codes
  0  check: every message may go (allow, notice); verify: every record is good
  1  check: a message needs a second look (warn, justify, block); verify: a record has a problem;
     search: nothing was found
  2  the command line, the settings or a pack is wrong; nothing was done
  3  some input could not be read or judged (wins over 1)
`

func helpText(name string) string {
	for _, c := range commands() {
		if c.name == name {
			return "hanaper " + c.use + "\n\n" + details[name]
		}
	}
	return ""
}

var details = map[string]string{
	"check": `Judges messages before they are sent. Each FILE holds one message as plain UTF-8
text; a .json file holds one draft, a .jsonl file one draft a line (schema/draft.schema.json).
Without FILE, or for -, standard input is read: one message, or with --jsonl one draft a line.

  --jsonl            write one verdict a line (schema/verdict.schema.json), in the order of the
                     drafts, as soon as each is judged; a line that cannot be read gives a verdict
                     "unknown" whose error names the place, and the next line is read.
                     A line may be 8 MiB long, a body 1 MiB
  --explain          also say why: the row of every decision table with what it was asked and, where
                     the row says something, its clauses in the source's own words; what was seen
                     and how surely, the model's figures beside the packs' thresholds, its words,
                     and what to take out; with --jsonl as the member "explain"
  --sarif            write SARIF 2.1.0 for code hosts and editors
  --pack ID          judge by this rule book; repeat for several (hanaper packs lists them).
                     Without it, uk-nccc-2023 or what the settings name
  --pack-file FILE   judge by a rule book or overlay of your own as well: its YAML, compiled or signed;
                     repeat for several
  --trust KEY        a rule book signed by this public key (base64, or a file with it) counts as
                     signed; repeat for several. Others can make a verdict stricter, never milder
  --device D         managed, byod_managed, unmanaged or unknown, for drafts that do not say
  --channel ID       where it is written (whatsapp, gmail, ...), for drafts that do not say
  --chat-scope S     work, mixed, personal or unset, for drafts that do not say
  --settings FILE    settings as JSON: role, organisation, authorisations, approved channels
  --at TIME          judge as of this time, RFC 3339; otherwise the draft's own, otherwise now
  --lang en|fr       language of the texts
  --color WHEN       auto, always or never; auto is: on a terminal, unless NO_COLOR is set
` + exitHelp,
	"verify": `Checks kept records, from .eml files or from the JSON part alone. It recomputes the record's
id, checks the signature where there is one, the digests of attached files, the five fields, and
that the readable part of an .eml says what the record says. A mail server may have wrapped or
encoded the parts anew. What is shown is that a record was not changed since it was kept; not
who wrote the messages, nor that they are true.

  --id ID            the record must have this id (sha256:...)
  --key KEY          the signature must be by this public key, base64 of 32 bytes
  --proof FILE       the record must be in a vault's tree, as this proof of 'hanaper vault proof' says
  --log-key KEY      the key of the vault's checkpoints ('hanaper vault status' shows it)
  --checkpoint FILE  check a saved checkpoint instead: its signature, and with --vault that the
                     vault still holds everything it held then, unchanged
  --vault DIR        check a whole vault instead: every record, file, hash and checkpoint
  --json             write one report a line (docs/cli.md)
  --lang en|fr       language of the words
  --color WHEN       auto, always or never
` + exitHelp,
	"import": `Reads exported WhatsApp chats (the text, or the zip with its files; Android, iPhone, or copied
from the browser), mail (.eml, .mbox) and transcripts, judges every message and shows what should
be kept. Nothing is kept until you say which: run it, look, and run it again with --keep and a
choice. What was kept before is left alone, so an import that broke off is simply done again, and
a longer export of the same chat adds what is new. - reads a pasted text from standard input.

  --dates O          order of day, month and year in the file: dmy, mdy or ymd; needed where the
                     file itself does not decide it
  --zone Z           where the phone's clock stood: Europe/London, +01:00 or unknown; otherwise
                     this computer's place
  --chat TITLE       the chat's title, where the file's name does not say it
  --me NAME          which of the people you are: a name, number or address as in the file;
                     repeat for several

  --choose N,N-N     the messages with these numbers; all for everything somebody wrote
  --duty D,D         those judged capture, consider, transitory, none or unknown
  --since DAY        from this day on, YYYY-MM-DD
  --until DAY        up to this day
                     (several of these: what fits all of them)
  --keep             keep the chosen messages as records
  --context N        with each the N messages before it, marked as context
  --to NAME          to whom, where the file does not say; "Name <address>"; repeat for several
  --subject TEXT     subject of the records, otherwise the mail's, or the chat and first words
  --by NAME          who keeps them, otherwise you (--me)
  --series TEXT      place in the file plan
  --note TEXT        your judgement, in your words
  --vault DIR        the vault they go to, otherwise the usual one
  --into DIR         write .eml files into a folder instead

  --watch            list what may be imported in a folder, and wait for more; imports nothing
  --json             write a line of JSON for the file, each message and the result (docs/cli.md)
  --pack ID          judge by this rule book; repeat for several
  --pack-file FILE   judge by a rule book or overlay of your own as well
  --trust KEY        a rule book signed by this public key counts as signed
  --device D         managed, byod_managed, unmanaged or unknown: of the device they were sent from
  --channel ID       where they were sent, where the file does not say
  --chat-scope S     work, mixed, personal or unset
  --settings FILE    settings as JSON
  --at TIME          judge as of this time, otherwise each message's own
  --lang en|fr       language of the words
  --color WHEN       auto, always or never

A transcript is a text of your own:

  Transcript: Team North
  Channel: signal
  To: Ann Example <ann@dept.example>; +44 7700 900456
  Zone: +01:00

  2026-11-22 14:03 Ann Example: The lease is approved.
    Please sign today.
    [file: lease.pdf]
  2026-11-22 14:05 +44 7700 900456: Done.

Exit codes: 0 done; 1 a chosen message was not kept, or not all of it; 2 nothing was done;
3 a file or a message could not be read or judged.
`,
	"search": searchHelp,
	"vault":  vaultHelp(),
	"packs": `Lists the rule books that come with hanaper: source, version, review date. With an ID, its clauses.

  --json             write the list as JSON
  --at TIME          tell what is overdue as of this time, RFC 3339
  --lang en|fr       language of the clauses
`,
	"bridge":      bridgeHelp(),
	"deliver":     deliverHelp,
	"export":      exportHelp,
	"destination": destinationHelp(),
	"hold":        holdHelp(),
	"request":     requestHelp(),
	"pack":        packHelp(),
	"version":     "Prints the version, the Go version and the platform.\n",
	"help":        "Explains a command.\n",
}
