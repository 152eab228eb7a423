package marking

import "strings"

// Words that decide whether a tier's word is meant as a marking, in small ASCII
// letters, English and French (accents are folded).

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// Before a tier: it is called so.
var cues = set(`marked marking classified classification classify grade graded grading labelled labeled label stamped
	rated designated categorised categorized tagged banner caveat caveated upgraded class
	classifie classifiee classifies classifiees classe classee classer cote cotee marque marquee mentionne etiquete etiquetee designe designee
	classification categorie`)

// Between a cue and the tier.
var fillers = set(`as at it this them these is are was be been clearly currently formally correctly level to security now all both up
	protective protectively document comme au niveau de est cela ceci securite`)

// Between a subject and the tier.
var copulas = set(`is are was were be its it's that's they're remains remain est sont c'est reste`)

// What is said to be of a tier.
var papers = set(`bulletin document documents doc docs paper papers file files report reports annex annexe annexes briefing brief briefs memo memos
	submission submissions cable telegram telegrams attachment attachments attached material slides deck assessment intelligence
	minutes minute readout note notes email emails e-mail info information data content contents details page pages letter
	spreadsheet version draft draughts transcript fichier fichiers rapport rapports piece pieces dossier dossiers renseignements
	renseignement compte-rendu jointe courriel contenu donnees`)

// Right before a tier's word in prose, where it is none.
var plainBefore = set(`a an my your his her our their no that's trade open dirty little big best best-kept state industry family dark guilty
	worst darkest deepest victoria's shh un mon ton son ce notre votre leur du en au professional beauty worst-kept
	grand petit vrai gros private strictly highly very so such totally completely absolutely super top-secret`)

// Words after which a tier is only spoken of: "let's discuss it at SECRET".
var levelBefore = set(`at on to above below than over via or beyond within upto through level network clearance niveau habilitation reseau dessus dessous jusqu'a jusqu'au`)

// In the three words before: keep it SECRET.
var keepers = set(`keep keeps keeping kept stay stays garde garder gardez gardes gardons rester reste restez`)

// In the three words before letters written with digits: S3CRET is its value.
var passwords = set(`password passwords passcode passphrase pass pwd pw login pin mot passe mdp`)

// Before PROTECTED B, which is then something in the street.
var streets = set(`piste cyclable voie zone lane path route`)

// Right after a tier's word in prose, where it is none.
var plainAfter = set(`santa santas bono recipe recipes sauce ingredient ingredients ballot ballots garden gardens weapon weapons admirer admirers
	agent agents service services police society societies life lives crush handshake door passage room menu stash spot place
	formula code codes key keys word shopper shoppers party parties gift gifts present presents surprise birthday cinema lover
	identity diary film movie show series book books game games episode track tracks song songs squirrel squirrels sale lair
	opening visit visits website site account accounts line statement statements video trailer partner partners sponsor sponsors
	receipt photo photos page secrets language languages duties capacity trip trips residence holiday holidays app store merch
	fan fans chart charts rules results ceremony position response title name names launch announcement teaser music
	photographer receiver opposition journal gazette act acts secret statistics figures bank birthplace
	helpline helplines advice counselling support informant settlement assistant
	bike lane lanes bikes cycle road roads species area areas site sites characteristic characteristics leave
	de d'etat professionnel bancaire industriel medical defense world cam sauce shop spy spies base bases
	hobby talent talents ending tunnel tunnels`)

// Right after a tier's word in a sentence, where it is none: "the SECRET of".
var proseAfter = set(`is was are has had will would can time from by against to of for in with about behind between and or but because if when who what whose that`)

// Right after a tier that is only spoken of.
var levelAfter = set(`level levels clearance clearances cleared vetting system systems network networks laptop laptops tier tiers environment
	training course policy policies program programme registry handbook guidance rules requirements cloud tenant workspace
	marking markings classification label labels account rating threshold enclave room rooms phone it infrastructure
	niveau reseau systeme habilitation formation politique`)

// Anywhere in the line: it is play.
var play = set(`santa santas recipe recipes birthday hen stag surprise party lol haha hahaha mdr`)

// Before a cue, a copula or a tier: the reverse is said.
var negations = set(`not no never nothing none isn't isnt wasn't aren't arent doesn't don't dont without neither nor unless hardly cannot can't
	pas non jamais aucun aucune rien sans ni n'est n'etait`)

// After a tier, where the line goes on: the clause ends or a paper is named.
func endsClause(w string) bool { return w == "" || papers[w] }
