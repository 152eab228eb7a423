package request

import (
	"fmt"
	"strconv"
	"strings"
)

// certificateWords are the certificate's sentences in one language.
type certificateWords struct {
	title, by, request, tool, where, elsewhere, records, terms, also, nothing, range_, from, until, open, deviations, hits, included,
	purged, damaged, unread, comments, claim, none string
	states map[string]string
	what   map[string]string
	kinds  map[string]string
}

var certificateTexts = map[string]*certificateWords{
	"en": {
		title: "Search extent certificate", by: "Searched by", request: "Request", tool: "With", where: "Where", elsewhere: "What the person who searched says of other places",
		records: "records", terms: "What was looked for", also: "added by the person who searched", nothing: "everything in the range", range_: "Days", from: "from", until: "to", open: "no bound",
		deviations: "What differs from the request", hits: "What was found", included: "in the package", purged: "delivered earlier, its content is no longer here: get it from where it was filed",
		damaged: "damaged, could not be read", unread: "In the range, and their words could not be searched",
		comments: "What the holder suggests (it decides nothing)", none: "none",
		claim:  "This says what was searched and found in the records kept by this program. Messages that were never kept are not among them. The search disregards capitals and accents. The digests in manifest.json show whether anything was changed since.",
		states: map[string]string{"searched": "searched", "not_searched": "not searched", "not_available": "not available"},
		what:   map[string]string{"also": "looked for as well", "without": "not looked for"},
		kinds:  map[string]string{"word": "words", "person": "person"},
	},
	"fr": {
		title: "Attestation de l’étendue de la recherche", by: "Recherche par", request: "Demande", tool: "Avec", where: "Où", elsewhere: "Ce que la personne qui a cherché dit des autres endroits",
		records: "documents", terms: "Ce qui a été cherché", also: "ajouté par la personne qui a cherché", nothing: "tout ce qui est dans la période", range_: "Jours", from: "du", until: "au", open: "sans limite",
		deviations: "Ce qui diffère de la demande", hits: "Ce qui a été trouvé", included: "dans le dossier", purged: "livré auparavant, le contenu n’est plus ici : à prendre là où il a été versé",
		damaged: "endommagé, illisible", unread: "Dans la période, et dont les mots n’ont pu être cherchés",
		comments: "Ce que propose la personne qui détient (cela ne décide rien)", none: "aucun",
		claim:  "Ceci dit ce qui a été cherché et trouvé parmi les documents conservés par ce programme. Les messages qui n’ont jamais été conservés n’en sont pas. La recherche ne distingue ni majuscules ni accents. Les empreintes de manifest.json montrent si quelque chose a été modifié depuis.",
		states: map[string]string{"searched": "cherché", "not_searched": "non cherché", "not_available": "non disponible"},
		what:   map[string]string{"also": "cherché en plus", "without": "non cherché"},
		kinds:  map[string]string{"word": "mots", "person": "personne"},
	},
}

// Text is the certificate for people to read, in English or French.
func (c *Certificate) Text(language string) string {
	w := certificateTexts[language]
	if w == nil {
		w = certificateTexts["en"]
	}
	colon := ": "
	if language == "fr" {
		colon = " : "
	}
	var b strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }
	head := func(title string, n int) {
		line("\n%s", strings.ToUpper(title))
		if n == 0 {
			line("  %s", w.none)
		}
	}
	line("%s\n%s\n", w.title, strings.Repeat("=", len([]rune(w.title))))
	line("%s%s%s (%s)", w.request, colon, c.Reference, c.Request)
	line("%s%s%s, %s", w.by, colon, c.By, c.At)
	line("%s%s%s", w.tool, colon, c.Tool)
	line("%s%s%s %s, %s %s", w.range_, colon, w.from, or(c.Since, w.open), w.until, or(c.Until, w.open))
	head(w.where, len(c.Places))
	for _, p := range c.Places {
		line("  %s%s%s, %d %s. %s", p.Channel, colon, w.states[p.State], p.Records, w.records, p.Reason)
	}
	head(w.terms, len(c.Terms))
	for n, t := range c.Terms {
		also := ""
		if t.Also {
			also = " (" + w.also + ")"
		}
		line("  %d. %s%s%s%s%s%d", n+1, w.kinds[t.Kind], colon, t.Text, also, colon, t.Hits)
	}
	if len(c.Terms) == 0 {
		line("  (%s)", w.nothing)
	}
	head(w.deviations, len(c.Deviations))
	for _, d := range c.Deviations {
		line("  %s, %s%s%s", d.Text, w.what[d.What], colon, d.Reason)
	}
	states := map[string]string{"included": w.included, "purged": w.purged, "damaged": w.damaged}
	for _, list := range []struct {
		title string
		hits  []Hit
	}{{w.hits, c.Hits}, {w.unread, c.Unread}} {
		head(list.title, len(list.hits))
		for _, h := range list.hits {
			line("  %s %s %s [%s]: %s", h.Date, h.Channel, h.ID, places(h.Terms), states[h.State])
		}
	}
	head(w.comments, len(c.Comments))
	for _, x := range c.Comments {
		line("  %s%s%s", x.ID, colon, x.Text)
	}
	line("\n%s", w.claim)
	if c.Checkpoint != "" {
		line("\n%s", c.Checkpoint)
	}
	return b.String()
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func places(terms []int) string {
	out := make([]string, len(terms))
	for i, n := range terms {
		out[i] = strconv.Itoa(n + 1)
	}
	return strings.Join(out, ", ")
}
