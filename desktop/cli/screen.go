package cli

import (
	"bufio"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"hanaper/core/message"
	"hanaper/core/policy"
)

// screen shows verdicts for people.
type screen struct {
	out   *bufio.Writer
	judge *judge
	paint paint
	w     *vocabulary
	count map[string]int
	shown int
}

// paint tells whether to colour.
type paint bool

// The colours of the actions (ECMA-48 SGR): green, cyan, yellow, magenta, red.
var actionColour = map[string]string{"allow": "32", "notice": "36", "warn": "33", "justify": "35", "block": "31;1", "unknown": "33;1"}

func (p paint) as(sgr, s string) string {
	if !p || sgr == "" || s == "" {
		return s
	}
	return "\x1b[" + sgr + "m" + s + "\x1b[0m"
}

// width is the widest line of a message that is printed whole.
const width = 96

func (s *screen) answer(a *answer) error {
	if s.count == nil {
		s.count = map[string]int{}
	}
	if s.shown > 0 {
		fmt.Fprintln(s.out)
	}
	s.shown++
	v := &a.verdict
	s.count[v.Action]++
	head := s.paint.as(actionColour[v.Action], s.w.action[v.Action]+" ["+v.Action+"]")
	fmt.Fprintf(s.out, "%s: %s\n", s.paint.as("1", printable(a.place())), head)
	fmt.Fprintf(s.out, "  %s%s%s [%s, %s]\n", s.w.permission[v.Permission], s.w.and, s.w.duty[v.Duty], v.Permission, v.Duty)
	if v.Error != "" {
		fmt.Fprintf(s.out, "  %s\n", printable(v.Error))
	}
	if v.Marking != "" {
		fmt.Fprintf(s.out, "  "+s.w.marking+"\n", printable(v.Marking))
	}
	for i := range v.Reasons {
		s.reason(a, &v.Reasons[i])
	}
	s.explain(a)
	s.actions(v)
	s.packs(v)
	if a.draft.Device == message.DeviceUnknown {
		fmt.Fprintf(s.out, "  %s\n", s.w.device)
	}
	if a.draft.Channel == "" && v.Error == "" {
		fmt.Fprintf(s.out, "  %s\n", s.w.channel)
	}
	return nil
}

func (s *screen) reason(a *answer, r *policy.Reason) {
	fmt.Fprintln(s.out)
	s.quote(a, r)
	fmt.Fprintf(s.out, "  %s\n", printable(r.Text))
	rule := r.Pack + "/" + r.Clause
	for _, also := range r.Also {
		rule += ", " + also
	}
	if r.TextID != "" {
		rule += "; " + r.TextID
	}
	if r.Detector != "" {
		rule += "; " + r.Detector
	}
	fmt.Fprintf(s.out, "  -- %s\n", s.paint.as("2", printable(r.Para+" ("+rule+")")))
}

// quote prints the lines of the fields that a reason points at, underlined.
func (s *screen) quote(a *answer, r *policy.Reason) {
	var fields []string
	byField := map[string][]message.Span{}
	for _, sp := range r.Spans {
		if byField[sp.Field] == nil {
			fields = append(fields, sp.Field)
		}
		byField[sp.Field] = append(byField[sp.Field], sp)
	}
	for _, name := range fields {
		text, label := s.field(&a.draft, name)
		for _, l := range splitLines(text) {
			var on []span
			for _, sp := range byField[name] {
				if sp.Start < l.end && l.start < sp.End || sp.Start == sp.End && l.start <= sp.Start && sp.Start < l.end {
					on = append(on, span{sp.Start - l.start, sp.End - l.start})
				}
			}
			if len(on) == 0 {
				continue
			}
			at := label
			if at == "" {
				at = strconv.Itoa(l.number)
			}
			shown, carets := underline(text[l.start:l.end], on, width)
			fmt.Fprintf(s.out, "  %s | %s\n", at, shown)
			fmt.Fprintf(s.out, "  %s | %s\n", strings.Repeat(" ", len([]rune(at))), s.paint.as(actionColour[r.Action], carets))
		}
	}
}

// field finds a span's field and how it is called; the body has line numbers.
func (s *screen) field(d *message.Draft, name string) (text, label string) {
	switch name {
	case "body":
		return d.Body, ""
	case "subject":
		return d.Subject, s.w.field[name]
	case "title":
		return d.Title, s.w.field[name]
	}
	for i := range d.Attachments {
		if name == "attachments["+strconv.Itoa(i)+"].name" {
			return d.Attachments[i].Name, s.w.field["attachments"] + " " + strconv.Itoa(i+1)
		}
	}
	return "", name
}

// textLine is a line of a text, from 1, without its line break.
type textLine struct{ number, start, end int }

func splitLines(s string) (out []textLine) {
	start := 0
	for i := 0; i <= len(s); i++ {
		if i == len(s) || s[i] == '\n' {
			end := i
			if end > start && s[end-1] == '\r' {
				end--
			}
			out = append(out, textLine{len(out) + 1, start, end})
			start = i + 1
		}
	}
	return out
}

func (s *screen) actions(v *policy.Verdict) {
	if len(v.Obligations)+len(v.Advice) > 0 {
		fmt.Fprintln(s.out)
	}
	for _, o := range v.Obligations {
		text := s.w.obligation[o.Kind]
		if text == "" {
			text = o.Kind
		}
		if o.To != "" {
			text += fmt.Sprintf(s.w.to, o.To)
		}
		if o.By != "" {
			text += fmt.Sprintf(s.w.by, o.By)
		}
		fmt.Fprintf(s.out, "  "+s.w.todo+"\n", s.paint.as("1", printable(text)))
	}
	for _, a := range v.Advice {
		fmt.Fprintf(s.out, "  "+s.w.advice+"\n", printable(a.Text))
	}
}

func (s *screen) packs(v *policy.Verdict) {
	if len(v.Packs) > 0 {
		fmt.Fprintln(s.out)
	}
	for _, ref := range v.Packs {
		from := ""
		if file := s.judge.loaded[ref.ID]; file != "" {
			from = fmt.Sprintf(s.w.loaded, file)
			if ref.Trust == policy.TrustSigned {
				from = fmt.Sprintf(s.w.vouched, file)
			}
		} else if !s.judge.isChosen {
			from = s.w.noPack
		}
		fmt.Fprintf(s.out, "  "+s.w.judgedBy+"%s\n", ref.ID, ref.Version, from)
		if ref.Extended != "" {
			fmt.Fprintf(s.out, "    %s\n", printable(ref.Extended))
		}
		if ref.Overdue {
			fmt.Fprintf(s.out, "    "+s.w.overdue+"\n", ref.ID, s.reviewBy(ref.ID))
		}
	}
}

func (s *screen) reviewBy(id string) string {
	for _, p := range s.judge.packs {
		if p.ID == id {
			return p.Source.ReviewBy
		}
	}
	return ""
}

func (s *screen) finish() error {
	if s.shown < 2 {
		return nil
	}
	rank := map[string]int{"block": 0, "justify": 1, "warn": 2, "unknown": 3, "notice": 4, "allow": 5}
	var names []string
	for a := range s.count {
		names = append(names, a)
	}
	sort.Slice(names, func(i, j int) bool { return rank[names[i]] < rank[names[j]] })
	for i, a := range names {
		names[i] = strconv.Itoa(s.count[a]) + " " + s.w.action[a]
	}
	fmt.Fprintf(s.out, "\n"+s.w.summary+"\n", s.shown, strings.Join(names, ", "))
	return nil
}
