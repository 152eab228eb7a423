package cli

// deliverVocabulary is what deliver says, in one language.
type deliverVocabulary struct {
	identical, rewrapped, handed, waits, next, reached string
}

var deliverWords = map[string]*deliverVocabulary{
	"en": {
		identical: "delivered, read back, the same bytes", rewrapped: "delivered, read back, the same record in another wrapping",
		handed: "handed over, not proven", waits: "waits", next: " (next attempt %s)", reached: "reached and signed in",
	},
	"fr": {
		identical: "livré, relu, octets identiques", rewrapped: "livré, relu, le même document dans une autre enveloppe",
		handed: "remis, sans preuve", waits: "en attente", next: " (prochain essai le %s)", reached: "joint, connexion réussie",
	},
}
