package proof

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// TileHeight: C2SP tiles hold 256 hashes.
const (
	TileHeight = 8
	TileWidth  = 1 << TileHeight
)

// TilePath is where a tile stands: tile/0/x001/067.p/8. Data tiles (level -1) stand
// under tile/entries.
func TilePath(t tlog.Tile) string {
	path := strings.TrimPrefix(t.Path(), fmt.Sprintf("tile/%d/", TileHeight))
	if rest, ok := strings.CutPrefix(path, "data/"); ok {
		path = "entries/" + rest
	}
	return "tile/" + path
}

// Tiles fetches what stands at a path below a log.
type Tiles func(path string) ([]byte, error)

// reader adapts Tiles to what tlog reads from. Read tiles are kept: one answer often
// needs a tile twice.
type reader struct {
	fetch Tiles
	read  map[string][]byte
}

// Height, ReadTiles and SaveTiles make reader a tlog.TileReader.
func (r reader) Height() int { return TileHeight }

func (r reader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	out := make([][]byte, len(tiles))
	for i, t := range tiles {
		path := TilePath(t)
		data, ok := r.read[path]
		if !ok {
			var err error
			if data, err = r.fetch(path); err != nil {
				return nil, fmt.Errorf("%s: %w", path, err)
			}
		}
		if len(data) != t.W*tlog.HashSize {
			return nil, fmt.Errorf("%s: it has %d bytes, expected %d", path, len(data), t.W*tlog.HashSize)
		}
		r.read[path], out[i] = data, data
	}
	return out, nil
}

func (r reader) SaveTiles([]tlog.Tile, [][]byte) {}

// Hashes reads a tree's hashes out of its tiles; every tile read is proven against
// the checkpoint's root.
func Hashes(c Checkpoint, fetch Tiles) tlog.HashReader {
	return tlog.TileHashReader(tlog.Tree{N: c.Size, Hash: c.Root}, reader{fetch, map[string][]byte{}})
}

// File is one file of a log: a tile or a bundle of entries.
type File struct {
	Path string
	Data []byte
}

// Extend appends leaves for ids to the log of c and returns the checkpoint after it
// with the files to write before that checkpoint is published. edge holds the ids of
// c's last, unfilled bundle of entries: c.Size % TileWidth of them.
func Extend(c Checkpoint, edge, ids []string, fetch Tiles) (Checkpoint, []File, error) {
	if int64(len(edge)) != c.Size%TileWidth {
		return c, nil, fmt.Errorf("%d ids given of an edge of %d", len(edge), c.Size%TileWidth)
	}
	if len(ids) == 0 {
		return c, nil, nil
	}
	old := Hashes(c, fetch)
	fresh := map[int64]tlog.Hash{}
	both := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) { return readBoth(fresh, old, at) })
	next := c
	for _, id := range ids {
		at := tlog.StoredHashIndex(0, next.Size)
		hashes, err := tlog.StoredHashesForRecordHash(next.Size, Leaf(id), both)
		if err != nil {
			return c, nil, err
		}
		for i, h := range hashes {
			fresh[at+int64(i)] = h
		}
		next.Size++
	}
	var err error
	if next.Root, err = tlog.TreeHash(next.Size, both); err != nil {
		return c, nil, err
	}
	var files []File
	for _, t := range tlog.NewTiles(TileHeight, c.Size, next.Size) {
		data, err := tlog.ReadTileData(t, both)
		if err != nil {
			return c, nil, err
		}
		files = append(files, File{TilePath(t), data})
	}
	return next, append(files, bundles(c.Size-int64(len(edge)), append(edge[:len(edge):len(edge)], ids...))...), nil
}

func readBoth(fresh map[int64]tlog.Hash, old tlog.HashReader, at []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(at))
	var missing []int64
	var places []int
	for i, x := range at {
		h, ok := fresh[x]
		if !ok {
			missing, places = append(missing, x), append(places, i)
			continue
		}
		out[i] = h
	}
	if len(missing) == 0 {
		return out, nil
	}
	found, err := old.ReadHashes(missing)
	if err != nil {
		return nil, err
	}
	for i, h := range found {
		out[places[i]] = h
	}
	return out, nil
}

// bundles writes entries from a multiple of TileWidth on: each a 16-bit length, big
// endian, and the id.
func bundles(from int64, ids []string) (out []File) {
	for len(ids) > 0 {
		n := min(TileWidth, len(ids))
		var data []byte
		for _, id := range ids[:n] {
			data = append(binary.BigEndian.AppendUint16(data, uint16(len(id))), id...)
		}
		t := tlog.Tile{H: TileHeight, L: -1, N: from / TileWidth, W: n}
		out = append(out, File{TilePath(t), data})
		ids, from = ids[n:], from+int64(n)
	}
	return out
}

// ReadBundle is the ids of one bundle of entries.
func ReadBundle(data []byte) (ids []string, err error) {
	for len(data) > 0 {
		if len(data) < 2 {
			return nil, errors.New("bundle of entries: it breaks off")
		}
		n := int(binary.BigEndian.Uint16(data))
		if data = data[2:]; len(data) < n {
			return nil, errors.New("bundle of entries: it breaks off")
		}
		ids, data = append(ids, string(data[:n])), data[n:]
	}
	return ids, nil
}

// Entries calls each with every id of the log in its order. What it reads is proven
// against c when it returns without an error; the error names the first bad place.
func Entries(c Checkpoint, fetch Tiles, each func(index int64, id string) error) error {
	hashes := Hashes(c, fetch)
	for from := int64(0); from < c.Size; from += TileWidth {
		n := int(min(TileWidth, c.Size-from))
		path := TilePath(tlog.Tile{H: TileHeight, L: -1, N: from / TileWidth, W: n})
		data, err := fetch(path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		ids, err := ReadBundle(data)
		if err != nil || len(ids) != n {
			return fmt.Errorf("%s: it holds %d whole entries, expected %d", path, len(ids), n)
		}
		at := make([]int64, n)
		for i := range at {
			at[i] = tlog.StoredHashIndex(0, from+int64(i))
		}
		want, err := hashes.ReadHashes(at)
		if err != nil {
			return err
		}
		for i, id := range ids {
			if Leaf(id) != want[i] {
				return fmt.Errorf("%s: entry %d is not the one that was logged", path, from+int64(i))
			}
			if err := each(from+int64(i), id); err != nil {
				return err
			}
		}
	}
	return nil
}
