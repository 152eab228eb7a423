package export

// folder is a folder of mail files and index.csv, the list of them.
type folder struct {
	*tree
	index *index
}

func newFolder(path string, _ Info) (Writer, error) {
	t, err := newTree(path)
	if err != nil {
		return nil, err
	}
	return &folder{t, newIndex()}, nil
}

func (f *folder) Add(r Record) error {
	name := f.name(r)
	f.index.add(r, name)
	return f.write(name, r.EML)
}

func (f *folder) Close() error {
	if err := f.write("index.csv", f.index.bytes()); err != nil {
		return err
	}
	return f.finish()
}
