package gatewaytest

import (
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Growth measures how the cost of putting, reading and searching grows with the number
// of records, and logs a table. sizes ascend. It asserts that nothing was refused, and
// no time.
func Growth(t *testing.T, target Target, sizes ...int) {
	load := NewLoad(t, target, "ministry", "growth")
	officer := load.s.person(t, "ministry", "officer", "officer")
	const clients = 4
	have := 0
	for _, size := range sizes {
		began := time.Now()
		var mu sync.Mutex
		var took []time.Duration
		var last Kept
		var wg sync.WaitGroup
		for c := range clients {
			wg.Go(func() {
				for i := have + c; i < size; i += clients {
					k := load.Record(t, fmt.Sprintf("Growth %d", i), fmt.Sprintf("The lease of house number %d was approved on the usual terms; rare%dword.", i%100, i))
					at := time.Now()
					if !load.Put(t, k) {
						t.Errorf("record %d refused: %s", i, load.why)
					}
					mu.Lock()
					took, last = append(took, time.Since(at)), k
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		putting := time.Since(began)
		load.s.settled(t, "ministry", last.ID)
		load.s.indexed(t, officer, "q="+fmt.Sprintf("rare%dword", size-1), 1)
		t.Logf("%7d records: put %.0f/s (p50 %s, p99 %s), in log and index after %s; receipt with proof %s, read %s, search rare %s, three common words %s; this process %d MiB",
			size, float64(size-have)/putting.Seconds(), quantile(took, 50), quantile(took, 99), time.Since(began).Round(time.Millisecond)-putting.Round(time.Millisecond),
			median(func() { load.p.do(t, "GET", "/v1/records/"+last.ID+"/receipt", nil).want(t, 200) }),
			median(func() { officer.do(t, "GET", "/v1/records/"+last.ID, nil).want(t, 200) }),
			median(func() { officer.do(t, "GET", fmt.Sprintf("/v1/records?q=rare%dword", size/2), nil).want(t, 200) }),
			median(func() { officer.do(t, "GET", "/v1/records?q=lease+house+approved", nil).want(t, 200) }), resident())
		have = size
	}
}

// median of 15 runs.
func median(do func()) time.Duration {
	var took []time.Duration
	for range 15 {
		at := time.Now()
		do()
		took = append(took, time.Since(at))
	}
	return quantile(took, 50)
}

func quantile(took []time.Duration, percent int) time.Duration {
	sort.Slice(took, func(i, j int) bool { return took[i] < took[j] })
	return took[len(took)*percent/100].Round(10 * time.Microsecond)
}

// resident is the memory of this process in MiB; 0 where the system does not say.
func resident() int {
	raw, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	pages, err := strconv.Atoi(strings.Fields(string(raw))[1])
	if err != nil {
		return 0
	}
	return pages * os.Getpagesize() >> 20
}
