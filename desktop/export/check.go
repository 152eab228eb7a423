package export

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"hanaper/core/record"
)

// Check proves a folder that says of itself which files it holds: a BagIt bag or a
// package with METS.xml. is tells whether it is one. Problems name files; what is
// not listed is one too.
func Check(dir string) (problems []record.Problem, is bool, err error) {
	if _, err := os.Stat(filepath.Join(dir, "bagit.txt")); err == nil {
		problems, err = checkBag(dir)
		return problems, true, err
	}
	if _, err := os.Stat(filepath.Join(dir, "METS.xml")); err == nil {
		problems, err = checkMETS(dir)
		return problems, true, err
	}
	return nil, false, nil
}

// maxTag is what a manifest may be long: some millions of files.
const maxTag = 1 << 30

func readTag(dir, name string) (string, error) {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return "", err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxTag+1))
	if err == nil && len(raw) > maxTag {
		err = fmt.Errorf("%s is larger than %d bytes", name, maxTag)
	}
	return string(raw), err
}

// manifest gives the digests of a manifest by name, and what is wrong with its
// lines: "line 3". Names are percent-encoded where they hold %, CR or LF.
func manifest(text string) (sums map[string]string, wrong []string) {
	sums = map[string]string{}
	at := 0
	for line := range strings.SplitSeq(text, "\n") {
		at++
		line = strings.TrimSuffix(line, "\r")
		if line == "" {
			continue
		}
		sum, name, ok := strings.Cut(line, " ")
		name = strings.TrimLeft(name, " *\t")
		name = strings.NewReplacer("%0A", "\n", "%0a", "\n", "%0D", "\r", "%0d", "\r", "%25", "%").Replace(name)
		name = strings.TrimPrefix(name, "./")
		switch {
		case !ok || len(sum) != sha256.Size*2 || name == "":
			wrong = append(wrong, "line "+strconv.Itoa(at)+" is no digest and file")
		case !filepath.IsLocal(name):
			wrong = append(wrong, "line "+strconv.Itoa(at)+" names a file outside the folder")
		case sums[name] != "":
			wrong = append(wrong, "line "+strconv.Itoa(at)+" names a file a second time")
		default:
			sums[name] = strings.ToLower(sum)
		}
	}
	return sums, wrong
}

func checkBag(dir string) (problems []record.Problem, err error) {
	add := func(path, text string) { problems = append(problems, record.Problem{Path: path, Text: text}) }
	declared, err := readTag(dir, "bagit.txt")
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(declared, "BagIt-Version: ") {
		add("bagit.txt", "does not begin with the version of BagIt")
	}
	octets, files := int64(0), 0
	for _, name := range []string{"manifest-sha256.txt", "tagmanifest-sha256.txt"} {
		text, err := readTag(dir, name)
		if err != nil {
			add(name, "cannot be read: without it nothing is proven")
			continue
		}
		sums, wrong := manifest(text)
		for _, w := range wrong {
			add(name, w)
		}
		n, found, err := compare(dir, sums)
		if err != nil {
			return nil, err
		}
		problems = append(problems, found...)
		if name == "manifest-sha256.txt" {
			octets, files = n, len(sums)
			extra, err := unlisted(filepath.Join(dir, "data"), "data/", sums)
			if err != nil {
				return nil, err
			}
			problems = append(problems, extra...)
		} else if sums["manifest-sha256.txt"] == "" {
			add(name, "does not list manifest-sha256.txt")
		}
	}
	if info, err := readTag(dir, "bag-info.txt"); err == nil && len(problems) == 0 {
		if want := "Payload-Oxum: " + strconv.FormatInt(octets, 10) + "." + strconv.Itoa(files); strings.Contains(info, "Payload-Oxum:") && !strings.Contains(info, want+"\n") {
			add("bag-info.txt", "counts other files than there are")
		}
	}
	return problems, nil
}

// compare digests the files of sums; octets is their length together.
func compare(dir string, sums map[string]string) (octets int64, problems []record.Problem, err error) {
	names := make([]string, 0, len(sums))
	for name := range sums {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		f, err := os.Open(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			problems = append(problems, record.Problem{Path: name, Text: "is listed and cannot be read"})
			continue
		}
		h := sha256.New()
		n, err := io.Copy(h, f)
		_ = f.Close()
		if err != nil {
			return 0, nil, err
		}
		octets += n
		if hex.EncodeToString(h.Sum(nil)) != sums[name] {
			problems = append(problems, record.Problem{Path: name, Text: "is not the file that was exported: its digest differs"})
		}
	}
	return octets, problems, nil
}

// unlisted finds files below dir that sums does not name with the prefix.
func unlisted(dir, prefix string, sums map[string]string) (problems []record.Problem, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if name := prefix + filepath.ToSlash(rel); sums[name] == "" {
			problems = append(problems, record.Problem{Path: name, Text: "is there and not listed: it was added afterwards"})
		}
		return nil
	})
	return problems, err
}
