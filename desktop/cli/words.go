package cli

// vocabulary is what check and verify say, in one language. The texts of the
// rules themselves come from the packs.
type vocabulary struct {
	action, permission, duty, obligation, field              map[string]string
	marking, todo, advice, judgedBy, noPack, loaded, vouched string
	overdue, by, to, summary, note, and                      string
	device, channel                                          string
	good, bad                                                string
	signed, whoseKey, unsigned, files                        string
	why                                                      *whyWords
}

var words = map[string]*vocabulary{"en": &english, "fr": &french}

var english = vocabulary{
	action: map[string]string{
		"allow": "nothing to do", "notice": "for your attention", "warn": "look again before you send this",
		"justify": "needs a reason before you send this", "block": "do not send this here", "unknown": "not checked",
	},
	permission: map[string]string{
		"permitted": "may be sent here", "permitted_with_regard": "may be sent here, with due regard to the content",
		"care": "may be sent here with particular care", "exceptional_only": "may be sent here only exceptionally",
		"prohibited": "must not be sent here", "unknown": "whether it may be sent here is not known",
	},
	duty: map[string]string{
		"none": "need not be kept", "transitory": "need not be kept (transitory)", "consider": "consider keeping a record",
		"capture": "keep a record", "unknown": "whether it must be kept is not known",
	},
	obligation: map[string]string{"capture": "keep a record", "report": "report it", "justify": "give a reason", "assess": "make a risk assessment"},
	field:      map[string]string{"subject": "subject", "title": "title", "attachments": "file"},
	marking:    "marking: %s", todo: "to do: %s", advice: "advice: %s", judgedBy: "judged by %s %s",
	noPack: " (no pack named)", loaded: " (from %s, not signed)", vouched: " (from %s, signed)", overdue: "%s: its review was due on %s; ask whether it still holds",
	by: " by %s", to: " to %s", summary: "%d messages: %s", note: "note: %s", and: "; ",
	device:  "no device named: judged as one that nobody manages (--device)",
	channel: "no channel named: judged as one without corporate access (--channel)",
	good:    "good", bad: "not good",
	signed: "signed by the key %s", whoseKey: "whose key that is was not checked (--key)", unsigned: "not signed: compare the id with one from another source",
	files: "attached files as kept: %d", why: &whyEnglish,
}

var french = vocabulary{
	action: map[string]string{
		"allow": "rien à faire", "notice": "pour votre attention", "warn": "relisez avant d’envoyer",
		"justify": "donnez un motif avant d’envoyer", "block": "n’envoyez pas cela ici", "unknown": "non vérifié",
	},
	permission: map[string]string{
		"permitted": "peut être envoyé ici", "permitted_with_regard": "peut être envoyé ici, en tenant compte du contenu",
		"care": "peut être envoyé ici avec une attention particulière", "exceptional_only": "ne peut être envoyé ici qu’à titre exceptionnel",
		"prohibited": "ne doit pas être envoyé ici", "unknown": "on ne sait pas si cela peut être envoyé ici",
	},
	duty: map[string]string{
		"none": "n’a pas à être conservé", "transitory": "n’a pas à être conservé (transitoire)", "consider": "envisagez d’en garder une trace",
		"capture": "conservez-en une trace", "unknown": "on ne sait pas si cela doit être conservé",
	},
	obligation: map[string]string{"capture": "en conserver une trace", "report": "signaler", "justify": "donner un motif", "assess": "faire une évaluation des risques"},
	field:      map[string]string{"subject": "objet", "title": "titre", "attachments": "fichier"},
	marking:    "marquage : %s", todo: "à faire : %s", advice: "conseil : %s", judgedBy: "jugé selon %s %s",
	noPack: " (aucun recueil de règles nommé)", loaded: " (tiré de %s, non signé)", vouched: " (tiré de %s, signé)", overdue: "%s : sa révision était prévue le %s ; demandez s’il vaut encore",
	by: " d’ici %s", to: " à %s", summary: "%d messages : %s", note: "remarque : %s", and: " ; ",
	device:  "aucun appareil nommé : jugé comme un appareil que personne ne gère (--device)",
	channel: "aucun canal nommé : jugé comme un canal sans accès de l’organisation (--channel)",
	good:    "conforme", bad: "non conforme",
	signed: "signé par la clé %s", whoseKey: "à qui est cette clé n’a pas été vérifié (--key)", unsigned: "non signé : comparez l’identifiant avec celui d’une autre source",
	files: "fichiers joints tels que conservés : %d", why: &whyFrench,
}
