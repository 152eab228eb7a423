package cli

import (
	"bufio"
	"net/url"
	"path/filepath"
	"strings"
	"unicode/utf16"

	"hanaper/core"
	"hanaper/core/message"
	"hanaper/core/policy"
)

// The parts of SARIF 2.1.0 (OASIS, 27 March 2020) that a verdict fills. A reason
// is a result; a verdict unknown is a result of the kind open.
type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool struct {
		Driver sarifDriver `json:"driver"`
	} `json:"tool"`
	ColumnKind  string            `json:"columnKind"`
	Invocations []sarifInvocation `json:"invocations"`
	Results     []sarifResult     `json:"results"`
}

type sarifDriver struct {
	Name            string      `json:"name"`
	Version         string      `json:"version"`
	SemanticVersion string      `json:"semanticVersion"`
	Rules           []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID               string            `json:"id"`
	ShortDescription sarifText         `json:"shortDescription"`
	FullDescription  sarifText         `json:"fullDescription"`
	HelpURI          string            `json:"helpUri,omitempty"`
	Properties       map[string]string `json:"properties,omitempty"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifInvocation struct {
	ExecutionSuccessful bool                `json:"executionSuccessful"`
	Notifications       []sarifNotification `json:"toolExecutionNotifications,omitempty"`
}

type sarifNotification struct {
	Level     string          `json:"level"`
	Message   sarifText       `json:"message"`
	Locations []sarifLocation `json:"locations"`
}

type sarifResult struct {
	RuleID     string          `json:"ruleId"`
	RuleIndex  int             `json:"ruleIndex"`
	Kind       string          `json:"kind,omitempty"`
	Level      string          `json:"level"`
	Message    sarifText       `json:"message"`
	Locations  []sarifLocation `json:"locations"`
	Properties map[string]any  `json:"properties"`
}

type sarifLocation struct {
	Physical struct {
		Artifact struct {
			URI string `json:"uri"`
		} `json:"artifactLocation"`
		Region *sarifRegion `json:"region,omitempty"`
	} `json:"physicalLocation"`
	Logical []sarifLogical `json:"logicalLocations,omitempty"`
}

type sarifLogical struct {
	FullyQualifiedName string `json:"fullyQualifiedName"`
	Kind               string `json:"kind"`
}

// sarifRegion counts lines and columns from 1, columns and characters in UTF-16
// code units; the ends are exclusive. Byte offsets are given for plain text.
type sarifRegion struct {
	StartLine   int  `json:"startLine"`
	StartColumn int  `json:"startColumn,omitempty"`
	EndLine     int  `json:"endLine,omitempty"`
	EndColumn   int  `json:"endColumn,omitempty"`
	CharOffset  *int `json:"charOffset,omitempty"`
	CharLength  *int `json:"charLength,omitempty"`
	ByteOffset  *int `json:"byteOffset,omitempty"`
	ByteLength  *int `json:"byteLength,omitempty"`
}

type sarif struct {
	out   *bufio.Writer
	judge *judge
	run   sarifRun
	rules map[string]int
}

func newSARIF(out *bufio.Writer, j *judge) *sarif {
	s := &sarif{out: out, judge: j, rules: map[string]int{}}
	s.run.Tool.Driver = sarifDriver{Name: "hanaper", Version: core.Version, SemanticVersion: core.Version, Rules: []sarifRule{}}
	s.run.ColumnKind = "utf16CodeUnits"
	s.run.Invocations = []sarifInvocation{{ExecutionSuccessful: true}}
	s.run.Results = []sarifResult{}
	return s
}

var sarifLevel = map[string]string{"allow": "note", "notice": "note", "warn": "warning", "justify": "error", "block": "error"}

func (s *sarif) answer(a *answer) error {
	v := &a.verdict
	for i := range v.Reasons {
		r := &v.Reasons[i]
		level, known := sarifLevel[r.Action]
		if !known {
			level = "warning"
		}
		s.run.Results = append(s.run.Results, sarifResult{
			RuleID: r.Pack + "/" + r.Clause, RuleIndex: s.rule(r), Level: level, Message: sarifText{r.Text}, Locations: s.locations(a, r),
			Properties: map[string]any{"permission": v.Permission, "duty": v.Duty, "action": v.Action, "confidence": r.Confidence,
				"detector": r.Detector, "textId": r.TextID, "spans": r.Spans},
		})
	}
	note := v.Error
	if note == "" && v.Action == "unknown" {
		note = words["en"].action["unknown"]
	}
	if note == "" {
		return nil
	}
	at := []sarifLocation{location(a)}
	s.run.Invocations[0].Notifications = append(s.run.Invocations[0].Notifications, sarifNotification{"error", sarifText{note}, at})
	s.run.Results = append(s.run.Results, sarifResult{RuleID: "hanaper/unknown", RuleIndex: s.unknownRule(), Kind: "open", Level: "none",
		Message: sarifText{note}, Locations: at, Properties: map[string]any{"permission": v.Permission, "duty": v.Duty, "action": v.Action}})
	return nil
}

func (s *sarif) addRule(r sarifRule) int {
	if i, ok := s.rules[r.ID]; ok {
		return i
	}
	rules := &s.run.Tool.Driver.Rules
	s.rules[r.ID] = len(*rules)
	*rules = append(*rules, r)
	return len(*rules) - 1
}

func (s *sarif) unknownRule() int {
	return s.addRule(sarifRule{ID: "hanaper/unknown", ShortDescription: sarifText{"not checked"},
		FullDescription: sarifText{"The message could not be judged. It is not known to be fine."}})
}

func (s *sarif) rule(r *policy.Reason) int {
	rule := sarifRule{ID: r.Pack + "/" + r.Clause, ShortDescription: sarifText{r.Para}, FullDescription: sarifText{r.Para}}
	for _, p := range s.judge.packs {
		if p.ID != r.Pack {
			continue
		}
		rule.HelpURI = p.Source.URL
		if c, ok := p.Clause(r.Clause); ok {
			rule.FullDescription.Text = c.Text
			rule.Properties = map[string]string{"force": c.Force, "source": p.Source.Title}
		}
	}
	return s.addRule(rule)
}

// location is the item's: its file, and its line in a file of many.
func location(a *answer) (l sarifLocation) {
	u := url.URL{Path: filepath.ToSlash(a.file)}
	if filepath.IsAbs(a.file) {
		u.Scheme = "file"
	}
	l.Physical.Artifact.URI = u.String()
	if a.line > 0 {
		l.Physical.Region = &sarifRegion{StartLine: a.line}
	}
	return l
}

// locations gives a location for every span. In a plain text the region is exact;
// in a draft, whose strings are escaped, the field stands as logical location
// and the spans among the properties.
func (s *sarif) locations(a *answer, r *policy.Reason) (out []sarifLocation) {
	for _, sp := range r.Spans {
		l := location(a)
		if !a.json && sp.Field == "body" {
			l.Physical.Region = region(a.draft.Body, sp)
		} else {
			l.Logical = []sarifLogical{{sp.Field, "member"}}
		}
		out = append(out, l)
	}
	if len(out) == 0 {
		out = append(out, location(a))
	}
	return out
}

func region(text string, sp message.Span) *sarifRegion {
	r := &sarifRegion{}
	r.StartLine, r.StartColumn = utf16Position(text[:sp.Start])
	r.EndLine, r.EndColumn = utf16Position(text[:sp.End])
	offset, length, start, size := utf16Len(text[:sp.Start]), utf16Len(text[sp.Start:sp.End]), sp.Start, sp.End-sp.Start
	r.CharOffset, r.CharLength, r.ByteOffset, r.ByteLength = &offset, &length, &start, &size
	return r
}

func utf16Position(before string) (line, column int) {
	last := strings.LastIndexByte(before, '\n')
	return 1 + strings.Count(before, "\n"), 1 + utf16Len(before[last+1:])
}

func utf16Len(s string) (n int) {
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

func (s *sarif) finish() error {
	e := jsonTo(s.out)
	e.SetIndent("", "  ")
	return e.Encode(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{s.run}})
}
