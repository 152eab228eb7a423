package policy

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"hanaper/core/canonical"
)

func decodeSettings(t *testing.T, text string) (Settings, canonical.Decoder) {
	t.Helper()
	v, err := canonical.Parse([]byte(text), canonical.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var d canonical.Decoder
	return DecodeSettings(&d, &v), d
}

func TestDecodeSettings(t *testing.T) {
	text := `{"packs":["uk-nccc-2023","ca-im-protocol"],"role":"minister","language":"fr","generation":7,
	"organisation":{"name":"Department of Examples","domains":["dept.example"],"channels":["teams"]},
	"authorisations":[{"pack":"us-nc-030319","kind":"deviation","by":"State CIO","date":"2026-01-01","expires":"2026-12-31","scope":"all",
		"channels":["whatsapp"],"devices":["managed"]}],
	"approved_channels":[{"channel":"signal","security_approver":"A","technical_approver":"B","date":"2026-01-01","expires":"2026-12-31",
		"authentication":true,"authorization":true,"non_repudiation":true,"end_to_end":true,"approved_algorithms":true,"algorithms_reference":"R"}],
	"block_patterns":true,"acknowledged":["uk-nccc-2023/UK-10b"],
	"leaver_date":"2026-12-01","high_risk":true,"exceptional":"declared","personal_notices":3,"unusual_parties":2,
	"briefings":[{"pack":"us-nc-030319","version":"1.0.0","date":"2026-01-05"}]}`
	got, d := decodeSettings(t, text)
	if err := d.Err(true); err != nil {
		t.Fatal(err)
	}
	var want Settings
	if err := json.Unmarshal([]byte(text), &want); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
	got, d = decodeSettings(t, `{}`)
	if err := d.Err(true); err != nil || got.Language != "en" || got.Role != "official" || got.BlockPatterns {
		t.Errorf("%+v %v", got, err)
	}
	var none canonical.Decoder
	if s := DecodeSettings(&none, nil); s.Language != "en" || none.Err(true) != nil {
		t.Errorf("absent settings: %+v %v", s, none.Err(true))
	}
}

func TestDecodeSettingsFaults(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`[]`, "expected an object, found array"},
		{`{"language":"de"}`, `language: "de" is not one of en, fr`},
		{`{"role":"king"}`, `role: "king" is not one of`},
		{`{"packs":"uk"}`, "packs: expected an array, found string"},
		{`{"block_pattern":true}`, "block_pattern: unknown field"},
		{`{"organisation":{"domains":["uk"]}}`, `organisation.domains[0]: "uk" is not a domain name`},
		{`{"organisation":{"domains":["a@dept.example"]}}`, "organisation.domains[0]"},
		{`{"authorisations":[{"pack":"us-nc-030319","kind":"deviation","by":"x","date":"2026-01-01"}]}`, "authorisations[0].expires: is missing"},
		{`{"authorisations":[{"pack":"us-nc-030319","by":"x","date":"2026-01-01","expires":"2026-13-01"}]}`, `authorisations[0].expires: "2026-13-01" is not a date`},
		{`{"authorisations":[{"pack":"us-nc-030319","by":"x","date":"2026-01-01","expires":"2026-12-01"}]}`, "authorisations[0].kind: is missing"},
		{`{"approved_channels":[{"channel":"signal","date":"2026-01-01","expires":"x"}]}`, "approved_channels[0].expires"},
		{`{"leaver_date":"1 May"}`, `leaver_date: "1 May" is not a date`},
		{`{"exceptional":"maybe"}`, `exceptional: "maybe" is not one of none, declared, reported`},
		{`{"briefings":[{"pack":"us-nc-030319","version":"1"}]}`, "briefings[0].date: is missing"},
		{`{"drift":[1.5]}`, "drift[0]: is not an integer"},
		{`{"drift":[9223372036854775808]}`, "drift[0]: is not an integer"},
		{`{"drift":[-9223372036854775808]}`, "drift[0]: is not an integer"},
		{`{"generation":-1}`, "generation: must be a whole number"},
	} {
		_, d := decodeSettings(t, c.text)
		if err := d.Err(true); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.text, err, c.want)
		}
	}
	// A fault authorises nothing.
	s, _ := decodeSettings(t, `{"authorisations":[{"pack":"us-nc-030319","kind":"deviation","by":"x","date":"2026-01-01","expires":"x"}]}`)
	if v := Decide(in(), packs(t, nc), s, now); v.Permission != "prohibited" {
		t.Errorf("a broken authorisation counts: %s", v.Permission)
	}
}
