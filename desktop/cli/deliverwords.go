package cli

// deliverVocabulary is what deliver says, in one language.
type deliverVocabulary struct {
	identical, rewrapped, handed, waits, next, reached, exported, progress string
}

var deliverWords = map[string]*deliverVocabulary{
	"en": {
		identical: "delivered, read back, the same bytes", rewrapped: "delivered, read back, the same record in another wrapping",
		handed: "handed over, not proven", waits: "waits", next: " (next attempt %s)", reached: "reached and signed in",
		exported: "%s: records written: %d", progress: "%d of %d records written",
	},
	"fr": {
		identical: "livré, relu, octets identiques", rewrapped: "livré, relu, le même document dans une autre enveloppe",
		handed: "remis, sans preuve", waits: "en attente", next: " (prochain essai le %s)", reached: "joint, connexion réussie",
		exported: "%s : documents écrits : %d", progress: "%d documents écrits sur %d",
	},
}
