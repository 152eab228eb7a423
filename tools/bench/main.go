// Command bench measures the core and the extension against their budgets in one
// run, and prints a table. Times are reported; sizes and ratios are checked:
//
//	bench           measure and print
//	bench -check    also fail where a size or ratio breaks its budget
//	bench -update   also write docs/benchmark.json and the tables in README.md
//	bench -peers    also install and measure other programs of the kind
//	bench -large    also measure a vault of a million records
//
// It needs build/core.wasm and Node (./task bench builds the first).
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

// Row is one measured figure. Budget 0 means none. Sizes and ratios are stable
// enough to fail a build; times depend on the machine and never do.
type Row struct {
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Unit   string  `json:"unit"` // KiB, MiB, us, ms, /s, x, %
	Budget float64 `json:"budget,omitempty"`
	AtMost bool    `json:"at_most,omitempty"` // the budget is a ceiling, else a floor
	Check  bool    `json:"check,omitempty"`
}

func (r Row) ok() bool {
	return r.Budget == 0 || r.AtMost && r.Value <= r.Budget || !r.AtMost && r.Value >= r.Budget
}

func main() {
	check := flag.Bool("check", false, "fail where a size or ratio breaks its budget")
	update := flag.Bool("update", false, "write docs/benchmark.json and the table in README.md")
	beside := flag.Bool("peers", false, "install and measure other programs of the kind beside us")
	large := flag.Bool("large", false, "also measure a vault of a million records")
	kind := flag.String("store", "", "measure only this store, vault or plain, and print JSON: what bench runs for each")
	records := flag.Int("records", 10000, "with -store: how many records")
	flag.Parse()
	if *kind != "" {
		figures, err := measureStore(*kind, *records)
		if err == nil {
			err = json.NewEncoder(os.Stdout).Encode(figures)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	if err := run(*check, *update, *beside, *large); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(check, update, beside, large bool) error {
	var rows []Row
	for _, measure := range []func() ([]Row, error){sizes, judgement, detectors,
		func() ([]Row, error) { return extension(beside || !check) }, imports, interruptions,
		func() ([]Row, error) { return vaults(large) }} {
		r, err := measure()
		if err != nil {
			return err
		}
		rows = append(rows, r...)
	}
	others, compared, err := peers(beside)
	if err != nil {
		return err
	}
	rows = append(rows, others...)
	fmt.Print(compared)
	broken := 0
	for _, r := range rows {
		budget, mark := "", ""
		if r.Budget != 0 {
			budget = fmt.Sprintf("%s %g %s", map[bool]string{true: "<=", false: ">="}[r.AtMost], r.Budget, r.Unit)
		}
		if !r.ok() {
			mark = "over budget"
			if r.Check {
				mark, broken = "FAILS", broken+1
			}
		}
		fmt.Printf("%-58s %10.2f %-4s %-14s %s\n", r.Name, r.Value, r.Unit, budget, mark)
	}
	if err := write("build/bench/all.json", rows); err != nil {
		return err
	}
	if update {
		if err := write("docs/benchmark.json", rows); err != nil {
			return err
		}
		tables, err := suites()
		if err != nil {
			return err
		}
		stops, err := interruptionsTable()
		if err != nil {
			return err
		}
		if err := readme(rows, tables, stops, compared); err != nil {
			return err
		}
	}
	if check && broken > 0 {
		return fmt.Errorf("%d budgets broken", broken)
	}
	return nil
}

func write(file string, rows []Row) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	data, err := json.MarshalIndent(rows, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(data, '\n'), 0o644)
}
