package window

import (
	"context"
	"os"

	"hanaper/desktop/request"
	"hanaper/desktop/vault"
)

// asked is the request that is open in its view.
type asked struct {
	request     *request.Request
	certificate *request.Certificate
}

// Request is an officer's request as the page shows it.
type Request struct {
	Kind      string   `json:"kind"`
	Reference string   `json:"reference"`
	Issued    string   `json:"issued"`
	Due       string   `json:"due"`
	Issuer    string   `json:"issuer"`
	Terms     []string `json:"terms"`
	People    []string `json:"people"`
	Since     string   `json:"since"`
	Until     string   `json:"until"`
	Channels  []string `json:"channels"`
	Hold      bool     `json:"hold"`
	Note      string   `json:"note"`
	Signed    bool     `json:"signed"`
}

// maxRequest is the longest request or receipt read, in bytes.
const maxRequest = request.MaxBytes

// OpenRequest lets the person choose a request's file and reads it; nil where none
// was chosen.
func (a *App) OpenRequest(title string) (*Request, error) {
	path, err := a.opt.Desk.ChooseFile(title)
	if err != nil || path == "" {
		return nil, told(err)
	}
	raw, err := readSmall(path)
	if err != nil {
		return nil, told(err)
	}
	r, err := request.Open(raw)
	if err != nil {
		return nil, told(err)
	}
	a.mu.Lock()
	a.asked = &asked{request: r}
	a.mu.Unlock()
	list := func(s []string) []string { return append([]string{}, s...) }
	return &Request{
		r.Kind, r.Reference, r.Issued, r.Due, name(r.Issuer.Name, r.Issuer.Address), list(r.Terms), list(r.People), r.Since, r.Until,
		list(r.Channels), r.Hold, r.Note, r.Key != "",
	}, nil
}

func readSmall(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxRequest {
		return nil, &Error{"", path + " is too large for a request or receipt"}
	}
	return os.ReadFile(path)
}

// CloseRequest lets go of it.
func (a *App) CloseRequest() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked = nil
}

// Found is what a search for a request found.
type Found struct {
	Hits        []Hit  `json:"hits"`
	Unread      int    `json:"unread"` // in its range, and not to be read
	Records     int    `json:"records"`
	Certificate string `json:"certificate"` // for people to read
}

// RunRequest starts the search that the open request asks for. Where it asks for a
// hold, this places it. The job's result is a Found.
func (a *App) RunRequest(by string) int {
	return a.jobs.start(a.ctx, func(ctx context.Context, _ func(done, total int64)) (any, error) {
		v, err := a.open()
		if err != nil {
			return nil, err
		}
		a.mu.Lock()
		open := a.asked
		a.mu.Unlock()
		if open == nil {
			return nil, &Error{"", "no request is open"}
		}
		c, err := request.Run(ctx, v, open.request, request.How{By: by, At: a.opt.Now()})
		if err != nil {
			return nil, err
		}
		out := Found{Hits: []Hit{}, Unread: len(c.Unread), Records: c.Records, Certificate: c.Text(a.chosen().Language)}
		for _, h := range c.Hits {
			row, err := v.Get(ctx, h.ID)
			if err != nil {
				return nil, err
			}
			out.Hits = append(out.Hits, hit(&row, []Piece{}))
		}
		a.mu.Lock()
		defer a.mu.Unlock()
		open.certificate = c
		return out, nil
	})
}

// Written is a package that was written and read back.
type Written struct {
	File    string `json:"file"` // "" where the person chose none
	Digest  string `json:"digest"`
	Records int    `json:"records"`
}

// WritePackage starts writing the package where the person says. The job's result is
// a Written.
func (a *App) WritePackage(title string) int {
	return a.jobs.start(a.ctx, func(ctx context.Context, progress func(done, total int64)) (any, error) {
		v, err := a.open()
		if err != nil {
			return nil, err
		}
		a.mu.Lock()
		open := a.asked
		a.mu.Unlock()
		if open == nil || open.certificate == nil {
			return nil, &Error{"", "search first: the package holds the certificate of a search"}
		}
		path, err := a.opt.Desk.SaveFile(title, "package.zip")
		if err != nil || path == "" {
			return Written{}, err
		}
		p, err := request.Write(ctx, v, open.request, open.certificate, path, func(done, total int) { progress(int64(done), int64(total)) })
		if err != nil {
			return nil, err
		}
		return Written{path, p.Digest, p.Records}, nil
	})
}

// ReleaseHold lets the person choose the package and the officer's receipt, and ends
// the hold of its request; false where they chose none.
func (a *App) ReleaseHold(packageTitle, receiptTitle string) (bool, error) {
	v, err := a.open()
	if err != nil {
		return false, err
	}
	pkg, err := a.opt.Desk.ChooseFile(packageTitle)
	if err != nil || pkg == "" {
		return false, told(err)
	}
	file, err := a.opt.Desk.ChooseFile(receiptTitle)
	if err != nil || file == "" {
		return false, told(err)
	}
	raw, err := readSmall(file)
	if err != nil {
		return false, told(err)
	}
	receipt, err := request.OpenReceipt(raw)
	if err == nil {
		err = request.Release(a.ctx, v, pkg, receipt, nil)
	}
	return err == nil, told(err)
}

// StateHold writes down what the person knows of holds over everything here.
func (a *App) StateHold(state string) error {
	v, err := a.open()
	if err != nil {
		return err
	}
	chosen := a.chosen()
	by := name(chosen.Name, chosen.Address)
	if by == "" {
		return &Error{"no_name", "say who you are in the settings first"}
	}
	return told(v.StateHold(a.ctx, vault.HoldStatement{State: vault.HoldState(state), By: by, Source: "person", At: a.opt.Now()}))
}
