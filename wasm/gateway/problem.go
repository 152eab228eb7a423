package gateway

import (
	"encoding/json"
	"errors"
	"net/http"

	"hanaper/core/record"
)

// Problem is an error as the caller gets it: application/problem+json, RFC 9457.
type Problem struct {
	Type     string           `json:"type"`               // urn:hanaper:problem: and a name that does not change
	Title    string           `json:"title"`              // of the status
	Status   int              `json:"status"`             // of the response
	Detail   string           `json:"detail"`             // what to do next
	Problems []record.Problem `json:"problems,omitempty"` // places in the record and what is wrong there
	Missing  []string         `json:"missing,omitempty"`  // digests of files to put first
}

func (p *Problem) Error() string { return p.Type + ": " + p.Detail }

func problem(status int, name, detail string) *Problem {
	return &Problem{Type: "urn:hanaper:problem:" + name, Title: http.StatusText(status), Status: status, Detail: detail}
}

func notFound(what string) *Problem {
	return problem(http.StatusNotFound, "not-found", what+" is not here")
}

func malformed(detail string) *Problem { return problem(http.StatusBadRequest, "malformed", detail) }

// writeProblem answers with err. What is not a Problem is a fault of the storage: the
// caller learns that nothing is lost by trying again, the operator's log the cause.
func (g *Gateway) writeProblem(w http.ResponseWriter, r *http.Request, err error) {
	var p *Problem
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &p):
	case errors.As(err, &large):
		p = problem(http.StatusRequestEntityTooLarge, "too-large", "the body is larger than this address takes; /v1/openapi.json names the limits")
	default:
		g.Log(r.Pattern + ": " + err.Error())
		w.Header().Set("Retry-After", "5")
		p = problem(http.StatusServiceUnavailable, "unavailable", "the storage did not answer; nothing was lost, send it again")
	}
	if p.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="hanaper"`)
	}
	if p.Status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "60")
	}
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Del("Content-Length")
	w.WriteHeader(p.Status)
	body, err := json.Marshal(p)
	if err != nil { // strings and numbers only
		panic(err)
	}
	w.Write(append(body, '\n'))
}

// json answers with a value.
func (c *call) json(status int, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return c.raw(status, "application/json", append(body, '\n'))
}

func (c *call) raw(status int, mediaType string, body []byte) error {
	c.w.Header().Set("Content-Type", mediaType)
	c.w.WriteHeader(status)
	_, err := c.w.Write(body)
	if err != nil {
		c.Log(c.r.Pattern + ": the answer did not get through: " + err.Error())
	}
	return nil
}
