package cli

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"hanaper/core"
	"hanaper/core/canonical"
	"hanaper/core/message"
	"hanaper/core/policy"
)

// judge holds everything that is the same for all drafts; it does not change
// while they are judged, and several goroutines use it.
type judge struct {
	packs    []*policy.Pack
	loaded   map[string]string // id of a pack that --pack-file gave -> file
	isChosen bool              // the packs were named, by flags or settings
	settings policy.Settings
	defaults []canonical.Member // members for drafts that do not say
	at       string             // RFC 3339, "" for the draft's own time or now
	now      func() time.Time
	explain  bool // answers say why
	encode   bool // answers carry their verdict as JSON, made where they are judged
}

// item is one thing to judge.
type item struct {
	file string // as the person named it, "stdin" for standard input
	line int    // where it starts in the file, from 1; 0: it is the whole file
	raw  []byte
	json bool  // raw is a draft; else it is the text of a message
	err  error // reading it failed
}

// place is where an item stands, as compilers write it.
func (it *item) place() string {
	if it.line == 0 {
		return it.file
	}
	return it.file + ":" + strconv.Itoa(it.line)
}

// answer is an item's verdict.
type answer struct {
	*item
	draft   message.Draft
	verdict policy.Verdict
	why     *core.Explanation // nil unless judge.explain
	encoded []byte            // the verdict, canonical, and a line feed; nil unless judge.encode
}

func (j *judge) judge(it *item) answer {
	a := j.answer(it)
	if j.encode {
		v := policy.EncodeVerdict(&a.verdict)
		if a.why != nil {
			v.Put("explain", encodeExplanation(a.why, j.packs))
		}
		a.encoded = append(canonical.Append(nil, v), '\n')
	}
	return a
}

func (j *judge) answer(it *item) answer {
	if it.err != nil {
		return answer{item: it, verdict: core.Unknown(it.err.Error())}
	}
	v, err := it.parse()
	if err != nil {
		return answer{item: it, verdict: core.Unknown(err.Error())}
	}
	if v.Kind == canonical.Object {
		for _, m := range j.defaults {
			if v.Get(m.Name) == nil {
				v.Obj = append(v.Obj, m)
			}
		}
	}
	var d canonical.Decoder
	draft := message.DecodeDraft(&d, &v)
	a := answer{item: it, draft: draft}
	if err := d.Err(false); err != nil {
		a.verdict = core.Unknown(it.locate(&v, d.Errors[0].Path) + err.Error())
		a.verdict.ID = draft.ID
	} else {
		at := j.atFor(&draft)
		a.verdict = core.EvaluateWith(&a.draft, &j.settings, j.packs, at)
		if j.explain {
			why := core.Explain(&a.draft, &j.settings, j.packs, at)
			a.why = &why
		}
	}
	for _, p := range d.Unknown {
		a.verdict.Warnings = append(a.verdict.Warnings, policy.Warning{Field: p.Path, Text: p.Msg})
	}
	return a
}

// atFor is the time a draft is judged at.
func (j *judge) atFor(d *message.Draft) string {
	if j.at == "" && d.At == "" {
		return j.now().Format(time.RFC3339)
	}
	return j.at
}

// evaluate judges a draft that is no item of check's.
func (j *judge) evaluate(d *message.Draft) policy.Verdict {
	return core.EvaluateWith(d, &j.settings, j.packs, j.atFor(d))
}

// parse gives the draft as JSON. Its errors begin with line and column, the line
// counted in the file.
func (it *item) parse() (canonical.Value, error) {
	if it.json {
		v, err := canonical.Parse(it.raw, canonical.Limits{})
		var syntax *canonical.SyntaxError
		if errors.As(err, &syntax) {
			syntax.Line += max(it.line-1, 0)
			return v, syntax
		}
		return v, err
	}
	if len(it.raw) > message.MaxBody {
		return canonical.Value{}, errors.New("the text is " + strconv.Itoa(len(it.raw)) + " bytes, the limit is " +
			strconv.Itoa(message.MaxBody) + ": split it and check the parts")
	}
	if at := invalidUTF8(it.raw); at >= 0 {
		line, column := position(it.raw, at)
		hint := ""
		if bytes.HasPrefix(it.raw, []byte{0xff, 0xfe}) || bytes.HasPrefix(it.raw, []byte{0xfe, 0xff}) {
			hint = ", it looks like UTF-16"
		}
		return canonical.Value{}, errors.New("line " + strconv.Itoa(line) + ", column " + strconv.Itoa(column) +
			": not UTF-8" + hint + ": save the text as UTF-8")
	}
	return canonical.Fields(canonical.F("body", canonical.Str(string(it.raw)))), nil
}

// invalidUTF8 is the offset of the first byte that is not UTF-8, -1 for none.
func invalidUTF8(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// position is the line and column of an offset, both from 1, the column in bytes.
func position(b []byte, at int) (line, column int) {
	before := b[:at]
	return 1 + bytes.Count(before, []byte("\n")), at - bytes.LastIndexByte(before, '\n')
}

// locate says where in the file the value with that path starts, or the nearest
// one around it: "line 3, column 14: ".
func (it *item) locate(v *canonical.Value, path string) string {
	if !it.json {
		return ""
	}
	at := v.Offset
	for path != "" && v != nil {
		var name string
		if cut := strings.IndexAny(path[1:], ".["); cut >= 0 {
			name, path = path[:cut+1], strings.TrimPrefix(path[cut+1:], ".")
		} else {
			name, path = path, ""
		}
		if i, err := strconv.Atoi(strings.Trim(name, "[]")); err == nil && name[0] == '[' {
			if v = index(v, i); v == nil {
				break
			}
		} else if v = v.Get(name); v == nil {
			break
		}
		at = v.Offset
	}
	line, column := position(it.raw, at)
	return "line " + strconv.Itoa(line+max(it.line-1, 0)) + ", column " + strconv.Itoa(column) + ": "
}

func index(v *canonical.Value, i int) *canonical.Value {
	if i < 0 || i >= len(v.Arr) {
		return nil
	}
	return &v.Arr[i]
}

// exit folds one verdict into the exit code. What is not known on either axis is
// not fine, whatever the interface does about it.
func exit(code int, v *policy.Verdict) int {
	if v.Permission == "unknown" || v.Duty == "unknown" {
		return ExitUnknown
	}
	switch v.Action {
	case "allow", "notice":
		return code
	case "warn", "justify", "block":
		return max(code, ExitAttention)
	}
	return ExitUnknown
}
