package whatsapp

import (
	"strings"

	"hanaper/desktop/importer/chat"
)

// language holds the words WhatsApp itself writes into an export, lower case, with
// plain spaces, without marks and without a full stop at the end.
type language struct {
	id       string
	title    []string // before the chat's title in a file's name
	attached []string // behind a file's name, in parentheses (Android)
	tag      []string // before a file's name, in angle brackets (iPhone)
	omitted  []string // instead of a file
	deleted  []string
	edited   []string // in angle brackets, behind a text
	system   []phrase
}

// phrase is part of a line that WhatsApp writes by itself.
type phrase struct {
	kind chat.Kind
	text string
}

func lines(kind chat.Kind, texts ...string) (out []phrase) {
	for _, t := range texts {
		out = append(out, phrase{kind, t})
	}
	return out
}

// languages are those whose words are known. A file in another is read all the
// same; its own lines are then told as not recognised.
var languages = [...]language{
	{
		id:       "en",
		title:    []string{"whatsapp chat with ", "whatsapp chat - "},
		attached: []string{"file attached"}, tag: []string{"attached:"},
		omitted: []string{"media omitted", "image omitted", "video omitted", "video note omitted", "audio omitted", "sticker omitted",
			"gif omitted", "document omitted", "contact card omitted"},
		deleted: []string{"this message was deleted", "you deleted this message", "this message was deleted by admin"},
		edited:  []string{"this message was edited"},
		system: append(lines(chat.Call, "missed voice call", "missed video call", "missed group voice call", "missed group video call", "voice call, ", "video call, ", "silenced voice call", "silenced video call"),
			lines(chat.System, "end-to-end encrypted", " created group", " created this group", " added you", " were added", " was added", " added ", " joined using", " joined from", " joined via", " left", " removed ",
				" changed the subject", " changed the group name", " changed this group's", " changed the group description", " changed their phone number", " changed to +", "security code", "disappearing messages",
				" is a contact", "pinned a message", "now an admin", "this group's settings", "you blocked this contact", "you unblocked this contact", "this business ", "waiting for this message")...),
	},
	{
		id:       "fr",
		title:    []string{"discussion whatsapp avec ", "discussion whatsapp - "},
		attached: []string{"fichier joint"}, tag: []string{"pièce jointe :", "pièce jointe:", "joint :"},
		omitted: []string{"médias omis", "média omis", "fichier omis", "image absente", "vidéo absente", "image omise", "vidéo omise", "audio omis", "sticker omis",
			"autocollant omis", "gif retiré", "gif omis", "document omis", "fiche contact omise", "message vidéo omis"},
		deleted: []string{"ce message a été supprimé", "vous avez supprimé ce message", "ce message a été supprimé par l'admin"},
		edited:  []string{"ce message a été modifié"},
		system: append(lines(chat.Call, "appel vocal manqué", "appel vidéo manqué", "appel audio manqué", "appel vocal de groupe manqué"),
			lines(chat.System, "chiffrés de bout en bout", " a créé le groupe", " avez créé le groupe", " vous a ajouté", " a ajouté ", " avez ajouté ", " a rejoint ", " a été ajouté", " a quitté", " est parti", " a retiré ", " avez retiré ",
				" a changé le sujet", " a modifié le nom", " a changé le nom", " a changé l'icône", " a modifié l'icône", " a modifié la description", "code de sécurité", "messages éphémères", " a changé de numéro", "désormais admin", "épinglé un message")...),
	},
	{
		id:       "de",
		title:    []string{"whatsapp-chat mit ", "whatsapp chat mit ", "whatsapp-chat - "},
		attached: []string{"datei angehängt"}, tag: []string{"anhang:"},
		omitted: []string{"medien ausgeschlossen", "medien weggelassen", "bild weggelassen", "video weggelassen", "audio weggelassen", "sticker weggelassen",
			"gif weggelassen", "dokument weggelassen", "kontaktkarte ausgelassen", "kontaktkarte weggelassen", "videonachricht weggelassen"},
		deleted: []string{"diese nachricht wurde gelöscht", "du hast diese nachricht gelöscht", "diese nachricht wurde von admin gelöscht"},
		edited:  []string{"diese nachricht wurde bearbeitet"},
		system: append(lines(chat.Call, "verpasster sprachanruf", "verpasster videoanruf", "verpasster gruppenanruf"),
			lines(chat.System, "ende-zu-ende-verschlüsselt", " hat die gruppe ", " hast die gruppe ", " hat dich hinzugefügt", " hinzugefügt", " ist der gruppe ", " beigetreten", " hat die gruppe verlassen", " entfernt",
				" hat den betreff", " hat den gruppennamen", " hat das gruppenbild", " hat die gruppenbeschreibung", "sicherheitsnummer", "selbstlöschende nachrichten", " hat eine neue telefonnummer", "jetzt admin", "nachricht fixiert", "nachricht angepinnt")...),
	},
	{
		id:       "es",
		title:    []string{"chat de whatsapp con ", "chat de whatsapp - "},
		attached: []string{"archivo adjunto"}, tag: []string{"adjunto:"},
		omitted: []string{"multimedia omitido", "archivo omitido", "imagen omitida", "video omitido", "vídeo omitido", "audio omitido", "sticker omitido",
			"gif omitido", "documento omitido", "tarjeta de contacto omitida", "nota de video omitida"},
		deleted: []string{"se eliminó este mensaje", "eliminaste este mensaje", "este mensaje fue eliminado", "se eliminó este mensaje por el admin"},
		edited:  []string{"se editó este mensaje"},
		system: append(lines(chat.Call, "llamada perdida", "llamada de voz perdida", "videollamada perdida", "llamada grupal perdida"),
			lines(chat.System, "cifrados de extremo a extremo", "cifradas de extremo a extremo", " creó el grupo", "creaste el grupo", " te añadió", " te agregó", " añadió a ", " añadió ", " agregó a ", " se unió ", " salió del grupo", " salió", " eliminó a ",
				" cambió el asunto", " cambió el nombre del grupo", " cambió el ícono", " cambió la descripción", "código de seguridad", "mensajes temporales", " cambió su número", "ahora eres admin", "fijó un mensaje")...),
	},
	{
		id:       "pt",
		title:    []string{"conversa do whatsapp com ", "conversa do whatsapp - "},
		attached: []string{"arquivo anexado", "ficheiro anexado"}, tag: []string{"anexado:", "anexo:"},
		omitted: []string{"mídia oculta", "arquivo de mídia oculto", "ficheiro não revelado", "multimédia omitido", "imagem ocultada", "imagem omitida", "vídeo omitido", "vídeo ocultado",
			"áudio ocultado", "áudio omitido", "figurinha omitida", "gif omitido", "documento omitido", "cartão do contato omitido", "mensagem de vídeo omitida"},
		deleted: []string{"mensagem apagada", "essa mensagem foi apagada", "esta mensagem foi apagada", "você apagou esta mensagem", "apagou esta mensagem", "eliminou esta mensagem", "esta mensagem foi eliminada", "mensagem apagada pelo admin"},
		edited:  []string{"mensagem editada", "esta mensagem foi editada"},
		system: append(lines(chat.Call, "chamada de voz perdida", "chamada de vídeo perdida", "ligação de voz perdida", "ligação perdida"),
			lines(chat.System, "criptografia de ponta a ponta", "encriptação ponto a ponto", "encriptadas ponto a ponto", " criou o grupo", " criou este grupo", " adicionou ", " te adicionou", " entrou usando", " entrou no grupo", " saiu", " removeu ",
				" mudou o nome do grupo", " alterou o nome do grupo", " mudou o assunto", " alterou o assunto", " mudou a imagem", " mudou a descrição", " alterou a descrição", "código de segurança", "mensagens temporárias", " mudou para o número", " mudou de número", "agora é admin", "fixou uma mensagem")...),
	},
	{
		id:       "it",
		title:    []string{"chat whatsapp con ", "chat whatsapp - "},
		attached: []string{"file allegato"}, tag: []string{"allegato:"},
		omitted: []string{"media omessi", "media omesso", "file omesso", "immagine omessa", "video omesso", "audio omesso", "sticker non incluso", "sticker omesso",
			"gif esclusa", "gif omessa", "documento omesso", "scheda contatto omessa", "videomessaggio omesso"},
		deleted: []string{"questo messaggio è stato eliminato", "hai eliminato questo messaggio", "questo messaggio è stato eliminato dall'admin"},
		edited:  []string{"questo messaggio è stato modificato"},
		system: append(lines(chat.Call, "chiamata vocale persa", "videochiamata persa", "chiamata persa", "chiamata di gruppo persa"),
			lines(chat.System, "crittografati end-to-end", "crittografia end-to-end", " ha creato il gruppo", " hai creato il gruppo", " ti ha aggiunto", " ha aggiunto ", " hai aggiunto ", " si è unito", " si è aggiunto", " è entrato", " ha abbandonato", " è uscito", " ha rimosso ",
				" ha cambiato l'oggetto", " ha cambiato il nome del gruppo", " ha modificato il nome del gruppo", " ha cambiato l'immagine", " ha cambiato la descrizione", "codice di sicurezza", "messaggi effimeri", " ha cambiato numero", "ora sei admin", "ha fissato un messaggio")...),
	},
	{
		id:       "nl",
		title:    []string{"whatsapp-chat met ", "whatsapp chat met "},
		attached: []string{"bestand bijgevoegd"}, tag: []string{"bijgevoegd:"},
		omitted: []string{"media weggelaten", "afbeelding weggelaten", "video weggelaten", "audio weggelaten", "sticker weggelaten", "gif weggelaten",
			"document weggelaten", "contactkaart weggelaten", "videobericht weggelaten"},
		deleted: []string{"dit bericht is verwijderd", "dit bericht werd verwijderd", "je hebt dit bericht verwijderd", "u hebt dit bericht verwijderd", "dit bericht is verwijderd door beheerder"},
		edited:  []string{"dit bericht is bewerkt", "dit bericht is gewijzigd"},
		system: append(lines(chat.Call, "gemiste spraakoproep", "gemiste video-oproep", "gemiste groepsoproep", "gemiste oproep"),
			lines(chat.System, "end-to-end versleuteld", " heeft de groep ", " hebt de groep ", " heeft groep ", " heeft je toegevoegd", " toegevoegd", " neemt nu deel", " is lid geworden", " heeft de groep verlaten", " verwijderd",
				" heeft het onderwerp", " heeft de groepsnaam", " heeft de groepsafbeelding", " heeft de groepsbeschrijving", "beveiligingscode", "verdwijnende berichten", "zelfvernietigende berichten", " heeft een nieuw telefoonnummer", "nu beheerder", "bericht vastgemaakt")...),
	},
}

// plain is a text as the table of words has it.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case isMark(r):
			return -1
		case isSpace(r):
			return ' '
		case r == '’':
			return '\''
		}
		return r
	}, s)
	return strings.ToLower(strings.TrimSuffix(strings.TrimSpace(s), "."))
}

// votes counts for each language the words of its that a file holds.
type votes [len(languages)]int

// enough votes tell the language.
const enough = 200

func (v *votes) total() (n int) {
	for _, one := range v {
		n += one
	}
	return n
}

func (v *votes) winner() string {
	best := 0
	for i := range v {
		if v[i] > v[best] {
			best = i
		}
	}
	if v[best] == 0 {
		return ""
	}
	return languages[best].id
}

// table says for a text which languages have it, a bit each.
type table map[string]uint8

func newTable(pick func(*language) []string) table {
	t := table{}
	for i := range languages {
		for _, text := range pick(&languages[i]) {
			t[plain(text)] |= 1 << i
		}
	}
	return t
}

var (
	attached = newTable(func(l *language) []string { return l.attached })
	tags     = newTable(func(l *language) []string { return l.tag })
	omitted  = newTable(func(l *language) []string { return l.omitted })
	deleted  = newTable(func(l *language) []string { return l.deleted })
	edited   = newTable(func(l *language) []string { return l.edited })
)

// longestWords bounds what is looked up, in bytes: longer texts are in no table.
const longestWords = 160

// has tells whether text is in t, and votes for all languages that have it there.
func (v *votes) has(t table, text string) bool {
	if len(text) > longestWords {
		return false
	}
	bits := t[plain(text)]
	for i := range v {
		v[i] += int(bits >> i & 1)
	}
	return bits != 0
}

// own says whether a line is WhatsApp's, and of which kind; System and false where
// none of its phrases is in it.
func (v *votes) own(line string) (kind chat.Kind, known bool) {
	line = " " + plain(line)
	kind = chat.System
	for i := range languages {
		for _, p := range languages[i].system {
			if strings.Contains(line, p.text) {
				v[i]++
				if !known {
					kind = p.kind
				}
				known = true
				break
			}
		}
	}
	return kind, known
}
