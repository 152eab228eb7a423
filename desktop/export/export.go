// Package export writes records out for others: a folder of mail files, an mbox, a
// list for spreadsheets, a BagIt bag, an E-ARK submission package, a PDF to read.
// One form is one file. What is written stands beside the path first and takes its
// name at the end, whole: an export that was cut short is not taken for one.
//
// Equal records, in the same order and at the same time, give equal bytes. Check
// proves a bag or a submission package; the mail files in it are proven by
// package letter.
package export

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"hanaper/desktop/deliver"
)

// Info is what an export says of itself.
type Info struct {
	At   time.Time // of the export
	Tool string    // hanaper and the core version
	Lang string    // of a PDF's first page: en or fr
	By   string    // who hands it over, an organisation's name; only a submission package needs it
}

// Record is one record to write.
type Record struct {
	deliver.Item
	State string // kept, pending, delivered or closed; "" where not known
}

// Writer takes the records one by one.
type Writer interface {
	// Add writes one record.
	Add(r Record) error
	// Close ends the export and gives it its name.
	Close() error
	// Abort takes away what was written, unless Close was called.
	Abort()
}

// forms has a row for each file of a form.
var forms = map[string]func(path string, info Info) (Writer, error){
	"eml":   newFolder,
	"mbox":  newMbox,
	"csv":   newCSV,
	"bagit": newBag,
	"sip":   newSIP,
	"pdf":   newPDF,
}

// Forms lists the forms, sorted.
func Forms() []string { return slices.Sorted(maps.Keys(forms)) }

// Create begins an export of the form to path, which must not exist.
func Create(form, path string, info Info) (Writer, error) {
	begin := forms[form]
	if begin == nil {
		return nil, fmt.Errorf("there is no form %q, only %s", form, strings.Join(Forms(), ", "))
	}
	if _, err := os.Lstat(path); err == nil {
		return nil, fmt.Errorf("%s is there already: name a path that is not", path)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return begin(path, info)
}

// partSuffix is that of what is not finished.
const partSuffix = ".part"

// file is a file under way.
type file struct {
	path string
	f    *os.File
	*bufio.Writer
	done bool
}

func newFile(path string) (*file, error) {
	f, err := os.Create(path + partSuffix)
	if err != nil {
		return nil, err
	}
	return &file{path: path, f: f, Writer: bufio.NewWriter(f)}, nil
}

func (f *file) Close() error {
	if err := errors.Join(f.Flush(), f.f.Sync(), f.f.Close()); err != nil {
		return err
	}
	f.done = true
	return os.Rename(f.path+partSuffix, f.path)
}

func (f *file) Abort() {
	if !f.done {
		_ = f.f.Close()
		_ = os.Remove(f.path + partSuffix)
	}
}

// tree is a folder under way.
type tree struct {
	path string
	done bool
	used map[string]bool // file names of records
}

func newTree(path string) (*tree, error) {
	if err := os.RemoveAll(path + partSuffix); err != nil { // of an export that was cut short
		return nil, err
	}
	if err := os.Mkdir(path+partSuffix, 0o777); err != nil {
		return nil, err
	}
	return &tree{path: path, used: map[string]bool{}}, nil
}

// write makes a file below the tree; name is with slashes.
func (t *tree) write(name string, content []byte) error {
	full := t.path + partSuffix + "/" + name
	if err := os.MkdirAll(path.Dir(full), 0o777); err != nil {
		return err
	}
	f, err := os.OpenFile(full, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Sync(), f.Close())
}

// name is the record's file name, with a number where another record has it.
func (t *tree) name(r Record) string {
	name := r.Name
	for n := 2; t.used[name]; n++ {
		name = strings.TrimSuffix(r.Name, ".eml") + "-" + strconv.Itoa(n) + ".eml"
	}
	t.used[name] = true
	return name
}

func (t *tree) finish() error {
	t.done = true
	return os.Rename(t.path+partSuffix, t.path)
}

func (t *tree) Abort() {
	if !t.done {
		_ = os.RemoveAll(t.path + partSuffix)
	}
}
