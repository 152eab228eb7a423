package cli

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"hanaper/desktop/pack"
)

const coverageHelp = `Lists every requirement of the rule books and how far this program meets it. A row reads "done" only
where switching its rule off was seen to make a test or an example fail.

  done               all that the requirement asks of software is there, and proven so
  partial            some of it is there, or it is there and not yet proven so
  organisation       only an organisation can fulfil it; the program helps at most
  later              not there yet

  --json             write the list as JSON: id, pack, para, status, served, tests, proven, remark
  --status S         only rows of this status
`

func packCoverage(env *Env, args []string) (int, error) {
	var asJSON bool
	var status string
	f := flag.NewFlagSet("coverage", flag.ContinueOnError)
	f.BoolVar(&asJSON, "json", false, "")
	f.StringVar(&status, "status", "", "")
	ids, err := parse(f, args)
	if err != nil {
		return 0, err
	}
	if all := []string{"done", "partial", "organisation", "later"}; status != "" && !slices.Contains(all, status) {
		return 0, usagef("--status %q is not one of %s", status, strings.Join(all, ", "))
	}
	rows := []pack.CoverageRow{}
	count, known := map[string]int{}, map[string]bool{}
	for _, r := range pack.Coverage() {
		count[r.Status]++
		known[r.ID] = true
		if (len(ids) == 0 || slices.Contains(ids, r.ID)) && (status == "" || status == r.Status) {
			rows = append(rows, r)
		}
	}
	if ids = slices.DeleteFunc(ids, func(id string) bool { return known[id] }); len(ids) > 0 {
		return 0, usagef("there is no requirement %s", strings.Join(ids, ", "))
	}
	if asJSON {
		e := jsonTo(env.Stdout)
		e.SetIndent("", " ")
		return ExitOK, e.Encode(rows)
	}
	w := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.ID, r.Status, r.Served, r.Remark)
	}
	fmt.Fprintf(w, "\n%d requirements: %d done, %d partial, %d for the organisation, %d later\n", len(pack.Coverage()),
		count["done"], count["partial"], count["organisation"], count["later"])
	return ExitOK, w.Flush()
}
