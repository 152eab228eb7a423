package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hanaper/desktop/export"
	"hanaper/desktop/letter"
)

// eachReport verifies what the names stand for: files, all .eml files of a folder,
// the list of files of an exported bag before them, each message of an mbox.
func eachReport(env *Env, names []string, want expected, each func(verifyReport) error) error {
	exports := 0
	for _, name := range names {
		r, is, err := checkExport(name)
		if err != nil {
			return err
		}
		if is {
			exports++
			if err := each(r); err != nil {
				return err
			}
		}
	}
	files, err := expand(names)
	var none usageError
	if exports > 0 && errors.As(err, &none) {
		return nil // a bag without records
	} else if err != nil {
		return err
	}
	for _, name := range files {
		if strings.EqualFold(filepath.Ext(name), ".mbox") {
			err = eachMessage(name, want, each)
		} else {
			err = each(verifyFile(env, name, want))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// checkExport compares a folder with its own list of files; is tells whether it
// has one.
func checkExport(name string) (r verifyReport, is bool, err error) {
	if info, err := os.Stat(name); err != nil || !info.IsDir() {
		return r, false, nil // told when it is read
	}
	problems, is, err := export.Check(name)
	r = verifyReport{File: name, Report: letter.Unread()}
	r.OK = len(problems) == 0
	r.Problems = append(r.Problems, problems...)
	return r, is, err
}

// eachMessage verifies the records of an mbox, named FILE#1, FILE#2, ...
func eachMessage(name string, want expected, each func(verifyReport) error) error {
	f, err := os.Open(name)
	if err != nil {
		return each(verifyReport{File: name, Report: letter.Unread(), Error: readError(err).Error()})
	}
	defer f.Close()
	var failed error
	err = export.ReadMbox(f, maxRecordFile, func(n int, message []byte) error {
		failed = each(verifyFile(&Env{Stdin: bytes.NewReader(message)}, "-", want).named(fmt.Sprintf("%s#%d", name, n)))
		return failed
	})
	if err != nil && failed == nil {
		return each(verifyReport{File: name, Report: letter.Unread(), Error: err.Error()})
	}
	return failed
}

func (r verifyReport) named(name string) verifyReport {
	r.File = name
	return r
}
