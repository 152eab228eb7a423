package cli

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"runtime"
	"sync"

	"hanaper/core"
)

// maxLine is the longest line of JSON drafts, in bytes: a draft at its limits,
// escaped.
const maxLine = core.MaxRequest

// job is a line on its way to its verdict.
type job struct {
	item *item
	done chan answer // of one
}

// stream judges drafts, one a line, on all processors, and shows every answer in
// the order of the lines as soon as it and those before it are there. Memory is
// bounded by the queue, not by the input.
func stream(j *judge, file string, in io.Reader, one func(*answer) error, out *bufio.Writer) error {
	workers := runtime.GOMAXPROCS(0)
	work, queue := make(chan *job, workers), make(chan *job, 4*workers)
	stop := make(chan struct{})
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for w := range work {
				w.done <- j.judge(w.item)
			}
		})
	}
	group.Go(func() {
		defer close(queue)
		defer close(work)
		feed(file, in, queue, work, stop)
	})
	defer group.Wait()
	defer close(stop)
	for {
		w, more, err := take(queue, out)
		if !more || err != nil {
			return err
		}
		a, _, err := take(w.done, out)
		if err != nil {
			return err
		}
		if err := one(&a); err != nil {
			return err
		}
	}
}

// feed puts every line into the queue, which keeps the order, and gives it to a
// worker.
func feed(file string, in io.Reader, queue, work chan<- *job, stop <-chan struct{}) {
	r := lineReader{r: bufio.NewReaderSize(in, 64<<10)}
	for it := r.next(); it != nil; it = r.next() {
		it.file = file
		w := &job{it, make(chan answer, 1)}
		select {
		case queue <- w:
			work <- w
		case <-stop:
			return
		}
	}
}

// take receives from c. What was shown before does not wait with it: out is
// flushed first where nothing is there yet.
func take[T any](c <-chan T, out *bufio.Writer) (v T, more bool, err error) {
	select {
	case v, more = <-c:
		return v, more, nil
	default:
	}
	if err = out.Flush(); err != nil {
		return v, false, err
	}
	v, more = <-c
	return v, more, nil
}

// lineReader cuts a stream into lines. A line over maxLine is skipped to its end
// and stands in the result as an error.
type lineReader struct {
	r    *bufio.Reader
	n    int
	done bool
}

// next returns nil at the end. An empty line is a line; the end after a line
// break is not.
func (l *lineReader) next() *item {
	if l.done {
		return nil
	}
	var line []byte
	size := 0
	for {
		part, err := l.r.ReadSlice('\n')
		size += len(part)
		if size <= maxLine+1 {
			line = append(line, part...)
		} else {
			line = nil
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if l.done = err != nil; l.done && size == 0 && err == io.EOF {
			return nil
		}
		l.n++
		it := &item{line: l.n, json: true, raw: bytes.TrimRight(line, "\r\n")}
		if l.n == 1 {
			it.raw = bytes.TrimPrefix(it.raw, []byte("\uFEFF"))
		}
		switch {
		case err != nil && err != io.EOF:
			it.err = fmt.Errorf("line %d: %w", l.n, readError(err))
		case size > maxLine+1 || len(it.raw) > maxLine:
			it.err = fmt.Errorf("line %d, column 1: the line is %d bytes, the limit is %d", l.n, size, maxLine)
		}
		return it
	}
}
