package whatsapp

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"hanaper/desktop/importer/chat"
)

// locale is how a phone writes an export: the oracle writes synthetic chats in it,
// and the reader must give the same chats back.
type locale struct {
	name     string
	language string
	stamp    func(t time.Time) string // all before the name
	attached string                   // %s is the name
	omitted  string
	deleted  string
	edited   string
	call     string
	system   string // %s is a name
	subject  string
	order    Order
}

const lrm = "\u200e"

func layout(l string) func(time.Time) string {
	return func(t time.Time) string { return t.Format(l) }
}

// half writes the marker of the half day in the phone's own way.
func half(l, am, pm string) func(time.Time) string {
	return func(t time.Time) string {
		word := am
		if t.Hour() >= 12 {
			word = pm
		}
		return strings.ReplaceAll(t.Format(l), "@", word)
	}
}

var locales = []locale{
	{"en-GB Android", "en", layout("02/01/2006, 15:04 - "), lrm + "%s (file attached)", "<Media omitted>", "This message was deleted", "<This message was edited>", "Missed voice call", "%s joined using this group's invite link", "%s changed the subject from \"a: b\" to \"c: d\"", DMY},
	{"en-US Android", "en", half("1/2/06, 3:04\u202f@ - ", "AM", "PM"), "%s (file attached)", "<Media omitted>", "You deleted this message", "<This message was edited>", "Missed video call", "%s left", "%s changed the group name from \"a: b\" to \"c\"", MDY},
	{"en-US iPhone", "en", half("[1/2/06, 3:04:05\u202f@] ", "AM", "PM"), "<attached: %s>", "image omitted", "This message was deleted.", "<This message was edited>", "Missed voice call", "%s left", "%s changed the subject to “c: d”", MDY},
	{"en-GB iPhone", "en", layout("[02/01/2006, 15:04:05] "), "<attached: %s>", "document omitted", "You deleted this message.", "<This message was edited>", "Missed voice call", "%s added you", "%s changed this group's icon", DMY},
	{"en-CA Android", "en", half("2006-01-02, 3:04\u202f@ - ", "a.m.", "p.m."), "%s (file attached)", "<Media omitted>", "This message was deleted", "<This message was edited>", "Missed voice call", "%s removed Bob", "%s changed the subject to \"x\"", YMD},
	{"fr Android", "fr", layout("02/01/2006, 15:04 - "), "%s (fichier joint)", "<Médias omis>", "Ce message a été supprimé", "<Ce message a été modifié>", "Appel vocal manqué", "%s a quitté le groupe", "%s a changé le sujet de « a : b » à « c »", DMY},
	{"fr Android, older", "fr", layout("02/01/2006 à 15:04 - "), "%s (fichier joint)", "<Médias omis>", "Vous avez supprimé ce message", "<Ce message a été modifié>", "Appel vidéo manqué", "%s est parti", "%s a créé le groupe « c: d »", DMY},
	{"fr-CA Android", "fr", layout("2006-01-02 15 h 04 - "), "%s (fichier joint)", "<Médias omis>", "Ce message a été supprimé", "<Ce message a été modifié>", "Appel vocal manqué", "%s a rejoint le groupe", "%s a changé l’icône de ce groupe", YMD},
	{"fr iPhone", "fr", layout("[02/01/2006 15:04:05] "), "<pièce jointe : %s>", "image absente", "Ce message a été supprimé.", "<Ce message a été modifié>", "Appel vocal manqué", "%s a quitté le groupe", "%s a modifié le nom du groupe en « c: d »", DMY},
	{"fr-CA iPhone", "fr", layout("[2006-01-02 15 h 04 min 05 s] "), "<pièce jointe : %s>", "vidéo absente", "Vous avez supprimé ce message.", "<Ce message a été modifié>", "Appel vocal manqué", "%s a quitté le groupe", "%s a modifié la description du groupe", YMD},
	{"de Android", "de", layout("02.01.06, 15:04 - "), "%s (Datei angehängt)", "<Medien ausgeschlossen>", "Diese Nachricht wurde gelöscht.", "<Diese Nachricht wurde bearbeitet.>", "Verpasster Sprachanruf", "%s hat die Gruppe verlassen", "%s hat den Betreff von „a: b“ zu „c“ geändert", DMY},
	{"de iPhone", "de", layout("[02.01.06, 15:04:05] "), "<Anhang: %s>", "Bild weggelassen", "Diese Nachricht wurde gelöscht.", "<Diese Nachricht wurde bearbeitet.>", "Verpasster Videoanruf", "%s hat die Gruppe verlassen", "%s hat den Gruppennamen in „c: d“ geändert", DMY},
	{"es Android", "es", layout("2/1/06 15:04 - "), "%s (archivo adjunto)", "<Multimedia omitido>", "Se eliminó este mensaje.", "<Se editó este mensaje.>", "Llamada perdida", "%s salió del grupo", "%s cambió el asunto de \"a: b\" a \"c\"", DMY},
	{"es-MX Android", "es", half("02/01/06, 3:04 @ - ", "a.\u00a0m.", "p.\u00a0m."), "%s (archivo adjunto)", "<Multimedia omitido>", "Eliminaste este mensaje.", "<Se editó este mensaje.>", "Videollamada perdida", "%s se unió con el enlace", "%s cambió el nombre del grupo a \"c: d\"", DMY},
	{"es iPhone", "es", layout("[2/1/06, 15:04:05] "), "<adjunto: %s>", "imagen omitida", "Se eliminó este mensaje.", "<Se editó este mensaje.>", "Llamada perdida", "%s salió del grupo", "%s cambió el asunto a “c: d”", DMY},
	{"pt-BR Android", "pt", layout("02/01/2006 15:04 - "), "%s (arquivo anexado)", "<Mídia oculta>", "Mensagem apagada", "<Mensagem editada>", "Chamada de voz perdida", "%s saiu", "%s mudou o nome do grupo de \"a: b\" para \"c\"", DMY},
	{"pt-PT Android", "pt", layout("02/01/06, 15:04 - "), "%s (ficheiro anexado)", "<Ficheiro não revelado>", "Esta mensagem foi apagada", "<Mensagem editada>", "Chamada de voz perdida", "%s saiu", "%s alterou o assunto para \"c: d\"", DMY},
	{"pt-BR iPhone", "pt", layout("[02/01/2006, 15:04:05] "), "<anexado: %s>", "imagem ocultada", "Essa mensagem foi apagada.", "<Mensagem editada>", "Ligação de voz perdida", "%s saiu", "%s mudou o nome do grupo para “c: d”", DMY},
	{"it Android", "it", layout("02/01/06, 15:04 - "), "%s (file allegato)", "<Media omessi>", "Questo messaggio è stato eliminato", "<Questo messaggio è stato modificato>", "Chiamata vocale persa", "%s ha abbandonato", "%s ha cambiato l'oggetto da \"a: b\" a \"c\"", DMY},
	{"it iPhone", "it", layout("[02/01/06, 15:04:05] "), "<allegato: %s>", "immagine omessa", "Hai eliminato questo messaggio.", "<Questo messaggio è stato modificato>", "Videochiamata persa", "%s ha abbandonato", "%s ha cambiato il nome del gruppo in “c: d”", DMY},
	{"nl Android", "nl", layout("02-01-2006 15:04 - "), "%s (bestand bijgevoegd)", "<Media weggelaten>", "Dit bericht is verwijderd", "<Dit bericht is bewerkt>", "Gemiste spraakoproep", "%s heeft de groep verlaten", "%s heeft het onderwerp gewijzigd van \"a: b\" in \"c\"", DMY},
	{"nl iPhone", "nl", layout("[02-01-2006 15:04:05] "), "<bijgevoegd: %s>", "afbeelding weggelaten", "Dit bericht is verwijderd.", "<Dit bericht is bewerkt>", "Gemiste video-oproep", "%s heeft de groep verlaten", "%s heeft de groepsnaam gewijzigd in “c: d”", DMY},
	{"fi iPhone", "en", layout("[2.1.2006 klo 15.04.05] "), "<attached: %s>", "image omitted", "This message was deleted.", "<This message was edited>", "Missed voice call", "%s left", "%s changed the subject to “c: d”", DMY},
	{"copied from the browser", "", layout("[15:04, 02/01/2006] "), "", "", "", "", "", "", "", DMY},
}

func (l *locale) iphone() bool { return strings.Contains(l.name, "iPhone") }

// write puts messages into the locale's form.
func (l *locale) write(all []*chat.Message) string {
	var b strings.Builder
	for _, m := range all {
		t, _ := time.Parse(time.DateTime, m.At.Stamp())
		mark := ""
		if l.iphone() {
			mark = lrm
		}
		body := m.Body
		switch {
		case m.Kind == chat.Deleted, m.Kind == chat.Call && l.iphone(), m.Kind == chat.System && l.iphone():
			body = mark + body
		case len(m.Attachments) > 0 && m.Attachments[0].Type == "":
			body = mark + l.omitted + nl(body)
			if l.iphone() {
				body = strings.TrimPrefix(m.Body+" ", " ") + mark + l.omitted
			}
		case len(m.Attachments) > 0 && l.iphone():
			body = strings.TrimPrefix(m.Body+" ", " ") + mark + fmt.Sprintf(l.attached, m.Attachments[0].Name)
		case len(m.Attachments) > 0:
			body = fmt.Sprintf(l.attached, m.Attachments[0].Name) + nl(body)
		}
		if m.Edited != "" {
			body += " " + lrm + l.edited
		}
		if m.From.Name != "" {
			body = m.From.Name + ": " + body
		}
		b.WriteString(l.stamp(t) + body + "\n")
	}
	return b.String()
}

func nl(s string) string {
	if s == "" {
		return ""
	}
	return "\n" + s
}

// synthetic makes a chat in which everything occurs.
func (l *locale) synthetic(r *rand.Rand, n int) (all []*chat.Message) {
	people := []string{"Ann Example", "Bob", "Zoë O'Example", "+44 7700 900123", "例 花子", "A. B. (Team)"}
	texts := []string{"The lease is ready.", "See: the annex", "line one\nline two\n\nline four", "12/13 works", "ok - yes", "<b>no tag</b>", "A (really)",
		"07:45 - not a date", "é à ü", "deleted this", "[note] x: y", "Décision : oui", "👍🏽"}
	t := time.Date(2023, 11, 25, 9, 30, 0, 0, time.UTC)
	seconds := strings.Contains(l.stamp(t.Add(7*time.Second)), "07")
	for i := range n {
		t = t.Add(time.Duration(r.IntN(40*3600)) * time.Second)
		m := &chat.Message{Number: i + 1, Kind: chat.Text, From: partyOf(people[r.IntN(len(people))]), Body: texts[r.IntN(len(texts))]}
		m.At = chat.Time{Date: t.Format(time.DateOnly), Clock: t.Format("15:04")}
		if seconds {
			m.At.Clock = t.Format(time.TimeOnly)
		}
		all = append(all, m)
		if l.omitted != "" {
			l.vary(r, m)
		}
	}
	return all
}

// vary makes something of a message that only the phone writes.
func (l *locale) vary(r *rand.Rand, m *chat.Message) {
	switch r.IntN(12) {
	case 0:
		m.Kind, m.Body = chat.Deleted, l.deleted
	case 1:
		m.Edited = strings.Trim(l.edited, "<>")
	case 2:
		m.Attachments = []chat.Attachment{{Name: strings.Trim(l.omitted, "<>"), Missing: true}}
		m.Body = [...]string{"", "a caption"}[r.IntN(2)]
	case 3:
		m.Attachments = []chat.Attachment{{Name: "00000012-PHOTO (2)-2020.jpg", Type: "image/jpeg", Missing: true}}
		m.Body = [...]string{"", "a caption: yes"}[r.IntN(2)]
	case 4, 5:
		m.Kind, m.Body = chat.System, fmt.Sprintf([...]string{l.system, l.subject}[r.IntN(2)], "Bob")
		if !l.iphone() {
			m.From.Name, m.From.Address = "", ""
		}
	case 6:
		m.Kind, m.Body = chat.Call, l.call
		if !l.iphone() {
			m.From.Name, m.From.Address = "", ""
		}
	}
}

func text(s string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(s)), nil }
}

var clock = time.Date(2026, 11, 22, 14, 3, 0, 0, time.UTC)

func read(t testing.TB, x *Export) (all []*chat.Message, notes []chat.Note) {
	t.Helper()
	err := x.Read(context.Background(), func(m *chat.Message) error { all = append(all, m); return nil }, func(n chat.Note) { notes = append(notes, n) })
	if err != nil {
		t.Fatal(err)
	}
	return all, notes
}

func TestEveryLocale(t *testing.T) {
	for _, l := range locales {
		t.Run(l.name, func(t *testing.T) {
			for seed := range uint64(8) {
				want := l.synthetic(rand.New(rand.NewPCG(seed, 1)), 80)
				file := l.write(want)
				if seed%2 == 1 {
					file = "\ufeff" + strings.ReplaceAll(file, "\n", "\r\n")
				}
				x, err := OpenText("_chat.txt", text(file), Options{Now: clock})
				if err != nil {
					t.Fatalf("%v\n%s", err, file)
				}
				got, notes := read(t, x)
				compare(t, file, got, want)
				if len(notes) > 0 {
					t.Errorf("notes %v", notes)
				}
				if x.order != l.order || x.info.Language != l.language {
					t.Errorf("order %s (%s), language %s", x.order, x.info.Dates.Why, x.info.Language)
				}
			}
		})
	}
}

// compare leaves out the lines, which the oracle does not count.
func compare(t *testing.T, file string, got, want []*chat.Message) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d messages, want %d\n%s", len(got), len(want), file)
	}
	for i := range got {
		g := *got[i]
		if g.Line = 0; !reflect.DeepEqual(&g, want[i]) {
			t.Fatalf("message %d\n got %+v\nwant %+v\n%s", i+1, g, *want[i], strings.Split(file, "\n")[got[i].Line-1])
		}
	}
}
