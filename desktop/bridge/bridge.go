// Package bridge lets the extension put records into this computer's vault.
//
// The browser starts the program and speaks to it over standard input and output
// (native messaging): each message four bytes of length and JSON. The extension
// asks, the program answers, one answer for each question:
//
//	hello  {v, version, key}                 -> hello {v, version, capabilities, challenge}
//	prove  {signature}                       -> state {state, code}
//	ready  {}                                -> ready, once the vault is open
//	put    {id, size}                        -> send {offset} | stored {id, size}
//	chunk  {offset, data}                    -> send {offset} | stored {id, size}
//	get    {id, offset}                      -> data {offset, size, data}
//	anything else, or anything wrong         -> error {code, text}
//
// key is the extension's Ed25519 key, the one it signs records with; signature is
// over "hanaper bridge v1\n" and the challenge. A person approves each key once, by
// the code that the extension shows (Code). Until then nothing is taken. Only
// records signed with that key are.
//
// A file is the record's EML message, at most MaxFile bytes, in chunks of base64;
// offset says where the next begins, so that a broken transfer goes on. stored says
// that the vault has it; the extension then gets it back and compares it before it
// calls the record delivered.
package bridge

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"hanaper/core/record"
	"hanaper/desktop/letter"
)

// Version is that of the protocol; it changes when an older side would not understand.
const Version = 1

// MaxFile is the largest file taken, in bytes: the JSON of a record in base64 beside
// its words in quoted-printable, three bytes for one.
const MaxFile = 6 * record.MaxBytes

// Capabilities are what this program can do beyond hello.
var Capabilities = []string{"put", "get"}

// Codes of errors, which the extension puts into words.
const (
	codeExtensionOld = "extension_too_old"
	codeMessage      = "bad_message"
	codePairing      = "not_paired"
	codeNoVault      = "no_vault"
	codeLocked       = "locked"
	codeRecord       = "bad_record"
	codeMissing      = "not_found"
	codeStore        = "write"
)

// Records is the store that records go to and come back from.
type Records interface {
	// Keep stores a record and its signature for good; again, without effect.
	Keep(ctx context.Context, r *record.Record, sig *record.Signature) error
	// EML is the record as its file. Errors: ErrNotFound.
	EML(ctx context.Context, id string) ([]byte, error)
}

// Errors of Open and Records that the extension puts into words.
var (
	ErrNoVault  = errors.New("there is no vault")
	ErrLocked   = errors.New("the vault does not open")
	ErrNotFound = errors.New("no such record")
)

// Host answers one browser.
type Host struct {
	Version string // of the program
	Pairs   *Pairs
	// Open opens the store when the first record comes. Errors: ErrNoVault, ErrLocked.
	Open func(ctx context.Context) (Records, error)
	Now  func() time.Time

	key       ed25519.PublicKey // after hello
	challenge []byte
	paired    bool
	records   Records
	id        string // of the file that is coming
	size      int
	file      bytes.Buffer
}

// Question is a message of the extension; what it does not use is empty.
type Question struct {
	Op        string `json:"op"`
	V         int    `json:"v"`
	Version   string `json:"version"`
	Key       string `json:"key"`       // base64 of 32 bytes
	Signature string `json:"signature"` // base64 of 64 bytes
	ID        string `json:"id"`
	Size      int    `json:"size"`
	Offset    int    `json:"offset"`
	Data      string `json:"data"` // base64
}

// Answer is a message of the program.
type Answer struct {
	Op           string   `json:"op"`
	V            int      `json:"v,omitempty"`
	Version      string   `json:"version,omitempty"`
	Capabilities []string `json:"capabilities,omitempty"`
	Challenge    string   `json:"challenge,omitempty"`
	State        string   `json:"state,omitempty"` // paired or asked
	Pairing      string   `json:"pairing,omitempty"`
	ID           string   `json:"id,omitempty"`
	Offset       int      `json:"offset"`
	Size         int      `json:"size"`
	Data         string   `json:"data,omitempty"`
	Code         string   `json:"code,omitempty"` // of an error
	Text         string   `json:"text,omitempty"`
}

func fail(code, text string) Answer { return Answer{Op: "error", Code: code, Text: text} }

// Serve answers until the browser closes the connection. The error is one of
// reading or writing; what is wrong with a question is answered.
func (h *Host) Serve(ctx context.Context, in io.Reader, out io.Writer) error {
	for {
		text, err := readFrame(in)
		if err == io.EOF {
			return nil
		}
		if errors.Is(err, errTooLong) {
			return errors.Join(err, writeFrame(out, fail(codeMessage, err.Error())))
		}
		if err != nil {
			return err
		}
		if err := writeFrame(out, h.answer(ctx, text)); err != nil {
			return err
		}
	}
}

func (h *Host) answer(ctx context.Context, text []byte) Answer {
	var q Question
	if err := json.Unmarshal(text, &q); err != nil {
		return fail(codeMessage, "not a message of the bridge: "+err.Error())
	}
	switch q.Op {
	case "hello":
		return h.hello(&q)
	case "prove":
		return h.prove(&q)
	}
	if !h.paired {
		return fail(codePairing, "hello, prove and the person's approval come first")
	}
	if h.records == nil {
		records, err := h.Open(ctx)
		if err != nil {
			return storeError(err)
		}
		h.records = records
	}
	switch q.Op {
	case "ready":
		return Answer{Op: "ready"}
	case "put":
		return h.put(ctx, &q)
	case "chunk":
		return h.chunk(ctx, &q)
	case "get":
		return h.get(ctx, &q)
	}
	return fail(codeMessage, "there is no such question")
}

func storeError(err error) Answer {
	switch {
	case errors.Is(err, ErrNoVault):
		return fail(codeNoVault, err.Error())
	case errors.Is(err, ErrLocked):
		return fail(codeLocked, err.Error())
	case errors.Is(err, ErrNotFound):
		return fail(codeMissing, err.Error())
	}
	return fail(codeStore, err.Error())
}

// hello may come again at any time: it begins anew.
func (h *Host) hello(q *Question) Answer {
	h.paired, h.key = false, nil
	h.forget()
	if q.V < Version {
		return fail(codeExtensionOld, "the extension is older than this program: update it")
	}
	key, err := base64.StdEncoding.DecodeString(q.Key)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return fail(codeMessage, "the key is not the base64 of 32 bytes")
	}
	h.key, h.challenge = key, make([]byte, 32)
	rand.Read(h.challenge)
	return Answer{Op: "hello", V: Version, Version: h.Version, Capabilities: Capabilities, Challenge: base64.StdEncoding.EncodeToString(h.challenge)}
}

// Proof is what the extension signs to show that the key is its own.
func Proof(challenge []byte) []byte { return append([]byte("hanaper bridge v1\n"), challenge...) }

func (h *Host) prove(q *Question) Answer {
	signature, err := base64.StdEncoding.DecodeString(q.Signature)
	if h.key == nil || h.challenge == nil || err != nil || !ed25519.Verify(h.key, Proof(h.challenge), signature) {
		return fail(codeMessage, "the signature does not prove the key")
	}
	h.challenge = nil // each serves once
	approved, err := h.Pairs.Ask(h.key, h.Now())
	if err != nil {
		return fail(codeStore, err.Error())
	}
	if h.paired = approved; approved {
		return Answer{Op: "state", State: "paired"}
	}
	return Answer{Op: "state", State: "asked", Pairing: Code(h.key)}
}

func (h *Host) forget() {
	h.id, h.size = "", 0
	h.file = bytes.Buffer{}
}

// put begins a file, or goes on with the one that was coming.
func (h *Host) put(ctx context.Context, q *Question) Answer {
	if q.Size < 1 || q.Size > MaxFile {
		return fail(codeRecord, "a file has 1 to "+strconv.Itoa(MaxFile)+" bytes")
	}
	eml, err := h.records.EML(ctx, q.ID)
	switch {
	case err == nil:
		h.forget()
		return Answer{Op: "stored", ID: q.ID, Size: len(eml)}
	case !errors.Is(err, ErrNotFound):
		return storeError(err)
	}
	if h.id != q.ID || h.size != q.Size {
		h.forget()
		h.id, h.size = q.ID, q.Size
	}
	return Answer{Op: "send", Offset: h.file.Len()}
}

func (h *Host) chunk(ctx context.Context, q *Question) Answer {
	data, err := base64.StdEncoding.DecodeString(q.Data)
	switch {
	case h.id == "":
		return fail(codeMessage, "a chunk of no file: put comes first")
	case err != nil || len(data) == 0:
		return fail(codeMessage, "a chunk that is no base64, or empty")
	case q.Offset != h.file.Len(): // sent twice, or one was lost: say where to go on
		return Answer{Op: "send", Offset: h.file.Len()}
	case len(data) > h.size-h.file.Len():
		h.forget()
		return fail(codeMessage, "more bytes than the file has")
	}
	h.file.Write(data)
	if h.file.Len() < h.size {
		return Answer{Op: "send", Offset: h.file.Len()}
	}
	id, file := h.id, bytes.Clone(h.file.Bytes())
	h.forget()
	return h.keep(ctx, id, file)
}

// keep takes a record only where it is whole, the one announced, and signed with
// the key that was approved.
func (h *Host) keep(ctx context.Context, id string, file []byte) Answer {
	report, err := letter.Check(file)
	switch {
	case err != nil:
		return fail(codeRecord, err.Error())
	case !report.OK:
		return fail(codeRecord, problems(report.Problems))
	case report.ID != id:
		return fail(codeRecord, "it is another record than the one announced")
	case report.Signature != "valid" || report.Key != base64.StdEncoding.EncodeToString(h.key):
		return fail(codeRecord, "it is not signed with the key that was approved")
	}
	if err := h.records.Keep(ctx, report.Record, report.Signed); err != nil {
		return storeError(err)
	}
	eml, err := h.records.EML(ctx, id)
	if err != nil {
		return storeError(err)
	}
	return Answer{Op: "stored", ID: id, Size: len(eml)}
}

func problems(all []record.Problem) string {
	var out []string
	for _, p := range all {
		out = append(out, strings.TrimPrefix(p.Path+": "+p.Text, ": "))
	}
	return strings.Join(out, "; ")
}

// get gives a stretch of a record's file as the store has it.
func (h *Host) get(ctx context.Context, q *Question) Answer {
	eml, err := h.records.EML(ctx, q.ID)
	switch {
	case err != nil:
		return storeError(err)
	case q.Offset < 0 || q.Offset > len(eml):
		return fail(codeMessage, "the file is not that long")
	}
	end := min(len(eml), q.Offset+chunkSize)
	return Answer{Op: "data", Offset: q.Offset, Size: len(eml), Data: base64.StdEncoding.EncodeToString(eml[q.Offset:end])}
}
