package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"time"

	"hanaper/core"
	"hanaper/core/message"
	"hanaper/core/policy"
	"hanaper/desktop/importer"
	"hanaper/desktop/importer/whatsapp"
)

// export writes a WhatsApp chat of n messages as it is read, so that the file takes
// no memory that would be counted.
type export struct {
	n, at int
	rest  bytes.Buffer
}

func (e *export) Read(p []byte) (int, error) {
	for e.rest.Len() < len(p) && e.at < e.n {
		minute := time.Date(2020, 1, 13, 0, e.at, 0, 0, time.UTC)
		e.rest.WriteString(minute.Format("02/01/2006, 15:04 - "))
		e.rest.WriteString([...]string{"Ann Example: The board has agreed, please tell the regional leads today and book the room.\n",
			"Bob: ok, see you there\n", "Ann Example: IMG-20201231-WA0001.jpg (file attached)\nthe plan\n", "Bob: two lines\nof text\n"}[e.at%4])
		e.at++
	}
	return e.rest.Read(p)
}

// imports measures how fast an exported chat is read and judged, and whether memory
// grows with it.
func imports() ([]Row, error) {
	const few, many = 5_000, 50_000
	small, _, err := importChat(few, nothing)
	if err != nil {
		return nil, err
	}
	large, took, err := importChat(many, nothing)
	if err != nil {
		return nil, err
	}
	_, judged, err := importChat(few, func(d *message.Draft) policy.Verdict {
		return core.Evaluate(d, &policy.Settings{}, "2026-11-22T09:00:00Z")
	})
	if err != nil {
		return nil, err
	}
	return []Row{
		{Name: "import, WhatsApp export surveyed and read", Value: many / took.Seconds() / 1000, Unit: "k/s", Budget: 20},
		{Name: "import, and judged on all processors", Value: few / judged.Seconds() / 1000, Unit: "k/s"},
		{Name: "import, live memory at 50,000 messages over 5,000", Value: large / small, Unit: "x", Budget: 1.5, AtMost: true, Check: true},
	}, nil
}

func nothing(*message.Draft) policy.Verdict { return policy.Verdict{} }

// importChat gives the most memory that was live while a chat was read, in bytes,
// and the time without looking at memory.
func importChat(n int, judge importer.Judge) (live float64, took time.Duration, err error) {
	open := func() (io.ReadCloser, error) { return io.NopCloser(&export{n: n}), nil }
	ctx := context.Background()
	var spent time.Duration
	start := time.Now()
	src, err := whatsapp.OpenText("chat.txt", open, whatsapp.Options{Now: start})
	if err != nil {
		return 0, 0, err
	}
	sum, err := importer.Survey(ctx, src)
	if err != nil {
		return 0, 0, err
	}
	c := &importer.Chat{Info: src.Info()}
	for _, p := range sum.People {
		c.People = append(c.People, p.Party)
	}
	err = importer.Run(ctx, src, c, judge, func(j *importer.Judged) error {
		if j.Number%(n/10) == 0 {
			looked := time.Now()
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			live = max(live, float64(m.HeapAlloc))
			spent += time.Since(looked)
		}
		return nil
	})
	if err == nil && sum.Messages != n {
		err = fmt.Errorf("%d messages were read of %d", sum.Messages, n)
	}
	return live, time.Since(start) - spent, err
}
