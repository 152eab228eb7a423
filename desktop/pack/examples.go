package pack

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"hanaper/core/canonical"
	"hanaper/core/message"
	"hanaper/core/policy"
)

// Example shows what a pack says of one message. A pack's folder carries them in
// examples.yaml or examples/*.yaml; core/policy/pack/README.md describes their members.
type Example struct {
	Name     string
	Clauses  []string // requirement rows it shows
	At       string   // RFC 3339
	Draft    message.Draft
	Settings policy.Settings
	Assume   []policy.Assumption
	Packs    []string // further packs in force, by id
	Want     Want

	File string
	Line int
	raw  *canonical.Value
	// input is what is seen in the draft, once it was run.
	input *policy.Input
}

// Want is what the verdict must be; what is absent is not looked at.
type Want struct {
	Permission, Duty, Action string
	Cites, Silent            []string // clause ids that reasons cite, and that none may
	Texts, Advice            []string // text ids
	Obligations              []string // "report Head of Unit", "capture"
	Says                     []string // words in the texts of reasons and advice
	Terms                    *WantTerms
}

// WantTerms is what the pack asks beside the verdict.
type WantTerms struct {
	Fields, Methods, Routes, References, Reports, Modules []string
	ContentLog, EventsLog, EvidenceLog, HoldRelease       string
	PurgeDays, PeriodDays                                 int64 // -1: not looked at
	TrainingRequired, Contacts, Accessible                bool
}

// exampleTime is when an example is judged that does not say.
const exampleTime = "2026-11-22T10:00:00Z"

// Examples reads the examples of the pack in a folder, in the order of file names
// and lines. The error is Problems. A folder without any has none.
func Examples(dir string) ([]Example, error) {
	files, err := filepath.Glob(filepath.Join(dir, "examples", "*.yaml"))
	if err != nil {
		return nil, err
	}
	sort.Strings(files)
	if one := filepath.Join(dir, "examples.yaml"); exists(one) {
		files = append([]string{one}, files...)
	}
	var all []Example
	named := map[string]*canonical.Value{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		some, err := readExamples(file, raw, named)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

func readExamples(file string, raw []byte, named map[string]*canonical.Value) ([]Example, error) {
	v, src, err := parseYAML(file, raw)
	if err != nil {
		return nil, err
	}
	d := &canonical.Decoder{}
	o := d.Object(&canonical.Value{Kind: canonical.Object, Obj: []canonical.Member{canonical.F("examples", v)}}, "")
	var all []Example
	o.Each("examples", func(i int, e *canonical.Obj) {
		x := decodeExample(e, &v.Arr[i], named)
		x.File, x.Line = file, src.line(canonical.Index("", i))
		if named[x.Name] != nil {
			e.Fail("name", "stands twice: "+x.Name)
		}
		named[x.Name] = x.raw
		all = append(all, x)
	})
	if v.Kind != canonical.Array {
		return nil, Problems{{File: file, Line: 1, Msg: "is no list of examples"}}
	}
	if err := d.Err(true); err != nil {
		return nil, src.problemsUnder("examples", err)
	}
	return all, nil
}

// decodeExample reads one example. Its base, an earlier one, lends it draft,
// settings and facets, member by member.
func decodeExample(o *canonical.Obj, raw *canonical.Value, named map[string]*canonical.Value) Example {
	x := Example{Name: o.Need("name"), At: o.String("at"), Packs: o.Strings("packs"), raw: raw}
	if x.At == "" {
		x.At = exampleTime
	}
	if v := o.Any("clause"); v != nil && v.Kind == canonical.String {
		x.Clauses = []string{v.Str}
	} else {
		x.Clauses = o.Strings("clause")
	}
	var base *canonical.Value
	if name := o.String("base"); name != "" {
		if base = named[name]; base == nil {
			o.Fail("base", fmt.Sprintf("no earlier example is called %q", name))
		} else {
			whole := canonical.Fields()
			for _, member := range [...]string{"draft", "settings", "facets"} {
				whole.Put(member, under(base.Get(member), raw.Get(member)))
			}
			x.raw = &whole
		}
	}
	for _, member := range [...]string{"draft", "settings", "facets"} {
		o.Any(member)
	}
	x.circumstances(o)
	x.Want = decodeWant(o, o.Obj("want"))
	return x
}

// under puts the members of top over those of base.
func under(base, top *canonical.Value) canonical.Value {
	out := canonical.Fields()
	for _, v := range [...]*canonical.Value{top, base} {
		if v == nil {
			continue
		}
		for _, m := range v.Obj {
			if out.Get(m.Name) == nil {
				out.Obj = append(out.Obj, m)
			}
		}
	}
	return out
}

func (x *Example) circumstances(o *canonical.Obj) {
	var d canonical.Decoder
	draft := under(nil, x.raw.Get("draft"))
	if draft.Get("body") == nil {
		draft.Put("body", canonical.Str("see you at the meeting then"))
	}
	x.Draft = message.DecodeDraft(&d, &draft)
	if err := d.Err(true); err != nil {
		o.Fail("draft", err.Error())
	}
	d = canonical.Decoder{}
	settings := under(nil, x.raw.Get("settings"))
	x.Settings = policy.DecodeSettings(&d, &settings)
	if err := d.Err(true); err != nil {
		o.Fail("settings", err.Error())
	}
	facets := under(nil, x.raw.Get("facets"))
	for _, m := range facets.Obj {
		a, err := policy.Assume(m.Name, m.Value.Str)
		if err != nil {
			o.Fail("facets", err.Error())
		}
		x.Assume = append(x.Assume, a)
	}
}

func decodeWant(outer, o *canonical.Obj) Want {
	w := Want{Permission: o.String("permission"), Duty: o.String("duty"), Action: o.String("action"),
		Cites: o.Strings("cites"), Silent: o.Strings("silent"), Texts: o.Strings("texts"), Advice: o.Strings("advice"),
		Obligations: o.Strings("obligations"), Says: o.Strings("says")}
	if o.Has("terms") {
		t := o.Obj("terms")
		w.Terms = &WantTerms{Fields: t.Strings("fields"), Methods: t.Strings("methods"), Routes: t.Strings("routes"),
			References: t.Strings("references"), Reports: t.Strings("reports"), Modules: t.Strings("modules"),
			ContentLog: t.String("content_log"), EventsLog: t.String("events_log"), EvidenceLog: t.String("evidence_log"),
			HoldRelease: t.String("hold_release"), PurgeDays: t.Int("purge_days", -1, 0, 3660), PeriodDays: t.Int("period_days", -1, 0, 3660),
			TrainingRequired: t.Bool("training_required", false), Contacts: t.Bool("contacts", false), Accessible: t.Bool("accessible", false)}
		t.Done()
	}
	if len(o.Names()) == 0 {
		outer.Fail("want", "is empty: say what the verdict must be")
	}
	o.Done()
	return w
}

// place is where the example stands, for messages.
func (x *Example) place() string { return fmt.Sprintf("%s:%d: %s", x.File, x.Line, x.Name) }

// joined lists for a message.
func joined(list []string) string { return strings.Join(list, ", ") }
