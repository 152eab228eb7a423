package cli

// importWords is what import says, in one language. Notes about a file are in
// English, as errors are.
type importWords struct {
	form, chat, dates, zone, noZone, messages, people, others, me, notMe  string
	deleted, edited, calls, system, unread, files, gap, notes, note, more string
	duty                                                                  map[string]string
	judged, count, chosen, how, howMe, kept, already, incomplete          string
	progress, interrupted, found                                          string
	orders, why                                                           map[string]string // of dates; English says chat.Dates itself
	kinds                                                                 map[string]string
	missing                                                               map[string]string
}

var importVocabulary = map[string]*importWords{
	"en": {
		form: "%s: %s", chat: "chat: %s", dates: "dates: %s", zone: "times: as clocks show them in %s (--zone names another place)",
		noZone: "times: where the clock stood is not known", messages: "messages: %d, from %s to %s", people: "people: %s", others: "and %d messages of others",
		me: "you: %s", notMe: "you: not said which of them (--me NAME)",
		deleted: "deleted before the export: %d (%s)", edited: "edited: %d", calls: "calls: %d", system: "lines of the program's own: %d",
		unread: "not readable: %d", files: "files: %d named, %d of them not in the export",
		gap: "nothing from %s to %s: %d days, before message %d; it may have been deleted", notes: "not understood, or with a doubt:", note: "line %d: %s", more: "and %d more",
		duty:   english.duty,
		judged: "judged by %s", count: "%s: %d", chosen: "chosen: %d", how: "nothing was kept; to keep some: hanaper import --keep with --choose 3,7-9, --duty capture,consider, --since or --until",
		howMe: "and --me NAME, which of the people you are", kept: "kept: %d", already: "kept before, left as they are: %d",
		incomplete: "not kept: message %d, line %d: %s",
		progress:   "judged %s of %s", interrupted: "interrupted; what was kept is kept, the same command goes on", found: "%s: %s, %d bytes, %s",
		kinds: map[string]string{"deleted": "deleted", "call": "call", "unreadable": "not readable"},
		missing: map[string]string{"to": "to whom (--to NAME)", "from": "from whom", "date": "the date", "time": "the time", "subject": "the subject (--subject TEXT)",
			"me": "which of the people you are (--me NAME)"},
	},
	"fr": {
		form: "%s : %s", chat: "discussion : %s", dates: "dates : %s", zone: "heures : celles de l’horloge à %s (--zone nomme un autre lieu)",
		noZone: "heures : le lieu de l’horloge n’est pas connu", messages: "messages : %d, de %s à %s", people: "personnes : %s", others: "et %d messages d’autres personnes",
		me: "vous : %s", notMe: "vous : non précisé parmi ces personnes (--me NOM)",
		deleted: "supprimés avant l’exportation : %d (%s)", edited: "modifiés : %d", calls: "appels : %d", system: "lignes du programme lui-même : %d",
		unread: "illisibles : %d", files: "fichiers : %d nommés, dont %d absents de l’exportation",
		gap: "rien du %s au %s : %d jours, avant le message %d ; cela a pu être supprimé", notes: "non compris, ou incertain :", note: "ligne %d : %s", more: "et %d de plus",
		duty:   french.duty,
		judged: "jugé selon %s", count: "%s : %d", chosen: "choisis : %d", how: "rien n’a été conservé ; pour conserver : hanaper import --keep avec --choose 3,7-9, --duty capture,consider, --since ou --until",
		howMe: "et --me NOM, laquelle de ces personnes vous êtes", kept: "conservés : %d", already: "déjà conservés, laissés tels quels : %d",
		incomplete: "non conservé : message %d, ligne %d : %s",
		progress:   "jugés : %s sur %s", interrupted: "interrompu ; ce qui est conservé le reste, la même commande reprend", found: "%s : %s, %d octets, %s",
		orders: map[string]string{"dmy": "jour, mois, année", "mdy": "mois, jour, année", "ymd": "année, mois, jour"},
		why: map[string]string{"year_first": "l’année vient en premier", "impossible": "la ligne LINE porte DATE", "future": "DATE à la ligne LINE serait dans l’avenir dans l’autre sens",
			"separator": "elles s’écrivent avec DATE", "back": "DATE à la ligne LINE reviendrait en arrière dans l’autre sens", "said": "comme vous l’avez dit"},
		kinds: map[string]string{"deleted": "supprimé", "call": "appel", "unreadable": "illisible"},
		missing: map[string]string{"to": "à qui (--to NOM)", "from": "de qui", "date": "la date", "time": "l’heure", "subject": "l’objet (--subject TEXTE)",
			"me": "laquelle de ces personnes vous êtes (--me NOM)"},
	},
}
